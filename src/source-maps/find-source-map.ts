import { basename, dirname, resolve } from 'node:path';
import { readLocalFile } from './read-local-file.js';

const KEYWORD = 'sourceMappingURL=';
const COMMENT_START = /^(?:\/\/|\/\*)[#@][ \t]$/;
const INLINE = /^data:application\/json(?:;charset=[\w-]+)?(;base64)?,/i;

/** A map, and its name for people: that of its file, or `inline`. */
export interface FoundMap {
  readonly text: string;
  readonly name: string;
}

/**
 * Finds the map that belongs to a generated file: inline, named at its end, or beside it.
 *
 * @param mayRead whether a file may be read.
 */
export async function findSourceMap(
  path: string,
  generated: string,
  mayRead: (path: string) => Promise<boolean>,
): Promise<FoundMap | null> {
  const url = mappingUrl(generated);
  if (url !== null && /^data:/i.test(url)) return toFound(textOfInlineMap(url), 'inline');
  const name = url === null ? `${basename(path)}.map` : relativePath(url);
  if (name === null) return null;
  const file = resolve(dirname(path), name);
  return (await mayRead(file)) ? toFound(await readLocalFile(file), basename(file)) : null;
}

function toFound(text: string | null, name: string): FoundMap | null {
  return text === null ? null : { text, name };
}

/**
 * The URL in the comment at the end of the file; only the end counts, since a string may contain
 * such a comment, too.
 */
function mappingUrl(generated: string): string | null {
  const at = generated.lastIndexOf(KEYWORD);
  if (at < 4 || !COMMENT_START.test(generated.slice(at - 4, at))) return null;
  const rest = generated.slice(at + KEYWORD.length).trimEnd();
  const url = rest.endsWith('*/') ? rest.slice(0, -2).trimEnd() : rest;
  return url === '' || /\s/.test(url) ? null : url;
}

/** The map that a `data:` URL is; null when it is not one. */
export function textOfInlineMap(url: string): string | null {
  const match = INLINE.exec(url);
  if (match === null) return null;
  const data = url.slice(match[0].length);
  return match[1] === undefined ? decoded(data) : Buffer.from(data, 'base64').toString('utf8');
}

/** The path of a map beside the file: nothing absolute, and nothing from the network. */
function relativePath(url: string): string | null {
  if (/^[a-z][a-z\d+.-]*:|^[\\/]/i.test(url)) return null;
  return decoded(url.replace(/[?#].*$/s, ''));
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
