import type { Spelling } from '../util/sentence.js';
import { optionsOf } from './command-options.js';
import type { CommandName } from './commands.js';
import type { WalkOptions } from './generated-option-types.js';
import type { OptionValues } from './options.js';
import { defaultValues } from './read-options.js';

/** How far and how wide to walk, and what to leave out. Plain data. */
export interface CollectOptions extends WalkOptions {
  /** How the picture names the options by which something was left out. Default: `names`. */
  readonly spelling?: Spelling;
  /** Cuts each text of the heap to so many characters. Default: null, none is cut. */
  readonly longest?: number | null;
}

/** The defaults from the table of options. */
export const DEFAULT_COLLECT_OPTIONS: CollectOptions = walkOptionsOf(defaultValues());

/** The defaults of one command; some differ between commands. */
export function walkDefaults(command: CommandName): CollectOptions {
  return walkOptionsOf(defaultValues(optionsOf(command, 'program')));
}

/** The options about the walk, out of all options. */
export function walkOptionsOf(values: OptionValues): CollectOptions {
  const { depth, fanIn, maxNodes, toRoots, paths, everything, group } = values;
  const { hide, stop, highlight, weak, internals, retained, redact } = values;
  const limits = { depth, fanIn, maxNodes, toRoots, paths, everything, group };
  return { ...limits, hide, stop, highlight, weak, internals, retained, redact };
}
