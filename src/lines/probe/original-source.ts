import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PlaceMapper, readSourceMap } from '../../source-maps/original-places.js';
import { highest, lowest } from '../../util/many.js';
import type { ProbedFunctionInfo } from './probed-file.js';

/** A function in the source that it was compiled from. */
export interface OriginalFunction {
  readonly file: string;
  readonly firstLine: number;
  readonly lines: readonly string[];
  /** The original line for each line of the compiled function; 0 if there is none. */
  readonly lineOf: readonly number[];
}

/** Follows the file's source map; null if it has none that can be read. */
export function findOriginal(compiled: ProbedFunctionInfo): OriginalFunction | null {
  const found = compiled.sourceMapUrl === null ? null : readMap(compiled);
  if (found === null) return null;
  const { map, sourceTexts, folder } = found;
  const places = compiled.lines.map((text, at) =>
    map(compiled.firstLine + at, text.search(/\S|$/) + 1),
  );
  const source = places.find((place) => place !== null)?.file;
  if (source === undefined) return null;
  const file = pathOf(source, folder);
  const text = textOf(sourceTexts, source) ?? readText(file);
  if (text === null) return null;
  const lineOf = places.map((place) => (place?.file === source ? place.line : 0));
  const known = lineOf.filter((line) => line > 0);
  const firstLine = lowest(known);
  const lines = text.split(/\r\n|[\n\r]/).slice(firstLine - 1, highest(known));
  return { file, firstLine, lines, lineOf };
}

interface SourceMapFile {
  readonly map: PlaceMapper;
  readonly sourceTexts: ReadonlyMap<string, string>;
  /** The folder that paths of sources are relative to. */
  readonly folder: string;
}

function readMap({ sourceMapUrl, file, lineCount }: ProbedFunctionInfo): SourceMapFile | null {
  const url = sourceMapUrl ?? '';
  const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(url);
  const path = resolve(dirname(file), inline ? '.' : decodeURI(url));
  const data = inline?.[2] ?? '';
  const decoded = inline?.[1] ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data);
  const text = inline ? decoded : readText(path);
  const map = text === null ? null : readSourceMap(text, lineCount);
  if (text === null || map === null) return null;
  return { map, sourceTexts: sourceTextsOf(text), folder: inline ? path : dirname(path) };
}

function sourceTextsOf(text: string): ReadonlyMap<string, string> {
  const { sources = [], sourcesContent = [] } = JSON.parse(text) as {
    readonly sources?: readonly string[];
    readonly sourcesContent?: readonly (string | null)[];
  };
  return new Map(sources.map((name, at) => [name, sourcesContent[at] ?? '']));
}

function textOf(sourceTexts: ReadonlyMap<string, string>, source: string): string | null {
  const found = [...sourceTexts].find(([name, text]) => text !== '' && source.endsWith(name));
  return found?.[1] ?? null;
}

function pathOf(source: string, folder: string): string {
  if (source.startsWith('file:')) return fileURLToPath(source);
  return isAbsolute(source) ? source : resolve(folder, source);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
