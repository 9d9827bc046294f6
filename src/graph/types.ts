import {
  EDGE_TYPES,
  type EdgeTypeName,
  NODE_TYPES,
  type NodeTypeName,
} from '../snapshot/snapshot-tables.js';

/** Type numbers by name, so that loops compare numbers and code uses V8's names. */
export const NodeType = numbering<NodeTypeName>(NODE_TYPES);
export const EdgeType = numbering<EdgeTypeName>(EDGE_TYPES);

function numbering<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, number) => [name, number])) as Record<Name, number>;
}
