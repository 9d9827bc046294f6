import type { RedactMode } from '../redact/redactor.js';
import type { Spelling } from '../util/sentence.js';
import { optionsOf } from './command-options.js';
import type { CommandName } from './option.js';
import type { OptionValues } from './options.js';
import type { Pattern } from './pattern.js';
import { defaultValues } from './read-options.js';

/** How far and how wide to walk, and what to leave out. Plain data. */
export interface CollectOptions {
  /** Steps from the target that are drawn in full. */
  readonly depth: number;
  /** Neighbours drawn per node: holders, or in `refs` what is held. */
  readonly fanIn: number;
  /** Nodes of the picture, cuts not counted. */
  readonly maxNodes: number;
  /** Beyond `depth`, continue each chain by the shortest way to a root. */
  readonly toRoots: boolean;
  /** Ways to roots that are drawn from each target, sharing nothing but its dominators. */
  readonly paths: number;
  /** Draw what does not decide whether the target lives, too. */
  readonly everything: boolean;
  /** Draw objects of one class as one node where they are too many and held, or hold, in one way. */
  readonly group: boolean;
  readonly hide: readonly Pattern[];
  readonly stop: readonly Pattern[];
  readonly highlight: readonly Pattern[];
  /** Draw weak references, dashed. */
  readonly weak: boolean;
  /** Draw the engine's own nodes instead of folding them. */
  readonly internals: boolean;
  /** Compute retained sizes. */
  readonly retained: boolean;
  /** What is masked in every text of the answer. */
  readonly redact: RedactMode;
  /** How the picture names the options that left something out. Default: `names`. */
  readonly spelling?: Spelling;
}

/** The defaults of the table of options. */
export const DEFAULT_COLLECT_OPTIONS: CollectOptions = walkOptionsOf(defaultValues());

/** Those of a command, which has some of its own. */
export function walkDefaults(command: CommandName): CollectOptions {
  return walkOptionsOf(defaultValues(optionsOf(command, 'program')));
}

/** Those of all options that are about the walk. */
export function walkOptionsOf(values: OptionValues): CollectOptions {
  const { depth, fanIn, maxNodes, toRoots, paths, everything, group } = values;
  const { hide, stop, highlight, weak, internals, retained, redact } = values;
  const limits = { depth, fanIn, maxNodes, toRoots, paths, everything, group };
  return { ...limits, hide, stop, highlight, weak, internals, retained, redact };
}
