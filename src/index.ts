export { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from './collect/collect-options.js';
export type { CutRule } from './collect/parse-cut.js';
export type { Pattern, PatternSubject } from './collect/patterns.js';
export type {
  CutAnswer,
  HoldingPattern,
  HoldingStep,
  NodeRole,
  Omitted,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
  SubgraphSource,
} from './collect/subgraph.js';
export { type ErrorCode, ShowBackrefError } from './errors.js';
export type { GraphAnswer, GraphOptions, Heap } from './heap.js';
export type { ChainStep } from './library/chain-steps.js';
export { findBackrefChain, showBackrefs, showChain, showRefs } from './library/graph-calls.js';
export {
  type GrowthOptions,
  growth,
  type ShowGrowthOptions,
  showGrowth,
} from './library/growth-calls.js';
export type { ShowTypesOptions, TypesOptions } from './library/list-types.js';
export { at, byType } from './library/live-objects.js';
export { lprun } from './library/lprun.js';
export type { AnyFunction, Measured } from './library/measure-lines.js';
export { type MprunOptions, mprun } from './library/mprun.js';
export {
  type ChooseOptions,
  type OpenedHeap,
  openHeap,
  type TargetText,
} from './library/open-heap.js';
export type { PatternText, ShowOptions } from './library/options.js';
export type { ListOptions, PrintOptions } from './library/table-options.js';
export { count, mostCommonTypes, showMostCommonTypes, typestats } from './library/type-calls.js';
export type {
  LineProfile,
  Measure,
  ProfiledFunction,
  ProfiledLine,
} from './profile/line-profile.js';
export type { RedactMode } from './redact/redactor.js';
export type { Census } from './stats/census.js';
export type { ClassBin } from './stats/class-bins.js';
export type { DuplicateString } from './stats/duplicate-strings.js';
export type { Growth, TypeGrowth } from './stats/growth.js';
export type { HeapClass } from './stats/heap-classes.js';
export type { HeapInfo, MemoryCategory, NodeTypeInfo, RootInfo } from './stats/heap-info.js';
export type { InterfaceDefinition } from './stats/interfaces.js';
export type { Shape } from './stats/object-shapes.js';
export type { TypeStats } from './stats/type-stats.js';
