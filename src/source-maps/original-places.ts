import {
  FlattenMap,
  generatedPositionFor,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  type TraceMap,
  traceSegment,
} from '@jridgewell/trace-mapping';
import { isIdentifier } from '../util/is-identifier.js';

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

/** Looks up where places of a generated file come from. */
export interface PlaceMapper {
  /** As the map names them. */
  readonly sources: readonly string[];
  /** Null where the map says nothing. */
  placeOf(line: number, column: number): Place | null;
  /** The identifier of the source that the one beginning there stands for; null where the map names none. */
  nameAt(line: number, column: number): string | null;
  /** Where the first code of a source's line is in the loaded text, 0-based; null for a line without code. */
  loadedPlaceOf(source: string, line: number): LoadedPosition | null;
}

interface LoadedPosition {
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/**
 * Reads a source map (ECMA-426, with or without sections) for a file with this many lines. Null if
 * it is not one, or does not fit the file; the text may contain anything.
 */
export function readSourceMap(text: string, lineCount: number): PlaceMapper | null {
  try {
    const json: unknown = JSON.parse(text);
    if (!isSourceMap(json) || !fits(json, lineCount)) return null;
    const map = FlattenMap(text);
    return {
      sources: map.resolvedSources,
      placeOf: (line, column) => orNull(() => lookUp(map, line, column)),
      nameAt: (line, column) => orNull(() => nameIn(map, line, column)),
      loadedPlaceOf: (source, line) => orNull(() => loadedPlace(map, source, line)),
    };
  } catch {
    return null;
  }
}

/** The mappings are only read when they are first asked for, and may be broken. */
function orNull<T>(look: () => T | null): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}

function lookUp(map: TraceMap, line: number, column: number): Place | null {
  const found = originalPositionFor(map, { line, column: column - 1 });
  if (!found.source || found.source.length > LONGEST_NAME) return null;
  const isPlace = isPosition(found.line, 1) && isPosition(found.column, 0);
  return isPlace ? { file: found.source, line: found.line, column: found.column + 1 } : null;
}

function nameIn(map: TraceMap, line: number, column: number): string | null {
  const segment = traceSegment(map, line - 1, column - 1);
  if (segment === null || segment.length !== 5 || segment[0] !== column - 1) return null;
  const name: unknown = map.names[segment[4]];
  const isName = typeof name === 'string' && name.length <= LONGEST_NAME && isIdentifier(name);
  return isName ? name : null;
}

function loadedPlace(map: TraceMap, source: string, line: number): LoadedPosition | null {
  const needle = { source, line, column: 0, bias: LEAST_UPPER_BOUND } as const;
  const found = generatedPositionFor(map, needle);
  if (!isPosition(found.line ?? 0, 1) || !isPosition(found.column ?? -1, 0)) return null;
  return { lineNumber: (found.line ?? 1) - 1, columnNumber: found.column ?? 0 };
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
