import type { Measure } from '../meter/measure.js';
import { type FoundFunction, functionsOf } from './find-functions.js';
import { type FunctionPattern, matchesFile, matchesPath } from './function-pattern.js';
import { instrument } from './instrument.js';
import { type GrammarKind, parseSource } from './parse-source.js';
import type { ProbePlace } from './prober.js';
import { LineNumbers } from './syntax.js';

/** A function with probes, as plain data. */
export interface ProbedFunctionInfo {
  readonly id: string;
  /** `Session.close`, or `anonymous`. */
  readonly name: string;
  /** Path of the file, or a name that stands for it. */
  readonly file: string;
  readonly firstLine: number;
  readonly lastLine: number;
  /** The text of the lines from the first to the last one. */
  readonly lines: readonly string[];
  /** The number of lines of the whole file. */
  readonly lineCount: number;
  /** The reference to a source map in the file's text. */
  readonly sourceMapUrl: string | null;
}

export interface ProbedFile {
  readonly text: string;
  readonly functions: readonly ProbedFunctionInfo[];
  /** The places where lines are counted, in the text without probes. */
  readonly places: readonly ProbePlace[];
  /** Names of matching functions that could not get probes. */
  readonly refused: readonly string[];
}

export interface FileToProbe {
  readonly text: string;
  readonly file: string;
  readonly kind: GrammarKind;
}

export interface HowToProbe {
  readonly nextId: () => string;
  readonly measure: Measure;
}

/** The text of a file with probes in the requested functions; null if it has none of them. */
export function probeFile(
  source: FileToProbe,
  patterns: readonly FunctionPattern[],
  how: HowToProbe,
): ProbedFile | null {
  const own = patterns.filter((pattern) => matchesFile(pattern, source.file));
  // most files do not contain the names, and are not parsed
  if (!own.some(({ names }) => source.text.includes((names.at(-1) ?? '').replace('#', ''))))
    return null;
  const program = parseSource(source.text, source.kind);
  if (program === null) return null;
  const isMeant = ({ path, isNamed }: FoundFunction) =>
    isNamed && own.some((pattern) => matchesPath(pattern, path));
  const meant = outermost(functionsOf(program).filter(isMeant));
  return meant.length === 0 ? null : probeFunctions(source, meant, how);
}

/**
 * Adds probes to functions of a text; those in which the language allows no probes are reported.
 */
export function probeFunctions(
  source: FileToProbe,
  meant: readonly FoundFunction[],
  { nextId, measure }: HowToProbe,
): ProbedFile {
  const { text, kind } = source;
  const probe = (functions: readonly FoundFunction[]) => {
    const probed = functions.map(({ node }) => ({ id: nextId(), node }));
    const written = instrument(text, probed, measure);
    if (parseSource(written.text, kind) === null) return null;
    return { ...written, ids: probed.map(({ id }) => id) };
  };
  const whole = probe(meant);
  const able = whole === null ? meant.filter((found) => probe([found]) !== null) : meant;
  const { ids, ...written } = whole ?? probe(able) ?? { text, places: [], ids: [] };
  const lines = new LineNumbers(text);
  return {
    ...written,
    functions: able.map((found, at) => describe(source, lines, found, ids[at] ?? '')),
    refused: meant.filter((found) => !able.includes(found)).map(nameOf),
  };
}

/** Of nested functions, only the outer ones, so that each line is counted once. */
function outermost(functions: readonly FoundFunction[]): readonly FoundFunction[] {
  let end = -1;
  return [...functions]
    .sort((a, b) => a.node.start - b.node.start || b.node.end - a.node.end)
    .filter(({ node }) => {
      if (node.start < end) return false;
      end = node.end;
      return true;
    });
}

function describe(
  { text, file }: FileToProbe,
  lines: LineNumbers,
  found: FoundFunction,
  id: string,
): ProbedFunctionInfo {
  const firstLine = lines.at(found.node.start);
  const lastLine = lines.at(found.node.end);
  const body = text.slice(lines.startOf(firstLine), lines.startOf(lastLine + 1) || undefined);
  return {
    id,
    name: nameOf(found),
    file,
    firstLine,
    lastLine,
    lines: body.split(/\r\n|[\n\r\u2028\u2029]/).slice(0, lastLine - firstLine + 1),
    lineCount: lines.count,
    sourceMapUrl: sourceMapUrlOf(text),
  };
}

function nameOf({ path, isNamed }: FoundFunction): string {
  return isNamed ? path.join('.') : [...path, 'anonymous'].join('.');
}

function sourceMapUrlOf(text: string): string | null {
  const last = [...text.matchAll(/^\s*\/\/[#@] sourceMappingURL=(\S+)\s*$/gm)].at(-1);
  return last?.[1] ?? null;
}
