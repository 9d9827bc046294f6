import { extname, resolve } from 'node:path';
import { parsePattern } from '../collect/patterns.js';
import { ShowBackrefError } from '../errors.js';
import { REDACT_MODES, type RedactMode } from '../redact/redactor.js';
import { readFont } from '../report/fonts.js';
import { findFormat, findFormatOfFile, outputFormats } from '../report/formats.js';
import type { PatternOption, SelfOutput, SelfRequest } from './answer-call.js';

/** A class, `@id`, name of a reference or file; a regular expression looks within any of them. */
export type PatternText = string | RegExp;

/** What `showBackrefs` takes besides its target; the words are those of the command line. */
export interface ShowBackrefsOptions {
  /** Files to write, in the format of their extension, such as `.png`, `.html` or `.md`. Default: none. */
  readonly out?: string | readonly string[];
  /** The format of files whose extension says none: `png`, `json` and so on. */
  readonly format?: string;
  /** Steps from the target that are drawn in full. Default: 3. */
  readonly depth?: number;
  /** Holders drawn per object. Default: 10. */
  readonly fanIn?: number;
  /** Objects in the picture. Default: 120. */
  readonly maxNodes?: number;
  /** Beyond `depth`, continue each chain by the shortest way to a root. Default: true. */
  readonly toRoots?: boolean;
  /** Leave these holders out. */
  readonly hide?: PatternText | readonly PatternText[];
  /** Draw these holders, but not what holds them. */
  readonly stop?: PatternText | readonly PatternText[];
  /** Draw these holders in blue. */
  readonly highlight?: PatternText | readonly PatternText[];
  /** Draw weak references, dashed. Default: false. */
  readonly weak?: boolean;
  /** Draw the engine's own objects instead of folding them. Default: false. */
  readonly internals?: boolean;
  /** Work out retained sizes. Default: false. */
  readonly retained?: boolean;
  /** Mask what looks like a secret, every string and path, or nothing. Default: `secrets`. */
  readonly redact?: RedactMode;
  /** `.ttf`, `.otf` or `.ttc` files for scripts the bundled font does not have. */
  readonly font?: string | readonly string[];
  readonly title?: string;
  /** Explain the picture at its foot. Default: true. */
  readonly legend?: boolean;
  /** Do not warn on standard error when the heap is large. Default: false. */
  readonly quiet?: boolean;
  /** Show places in the sources where source maps lie beside the scripts. Default: true. */
  readonly sourceMaps?: boolean;
  /** Default: `light`. */
  readonly theme?: 'light' | 'dark';
}

const COUNTS = { depth: 0, fanIn: 1, maxNodes: 1 } as const;
const SWITCHES = ['toRoots', 'weak', 'internals', 'retained'] as const;
const PATTERNS: readonly PatternOption[] = ['hide', 'stop', 'highlight'];
const OTHERS = [
  'redact',
  'font',
  'out',
  'format',
  'title',
  'legend',
  'sourceMaps',
  'quiet',
  'theme',
];
const KNOWN: readonly string[] = [...Object.keys(COUNTS), ...SWITCHES, ...PATTERNS, ...OTHERS];

/**
 * Checks the options and turns them into plain data for the worker, before any work is done.
 *
 * @throws ShowBackrefError USAGE naming the option and its value.
 */
export function readOptions(options: ShowBackrefsOptions): Omit<SelfRequest, 'listLength'> {
  if (typeof options !== 'object' || options === null) {
    throw usage(`options are ${show(options)}; give an object such as { out: 'backrefs.png' }`);
  }
  const unknown = Object.keys(options).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw usage(`option ${show(unknown)} is unknown; use one of ${KNOWN.join(', ')}`);
  }
  const { title, legend = true, quiet = false, theme = 'light' } = options;
  if (typeof quiet !== 'boolean') throw usage(`quiet ${show(quiet)} is not true or false`);
  if (theme !== 'light' && theme !== 'dark') {
    throw usage(`theme ${show(theme)} is unknown; use light or dark`);
  }
  return {
    walk: readWalk(options),
    patterns: {
      hide: readPatterns('hide', options.hide),
      stop: readPatterns('stop', options.stop),
      highlight: readPatterns('highlight', options.highlight),
    },
    report: {
      legend: legend === true,
      theme,
      fonts: readFontOption(options),
      ...(title === undefined ? {} : { title: `${title}` }),
    },
    // a source map would bring the paths back that are masked
    sourceMaps: options.sourceMaps !== false && options.redact !== 'all',
    outputs: readOutputs(options),
  };
}

function readWalk(options: ShowBackrefsOptions): SelfRequest['walk'] {
  const { redact = 'secrets' } = options;
  if (!REDACT_MODES.includes(redact)) {
    throw usage(`redact ${show(redact)} is unknown; use one of ${REDACT_MODES.join(', ')}`);
  }
  const walk: Record<string, number | boolean | string> = { redact };
  for (const [name, least] of Object.entries(COUNTS)) {
    const value = options[name as keyof typeof COUNTS];
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < least) {
      throw usage(`${name} ${show(value)} is not a whole number from ${least} up`);
    }
    walk[name] = value;
  }
  for (const name of SWITCHES) {
    const value = options[name];
    if (value === undefined) continue;
    if (typeof value !== 'boolean') throw usage(`${name} ${show(value)} is not true or false`);
    walk[name] = value;
  }
  return walk;
}

function readPatterns(
  name: PatternOption,
  value: ShowBackrefsOptions[PatternOption] = [],
): readonly string[] {
  const patterns: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const pattern of patterns) {
    if (typeof pattern === 'string' || pattern instanceof RegExp) continue;
    throw usage(`${name} ${show(pattern)} is neither a text nor a regular expression`);
  }
  const texts = patterns.map(String);
  // a broken one shall not wait for the heap
  texts.forEach(parsePattern);
  return texts;
}

function readFontOption({ font = [] }: ShowBackrefsOptions): readonly string[] {
  const files: readonly unknown[] = Array.isArray(font) ? font : [font];
  return files.map((file) => {
    if (typeof file !== 'string') throw usage(`font ${show(file)} is not the path of a file`);
    readFont(file);
    return resolve(file);
  });
}

function readOutputs({ out = [], format }: ShowBackrefsOptions): readonly SelfOutput[] {
  if (format !== undefined && findFormat(`${format}`) === null) {
    throw usage(`format ${show(format)} is unknown; use one of ${formatNames()}`);
  }
  const paths: readonly unknown[] = Array.isArray(out) ? out : [out];
  if (format !== undefined && paths.length === 0) {
    throw usage(`format ${show(format)} without a file; name one with out`);
  }
  return paths.map((path) => readOutput(path, format));
}

function readOutput(path: unknown, format: string | undefined): SelfOutput {
  if (typeof path !== 'string' || path === '') {
    throw usage(`out ${show(path)} is not the path of a file; use for example 'backrefs.png'`);
  }
  const found = findFormatOfFile(path) ?? findFormat(format ?? '');
  if (found === null) {
    const extension = extname(path);
    const what =
      extension === ''
        ? `${show(path)} has no extension`
        : `${show(extension)} is no format of ours`;
    throw usage(`out: ${what}; use one of ${formatNames()}, or give format`);
  }
  return { file: resolve(path), path, format: found.name };
}

function formatNames(): string {
  return outputFormats.map(({ name }) => name).join(', ');
}

/** A value in quotes, shortly. */
function show(value: unknown): string {
  return `"${String(value).slice(0, 60)}"`;
}

function usage(message: string): ShowBackrefError {
  return new ShowBackrefError('USAGE', message);
}
