import type { Measure } from '../meter/measure.js';
import { type FoundFunction, functionsOf } from './find-functions.js';
import { type FunctionPattern, matchesFile, matchesPath } from './function-pattern.js';
import { instrument, type ProbedFunction } from './instrument.js';
import { type LoadedText, type OriginalFunction, OriginalSources } from './original-source.js';
import { type GrammarKind, parseSource } from './parse-source.js';
import type { ProbePlace } from './prober.js';
import { type FunctionSyntax, LINE_END, LineNumbers, type LinesAt } from './syntax.js';

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
  /** The lines are those of the source, which a map says. */
  readonly isOriginal: boolean;
}

export interface ProbedFile {
  readonly text: string;
  readonly functions: readonly ProbedFunctionInfo[];
  /** The places where lines are counted, in the text without probes. */
  readonly places: readonly ProbePlace[];
  /** Names of matching functions that could not get probes. */
  readonly refused: readonly string[];
}

export interface FileToProbe extends LoadedText {
  readonly kind: GrammarKind;
  /** The same lines as a programmer wrote them, types included; absent where they are those of the text. */
  readonly written?: string;
  /** The loaded text of which this one is a part; absent for a whole one. */
  readonly partOf?: { readonly text: string; readonly shift: number };
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
  const written = meant.length > 1 ? withoutMade(meant, new Origins(source)) : meant;
  return written.length === 0 ? null : probeFunctions(source, written, how);
}

/**
 * Of functions that are called the same those that a compiler made are left out, such as `() => total` by
 * which a module exports `total`: there is no such name where the source map says that they are from.
 */
function withoutMade(
  functions: readonly FoundFunction[],
  origins: Origins,
): readonly FoundFunction[] {
  const isNamedThere = ({ node, path }: FoundFunction) => {
    const { isOriginal, lines } = origins.describe(node);
    return !isOriginal || lines.some((line) => line.includes(path.at(-1) ?? ''));
  };
  const written = functions.filter(isNamedThere);
  return functions.filter(
    (one) => written.includes(one) || !written.some(({ path }) => path.join() === one.path.join()),
  );
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
  const origins = new Origins(source);
  const probe = (functions: readonly FoundFunction[]) => {
    const probed = functions.map(({ node }) => ({ id: nextId(), node, ...origins.linesOf(node) }));
    const written = instrument(text, probed, measure);
    if (parseSource(written.text, kind) === null) return null;
    return { ...written, ids: probed.map(({ id }) => id) };
  };
  const whole = probe(meant);
  const able = whole === null ? meant.filter((found) => probe([found]) !== null) : meant;
  const { ids, ...written } = whole ?? probe(able) ?? { text, places: [], ids: [] };
  return {
    ...written,
    functions: able.map((found, at) => {
      return { id: ids[at] ?? '', name: nameOf(found), ...origins.describe(found.node) };
    }),
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

/** Where the functions of a text were written: in a source that was compiled to it, or in the text itself. */
class Origins {
  readonly #source: FileToProbe;
  readonly #lines: LineNumbers;
  readonly #sources: OriginalSources | null;

  constructor(source: FileToProbe) {
    this.#source = source;
    this.#lines = new LineNumbers(source.text);
    this.#sources = OriginalSources.of({ ...source, text: source.partOf?.text ?? source.text });
  }

  linesOf(node: FunctionSyntax): Pick<ProbedFunction, 'lines'> {
    return { lines: this.#originalOf(node) ?? this.#lines };
  }

  describe(node: FunctionSyntax): Omit<ProbedFunctionInfo, 'id' | 'name'> {
    const original = this.#originalOf(node);
    if (original !== null) {
      const { file, firstLine, lastLine } = original;
      const lines = original.lines.slice(firstLine - 1, lastLine);
      return { file, firstLine, lastLine, lines, isOriginal: true };
    }
    const { text, written = text, file } = this.#source;
    const firstLine = this.#lines.at(node.start);
    const lastLine = this.#lines.at(node.end - 1);
    const lines = written.split(LINE_END).slice(firstLine - 1, lastLine);
    return { file, firstLine, lastLine, lines, isOriginal: false };
  }

  #originalOf({ start, end }: FunctionSyntax): (OriginalFunction & LinesAt) | null {
    const shift = this.#source.partOf?.shift ?? 0;
    const found = this.#sources?.functionAt({ start: start + shift, end: end + shift }) ?? null;
    return found === null ? null : { ...found, at: (offset) => found.lineAt(offset + shift) };
  }
}

function nameOf({ path, isNamed }: FoundFunction): string {
  return isNamed ? path.join('.') : [...path, 'anonymous'].join('.');
}
