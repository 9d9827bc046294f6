export { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from './collect/collect-options.js';
export type {
  NodeRole,
  Omitted,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
  SubgraphSource,
} from './collect/subgraph.js';
export { type ErrorCode, ShowBackrefError } from './errors.js';
export { type GraphAnswer, type GraphOptions, type Heap, openHeap } from './heap.js';
export { lprun, type Measured } from './library/lprun.js';
export type { PatternText, ShowBackrefsOptions } from './library/options.js';
export { showBackrefs } from './library/show-backrefs.js';
export type { LineProfile, ProfiledFunction, ProfiledLine } from './profile/line-profile.js';
export type { RedactMode } from './redact/redactor.js';
export type { Census } from './stats/census.js';
export type { DuplicateString } from './stats/duplicate-strings.js';
export type { Growth, TypeGrowth } from './stats/growth.js';
export type { HeapClass } from './stats/heap-classes.js';
export type { HeapInfo } from './stats/heap-info.js';
export type { TypeStats } from './stats/type-stats.js';
