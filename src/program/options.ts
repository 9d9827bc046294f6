import { resolve } from 'node:path';
import { types } from 'node:util';
import { parseCut } from '../collect/parse-cut.js';
import { parsePattern } from '../collect/walk/patterns.js';
import { REDACT_MODES, type RedactMode } from '../redact/redactor.js';
import { readFont } from '../report/fonts.js';
import { outputFormats } from '../report/formats.js';
import { readOutputs } from './output-files.js';
import type { GraphQuestion } from './questions.js';
import { checkNames, show, usage } from './usage.js';

/** A class, `@id`, name of a reference or file; a regular expression looks within any of them. */
export type PatternText = string | RegExp;

export type PatternOption = 'hide' | 'stop' | 'highlight';

/** What the calls that draw take besides their target; the words are those of the command line. */
export interface ShowOptions {
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
  /** Ways to roots that share nothing but what all of them lead through. Default: 1. */
  readonly paths?: number;
  /** Draw many holders of one class that hold in one way as one node. Default: true. */
  readonly group?: boolean;
  /** Answer as if these references were gone: `Holder->Held`, two classes or regular expressions. */
  readonly cut?: string | readonly string[];
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
  /**
   * Show places in the sources where source maps lie beside the scripts. Those of an opened heap are looked
   * for below the working folder and the folder of the heap only, and below folders given here. Default: true.
   */
  readonly sourceMaps?: boolean | string | readonly string[];
  /** Default: `light`. */
  readonly theme?: 'light' | 'dark';
}

const COUNTS = { depth: 0, fanIn: 1, maxNodes: 1, paths: 1 } as const;
const SWITCHES = ['toRoots', 'group', 'weak', 'internals', 'retained'] as const;
const PATTERNS: readonly PatternOption[] = ['hide', 'stop', 'highlight'];
const OTHERS = [
  'cut',
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

export type GraphOptionsRead = Omit<GraphQuestion, 'kind' | 'command' | 'listLength'>;

/**
 * Checks the options and turns them into plain data for the worker, before any work is done.
 *
 * @throws ShowBackrefError USAGE naming the option and its value.
 */
export function readOptions(options: ShowOptions): GraphOptionsRead {
  checkNames(options, KNOWN);
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
    cut: readCuts(options),
    report: {
      legend: legend === true,
      theme,
      fonts: readFontOption(options),
      ...(title === undefined ? {} : { title: `${title}` }),
    },
    sourceMaps: readSourceMaps(options),
    outputs: readOutputs(options, outputFormats),
  };
}

function readSourceMaps({ sourceMaps = true, redact }: ShowOptions): false | readonly string[] {
  const folders: readonly unknown[] = Array.isArray(sourceMaps) ? sourceMaps : [sourceMaps];
  const named = folders.flatMap((folder) => {
    if (typeof folder === 'boolean' && folders.length === 1) return [];
    if (typeof folder !== 'string' || folder === '') {
      throw usage(`sourceMaps ${show(folder)} is neither true, false nor the path of a folder`);
    }
    return [resolve(folder)];
  });
  // a source map would bring the paths back that are masked
  return sourceMaps !== false && redact !== 'all' && named;
}

function readWalk(options: ShowOptions): GraphQuestion['walk'] {
  const redact = readRedactMode(options);
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

export function readRedactMode({ redact = 'secrets' }: { redact?: RedactMode }): RedactMode {
  if (REDACT_MODES.includes(redact)) return redact;
  throw usage(`redact ${show(redact)} is unknown; use one of ${REDACT_MODES.join(', ')}`);
}

function readPatterns(
  name: PatternOption,
  value: ShowOptions[PatternOption] = [],
): readonly string[] {
  const patterns: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const pattern of patterns) {
    if (typeof pattern === 'string' || types.isRegExp(pattern)) continue;
    throw usage(`${name} ${show(pattern)} is neither a text nor a regular expression`);
  }
  const texts = patterns.map(String);
  // a broken one shall not wait for the heap
  texts.forEach(parsePattern);
  return texts;
}

function readCuts({ cut = [] }: ShowOptions): readonly string[] {
  const cuts: readonly unknown[] = Array.isArray(cut) ? cut : [cut];
  return cuts.map((text) => {
    if (typeof text !== 'string') throw usage(`cut ${show(text)} is not a text`);
    // a broken one shall not wait for the heap
    return parseCut(text).text;
  });
}

function readFontOption({ font = [] }: ShowOptions): readonly string[] {
  const files: readonly unknown[] = Array.isArray(font) ? font : [font];
  return files.map((file) => {
    if (typeof file !== 'string') throw usage(`font ${show(file)} is not the path of a file`);
    readFont(file);
    return resolve(file);
  });
}
