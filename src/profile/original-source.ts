import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProbedFunctionInfo } from './probed-file.js';

/** A function in the source it was compiled from. */
export interface OriginalFunction {
  readonly file: string;
  readonly firstLine: number;
  readonly lines: readonly string[];
  /** For each line of the compiled function the original one; 0 where there is none. */
  readonly lineOf: readonly number[];
}

/** Follows the file's source map; null when it has none that can be read. */
export function findOriginal(compiled: ProbedFunctionInfo): OriginalFunction | null {
  const found = compiled.sourceMapUrl === null ? null : readMap(compiled);
  if (found === null) return null;
  const { payload, folder } = found;
  const map = new SourceMap(payload);
  const places = compiled.lines.map((text, at) => {
    const entry = map.findEntry(compiled.firstLine + at - 1, text.search(/\S|$/));
    return 'originalLine' in entry ? { source: entry.originalSource, line: entry.originalLine + 1 } : null;
  });
  const source = places.find((place) => place !== null)?.source;
  if (source === undefined) return null;
  const file = pathOf(source, folder);
  const text = textOf(payload, source) ?? readText(file);
  if (text === null) return null;
  const lineOf = places.map((place) => (place?.source === source ? place.line : 0));
  const known = lineOf.filter((line) => line > 0);
  const firstLine = Math.min(...known);
  const lines = text.split(/\r\n|[\n\r]/).slice(firstLine - 1, Math.max(...known));
  return { file, firstLine, lines, lineOf };
}

function readMap({
  sourceMapUrl,
  file,
}: ProbedFunctionInfo): { payload: SourceMapPayload; folder: string } | null {
  const url = sourceMapUrl ?? '';
  const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(url);
  const path = resolve(dirname(file), inline ? '.' : decodeURI(url));
  try {
    const data = inline?.[2] ?? '';
    const text = inline?.[1] ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data);
    const payload = JSON.parse(inline ? text : readFileSync(path, 'utf8')) as SourceMapPayload;
    return { payload, folder: inline ? path : dirname(path) };
  } catch {
    return null;
  }
}

function textOf(payload: SourceMapPayload, source: string): string | null {
  const at = payload.sources.findIndex((name) => source.endsWith(name));
  return payload.sourcesContent?.[at] ?? null;
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
