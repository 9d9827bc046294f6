import { resolve } from 'node:path';
import { usage } from '../errors.js';
import type { RedactMode } from '../redact/redactor.js';
import { option, type Spelling, say } from '../util/sentence.js';
import type { CutRule } from './cut-rule.js';
import type { OptionValues } from './options.js';
import type { Output } from './outputs.js';
import type { Target } from './target.js';
import { type CollectOptions, walkOptionsOf } from './walk-options.js';

/** The commands that are answered by a graph. */
export type GraphCommand = 'backrefs' | 'refs' | 'chain';

/** Which matches of a target are meant. */
export interface SelectOptions extends Pick<OptionValues, 'nth' | 'largest' | 'all'> {
  /** Leave out matches that take fewer bytes themselves; null for none. Default: null. */
  readonly minSize?: number | null;
  /** What is masked in the words of an error. Default: `secrets`. */
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

/** A question that is answered by a graph, read once. Plain data: it passes from thread to thread. */
export interface GraphQuestion {
  readonly command: GraphCommand;
  /** Empty where the objects themselves are given. */
  readonly targets: readonly Target[];
  readonly choice: SelectOptions;
  readonly walk: CollectOptions;
  /** Answer as if these references were gone. */
  readonly cut: readonly CutRule[];
  readonly look: LookOptions;
  /** Folders, absolute, below which source maps are looked for besides; false for nowhere. */
  readonly sourceMaps: false | readonly string[];
  readonly outputs: readonly Output[];
  /** How options are named in the answer. */
  readonly spelling: Spelling;
}

type Asked = Pick<GraphQuestion, 'command' | 'targets' | 'outputs' | 'spelling'> & {
  /** Where relative paths begin. */
  readonly cwd: string;
};

/** The question that options ask. */
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

/** With everything masked there are none: a source map would bring the paths back. */
function mapFoldersIn(given: OptionValues['sourceMaps'], cwd: string): false | readonly string[] {
  if (given.includes(false)) return false;
  if (given.includes(true) && given.length > 1) {
    throw usage(say`${option('sourceMaps')} is either true or a list of folders`);
  }
  return given.filter((folder) => typeof folder === 'string').map((folder) => resolve(cwd, folder));
}

/** Those of all options that are about how a report looks. */
export function lookOptionsOf({ legend, theme, font, title }: OptionValues): LookOptions {
  return {
    ...{ legend, fonts: font },
    ...(theme === null ? {} : { theme }),
    ...(title === null ? {} : { title }),
  };
}
