import { FlattenMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';

/** A place in a file; line and column start at 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The limit of characters: decoding takes about twenty times as much memory. */
const MOST_MAPPINGS = 32 * 1024 * 1024;
const LONGEST_NAME = 1000;
/** The allowed characters: the library reads others as numbers, too. */
const MAPPINGS = /^[A-Za-z\d+/,;]*$/;

/** Maps a place of a generated file to its source; null if the map has no entry. */
export type PlaceMapper = (line: number, column: number) => Place | null;

/**
 * Reads a source map (ECMA-426, with or without sections) for a file with this many lines. Null if
 * it is not one, or does not fit the file; the text may contain anything.
 */
export function readSourceMap(text: string, lineCount: number): PlaceMapper | null {
  try {
    const json: unknown = JSON.parse(text);
    if (!isSourceMap(json) || !fits(json, lineCount)) return null;
    const map = FlattenMap(text);
    return (line, column) => lookUp(map, line, column);
  } catch {
    return null;
  }
}

function lookUp(map: TraceMap, line: number, column: number): Place | null {
  try {
    const found = originalPositionFor(map, { line, column: column - 1 });
    if (!found.source || found.source.length > LONGEST_NAME) return null;
    const isPlace = isPosition(found.line, 1) && isPosition(found.column, 0);
    return isPlace ? { file: found.source, line: found.line, column: found.column + 1 } : null;
  } catch {
    return null;
  }
}

function isPosition(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}

interface SourceMapText {
  readonly mappings?: string;
  readonly sections?: readonly { readonly map: SourceMapText }[];
}

function isSourceMap(value: unknown, depth = 0): value is SourceMapText {
  if (typeof value !== 'object' || value === null) return false;
  const { version, mappings, sections } = value as Record<string, unknown>;
  if (Number(version) !== 3) return false;
  if (typeof mappings === 'string') return MAPPINGS.test(mappings);
  if (!Array.isArray(sections) || depth > 0) return false;
  return sections.every((section) => isSourceMap(section?.map, depth + 1));
}

/**
 * True if the map cannot have more lines than the file: a few bytes of a map can make a line each.
 */
function fits({ mappings, sections }: SourceMapText, lineCount: number): boolean {
  const parts =
    mappings === undefined ? (sections ?? []).map(({ map }) => map.mappings ?? '') : [mappings];
  let length = 0;
  let lines = 1;
  for (const part of parts) {
    length += part.length;
    for (let at = part.indexOf(';'); at >= 0; at = part.indexOf(';', at + 1)) lines += 1;
  }
  return length <= MOST_MAPPINGS && lines <= lineCount + parts.length;
}
