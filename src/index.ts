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
export { type BackrefsAnswer, type BackrefsOptions, type Heap, openHeap } from './heap.js';
export { lprun, type Measured } from './library/lprun.js';
export type { PatternText, ShowBackrefsOptions } from './library/options.js';
export { showBackrefs } from './library/show-backrefs.js';
export type { LineProfile, ProfiledFunction, ProfiledLine } from './profile/line-profile.js';
export type { RedactMode } from './redact/redactor.js';
