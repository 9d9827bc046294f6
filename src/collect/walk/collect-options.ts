import type { RedactMode } from '../../redact/redactor.js';
import type { Pattern } from './patterns.js';

/** How far and how wide to walk, and what to leave out. */
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
}

export const DEFAULT_COLLECT_OPTIONS: CollectOptions = {
  depth: 3,
  fanIn: 10,
  maxNodes: 120,
  toRoots: true,
  paths: 1,
  group: true,
  hide: [],
  stop: [],
  highlight: [],
  weak: false,
  internals: false,
  retained: false,
  redact: 'secrets',
};
