import { resolve } from 'node:path';
import { usage } from '../errors.js';
import type { RedactMode } from '../redact/redactor.js';
import { option, type Spelling, say } from '../util/sentence.js';
import type { CutRule } from './cut-rule.js';
import type { OptionValues } from './options.js';
import type { Output } from './outputs.js';
import type { Target } from './target.js';
import { type CollectOptions, walkOptionsOf } from './walk-options.js';

/** The commands that answer with a graph. */
export type GraphCommand = 'backrefs' | 'refs' | 'chain';

/** Says which matches of a target are meant. */
export interface SelectOptions extends Pick<OptionValues, 'nth' | 'largest' | 'all'> {
  /**
   * Leave out matches whose shallow size is smaller, in bytes; null for no limit. Default: null.
   */
  readonly minSize?: number | null;
  /** The texts masked in the words of an error. Default: `secrets`. */
  readonly redact?: RedactMode;
}

/** How a report looks. */
export interface LookOptions {
  readonly legend: boolean;
  /** Light unless it is given; a page follows its reader's system. */
  readonly theme?: 'light' | 'dark';
  /** Files for what the bundled font lacks. */
  readonly fonts: readonly string[];
  readonly title?: string;
}

/** A question that a graph answers, read once. Plain data: it passes from thread to thread. */
export interface GraphQuestion {
  readonly command: GraphCommand;
  /** Empty if the objects themselves are given. */
  readonly targets: readonly Target[];
  readonly choice: SelectOptions;
  readonly walk: CollectOptions;
  /** Answer as if these references did not exist. */
  readonly cut: readonly CutRule[];
  readonly look: LookOptions;
  /** Further folders, absolute, below which source maps may be read; false to read none. */
  readonly sourceMaps: false | readonly string[];
  readonly outputs: readonly Output[];
  /** How options are named in the answer. */
  readonly spelling: Spelling;
}

type Asked = Pick<GraphQuestion, 'command' | 'targets' | 'outputs' | 'spelling'> & {
  /** The folder that relative paths start from. */
  readonly cwd: string;
};

/** Makes the question from its options. */
export function toGraphQuestion(values: OptionValues, { cwd, ...asked }: Asked): GraphQuestion {
  const { nth, largest, all, minSize, cut, redact, sourceMaps } = values;
  return {
    ...asked,
    choice: { nth, largest, all, minSize, redact },
    walk: { ...walkOptionsOf(values), spelling: asked.spelling },
    cut,
    look: lookOptionsOf(values),
    sourceMaps: redact === 'all' ? false : mapFoldersIn(sourceMaps, cwd),
  };
}

/**
 * The folders to read source maps from. If everything is masked there are none: a source map would
 * bring the paths back.
 */
function mapFoldersIn(given: OptionValues['sourceMaps'], cwd: string): false | readonly string[] {
  if (given.includes(false)) return false;
  if (given.includes(true) && given.length > 1) {
    throw usage(say`${option('sourceMaps')} is either true or a list of folders`);
  }
  return given.filter((folder) => typeof folder === 'string').map((folder) => resolve(cwd, folder));
}

/** The options about the look of a report, out of all options. */
export function lookOptionsOf({ legend, theme, font, title }: OptionValues): LookOptions {
  return {
    ...{ legend, fonts: font },
    ...(theme === null ? {} : { theme }),
    ...(title === null ? {} : { title }),
  };
}
