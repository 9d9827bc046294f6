import type { RedactMode } from '../redact/redactor.js';
import type { Pattern } from './patterns.js';

/** How far and how wide to walk, and what to leave out. */
export interface CollectOptions {
  /** Steps from the target that are drawn in full. */
  readonly depth: number;
  /** Holders drawn per node. */
  readonly fanIn: number;
  /** Nodes of the picture, cuts not counted. */
  readonly maxNodes: number;
  /** Beyond `depth`, continue each chain by the shortest way to a root. */
  readonly toRoots: boolean;
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
  hide: [],
  stop: [],
  highlight: [],
  weak: false,
  internals: false,
  retained: false,
  redact: 'secrets',
};
