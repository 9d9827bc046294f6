export type { GraphAnswer } from '../answer/collect-graph.js';
export type { GraphOptions, Heap } from '../answer/heap.js';
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
} from '../collect/picture/subgraph.js';
export { type ErrorCode, ShowBackrefError } from '../errors.js';
export type { Measure } from '../lines/meter/measure.js';
export type { LineProfile, ProfiledFunction, ProfiledLine } from '../lines/run/line-profile.js';
export type {
  GrowthOptions,
  PrintOptions,
  ShowGrowthOptions,
  ShowTypesOptions,
} from '../program/call-options.js';
export type { ChainStep } from '../program/chain-steps.js';
export { findBackrefChain, showBackrefs, showChain, showRefs } from '../program/graph-calls.js';
export { growth, showGrowth } from '../program/growth-calls.js';
export { findLeaks } from '../program/leak-calls.js';
export { at, byType } from '../program/live-objects.js';
export { lprun } from '../program/lprun.js';
export type { AnyFunction, Measured } from '../program/measure-lines.js';
export { type MprunOptions, mprun } from '../program/mprun.js';
export { type OpenedHeap, openHeap, type TargetText } from '../program/open-heap.js';
export { count, mostCommonTypes, showMostCommonTypes, typestats } from '../program/type-calls.js';
export type { CutRule } from '../question/cut-rule.js';
export type {
  ChooseOptions,
  LeaksOptions,
  ListOptions,
  PatternText,
  ShowOptions,
  TypesOptions,
} from '../question/generated-option-types.js';
export type { Pattern } from '../question/pattern.js';
export { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from '../question/walk-options.js';
export type { RedactMode } from '../redact/redactor.js';
export type { LeakRecord, LeaksDocument } from '../report/tables/leaks-report.js';
export type { Census } from '../stats/census.js';
export type { ClassBin } from '../stats/class-bins.js';
export type { DuplicateString } from '../stats/duplicate-strings.js';
export type { Growth, TypeGrowth } from '../stats/growth.js';
export type { HeapClass } from '../stats/heap-classes.js';
export type { HeapInfo, MemoryCategory, NodeTypeInfo, RootInfo } from '../stats/heap-info.js';
export type { InterfaceDefinition } from '../stats/interfaces.js';
export type { Shape } from '../stats/object-shapes.js';
export type { TypeStats } from '../stats/type-stats.js';
