import { fileURLToPath } from 'node:url';
import { type FunctionPattern, modulePattern, parseFunctionPattern } from './function-pattern.js';
import type { LoadRequest } from './load-request.js';
import { newerModule } from './newer-node.js';
import type { GrammarKind } from './parse-source.js';
import { type HowToProbe, type ProbedFile, probeFile } from './probed-file.js';

/** Marks a text that already has probes. */
const PROBED = 'Symbol.for("showbackref.profile")';

/** Adds probes to the files of a program when they are loaded. */
export class LoadProber {
  readonly #patterns: readonly FunctionPattern[];
  readonly #how: HowToProbe;
  readonly #onFile: (file: ProbedFile) => void;

  constructor(
    { functions, modules, measure }: Omit<LoadRequest, 'resultFile'>,
    nextId: () => string,
    onFile: (file: ProbedFile) => void,
  ) {
    this.#patterns = [...functions.map(parseFunctionPattern), ...modules.map(modulePattern)];
    this.#how = { nextId, measure };
    this.#onFile = onFile;
  }

  /**
   * Adds probes to a text.
   *
   * @param format as Node.js names it: `module`, `commonjs-typescript` …
   * @param place path or URL.
   * @returns null if the text stays unchanged.
   */
  probe(source: string, format: string, place: string): string | null {
    const kind = kindOf(format);
    if (kind === null || source.includes(PROBED)) return null;
    const file = place.startsWith('file:') ? fileURLToPath(place) : place;
    const text = format.endsWith('-typescript') ? stripTypes(source) : source;
    const probed =
      text === null ? null : probeFile({ text, file, kind }, this.#patterns, this.#how);
    if (probed === null) return null;
    this.#onFile(probed);
    return probed.text;
  }
}

function kindOf(format: string): GrammarKind | null {
  if (/^module(-typescript)?$/.test(format)) return 'module';
  return /^commonjs(-typescript)?$/.test(format) ? 'commonjs' : null;
}

/** Removes types; Node.js replaces them by blanks, so that all positions stay the same. */
function stripTypes(text: string): string | null {
  try {
    return newerModule.stripTypeScriptTypes?.(text) ?? null;
  } catch {
    return null;
  }
}
