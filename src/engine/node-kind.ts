import type { NodeOrdinal } from '../graph/ordinals.js';

/**
 * The engine's parts of an object: each is folded into a reference from the object it belongs to.
 */
export type PartKind =
  | 'storage'
  | 'table'
  | 'registers'
  | 'reaction'
  | 'weak-cell'
  | 'request'
  | 'task'
  | 'stack-trace'
  | 'blink-listener'
  | 'blink-timer'
  | 'blink-callback';

/** The role of a node for a reader of a picture. */
export type NodeKind =
  | 'root'
  | 'root-group'
  | 'global'
  | 'realm'
  | 'module-record'
  | 'scope'
  | PartKind
  | 'engine'
  | 'plain';

/** The nodes of one heap by kind. */
export interface KindsOfNodes {
  kindOf(node: NodeOrdinal): NodeKind;
  /** The records of ES modules. */
  moduleRecords(): readonly NodeOrdinal[];
  /** True if a node is one of `moduleRecords`. */
  isModuleRecord(node: NodeOrdinal): boolean;
}
