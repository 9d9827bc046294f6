import { fileURLToPath } from 'node:url';
import { type FunctionPattern, modulePattern, parseFunctionPattern } from './function-pattern.js';
import type { LoadRequest } from './load-request.js';
import { newerModule } from './newer-node.js';
import type { GrammarKind } from './parse-source.js';
import { type FileToProbe, type HowToProbe, type ProbedFile, probeFile } from './probed-file.js';

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
    const own = format.endsWith('-typescript') ? withoutTypes(source, file) : { text: source };
    const probed =
      own === null ? null : probeFile({ ...own, file, kind }, this.#patterns, this.#how);
    if (probed === null) return null;
    this.#onFile(probed);
    return probed.text;
  }
}

function kindOf(format: string): GrammarKind | null {
  if (/^module(-typescript)?$/.test(format)) return 'module';
  return /^commonjs(-typescript)?$/.test(format) ? 'commonjs' : null;
}

/** As Node.js does it itself: by blanks, so that all stays in its place, or with a source map. */
function withoutTypes(written: string, file: string): Pick<FileToProbe, 'text' | 'written'> | null {
  const { stripTypeScriptTypes: strip } = newerModule;
  if (strip === undefined) return null;
  const isTransformed = (process.features as NewerFeatures).typescript === 'transform';
  try {
    return withoutWarnings(() =>
      isTransformed
        ? { text: strip(written, { mode: 'transform', sourceMap: true, sourceUrl: file }) }
        : { text: strip(written), written },
    );
  } catch {
    return null;
  }
}

interface NewerFeatures {
  readonly typescript?: unknown;
}

/** The program did not ask for this, so it is not warned of it. */
function withoutWarnings<T>(work: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}
