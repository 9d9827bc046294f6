import { displayFile } from '../util/display-file.js';
import { textOfInlineMap } from './find-source-map.js';
import { readSourceMap } from './original-places.js';

/** A script that was loaded with its source map, a `data:` URL. */
interface MappedScript {
  readonly url: string;
  readonly mapUrl: string;
  readonly lineCount: number;
}

/** A line of a source, 1-based; `file` is any end of the path. */
interface SourceLine {
  readonly file: string;
  readonly line: number;
}

/** A line without code is followed by one that has some, or the file is at its end. */
const MOST_BLANK = 500;

/**
 * Where the code of a source's line is in a script, 0-based, and the line that has it: the one that is wanted,
 * or the next. Null where the script has no such source, `none` where the source has no code from there on.
 */
export async function findLine({ url, mapUrl, lineCount }: MappedScript, wanted: SourceLine) {
  const text = textOfInlineMap(mapUrl);
  const map = text === null ? null : readSourceMap(text, lineCount);
  const source = map?.sources.find((name) => isNamed(name, url, wanted.file));
  if (map === null || source === undefined) return null;
  for (let line = wanted.line; line < wanted.line + MOST_BLANK; line++) {
    const place = map.loadedPlaceOf(source, line);
    if (place !== null) return { ...place, line };
  }
  return 'none';
}

/** A source is often named by its file alone, where the script has the path. */
function isNamed(source: string, url: string, file: string): boolean {
  const path = source.replace(/[?#].*$/s, '').replaceAll('\\', '/');
  const isOwn = displayFile(path) === displayFile(url);
  const paths = isOwn ? [path, url.replace(/[?#].*$/s, '')] : [path];
  return paths.some((name) => name === file || name.endsWith(`/${file}`));
}
