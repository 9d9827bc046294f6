import type { SnapshotTables } from '../../snapshot/snapshot-tables.js';
import { EdgeClass } from '../edge-class.js';
import { positionsOf } from '../positions-of.js';
import { EdgeType, NodeType } from '../types.js';
import { findAwaitedBy } from './awaited-by.js';
import { findOldWeakFields } from './old-weak-fields.js';

const CONSOLE_SUFFIX = ' / DevTools console';
/** The root group of objects that a debugger keeps while it steps and breaks. */
export const DEBUGGER_GROUP = '(Debugger)';

/** EdgeClass bits by edge ordinal. */
export type Exceptions = Map<number, number>;

/** The meaning of an edge of an owner if it is not an exception. */
export type UsualBits = (edge: number, owner: number) => number;

/**
 * Finds the few edges whose own name, owner or target matters: those of a debugger or a console,
 * some that DevTools does not count, the root's shortcuts, and those that an engine writes as
 * strong although they are not.
 */
export function findExceptions(tables: SnapshotTables, bitsOf: UsualBits): Exceptions {
  const found: Exceptions = new Map();
  addShortcuts(tables, bitsOf, found);
  const names = exceptionalNames(tables);
  const { firstEdge, edgeTypes, edgeNames } = tables;
  for (const node of exceptionalOwners(tables)) {
    const changeOf = changesOf(tables, node, names);
    if (changeOf === null) continue;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (edgeTypes[edge] !== EdgeType.internal) continue;
      const change = changeOf(edgeNames[edge]);
      if (change !== null) found.set(edge, change(bitsOf(edge, node)));
    }
  }
  for (const edge of findOldWeakFields(tables)) found.set(edge, EdgeClass.COUNTED | EdgeClass.WEAK);
  for (const edge of findAwaitedBy(tables)) found.set(edge, EdgeClass.COUNTED);
  return found;
}

/**
 * Adds shortcuts. Those of the root are paths to a user root; those of other nodes repeat other
 * references.
 */
function addShortcuts(tables: SnapshotTables, bitsOf: UsualBits, found: Exceptions): void {
  const { firstEdge, edgeTypes, edgeTargets, rootOrdinal: root } = tables;
  for (let edge = firstEdge[root]; edge < firstEdge[root + 1]; edge++) {
    const isWay = edgeTypes[edge] === EdgeType.shortcut && edgeTargets[edge] !== root;
    if (isWay) found.set(edge, bitsOf(edge, root) | EdgeClass.RETAINING | EdgeClass.ESSENTIAL);
  }
}

/** String indexes of names that make an edge an exception. */
interface ExceptionalNames {
  readonly handles: ReadonlySet<number>;
  readonly sloppyMap: ReadonlySet<number>;
}

/** Collects the names. A root has very many edges, so none of their names are decoded. */
function exceptionalNames({ strings }: SnapshotTables): ExceptionalNames {
  return {
    handles: new Set(strings.findSuffix(CONSOLE_SUFFIX)),
    sloppyMap: new Set(strings.find('sloppy_function_map')),
  };
}

/** Nodes some of whose edges are recognised by their own names. */
function exceptionalOwners({ nodeTypes, nodeNames, strings }: SnapshotTables): readonly number[] {
  // owners that DevTools names when it leaves out edges: it compares type and name exactly
  const named = (type: number, name: string) =>
    positionsOf(nodeNames, strings.find(name).slice(0, 1)).filter((n) => nodeTypes[n] === type);
  return [
    ...positionsOf(nodeTypes, [NodeType.synthetic]),
    ...named(NodeType.hidden, 'system / NativeContext'),
    ...named(NodeType.array, '(map descriptors)'),
  ];
}

/** A change to the usual bits of an edge. */
type Change = (bits: number) => number;

/**
 * Changes by the names of a node's edges; null if none of them is an exception. A root may have a
 * million.
 */
function changesOf(
  { nodeNames, nodeTypes, strings }: SnapshotTables,
  node: number,
  { handles, sloppyMap }: ExceptionalNames,
): ((name: number) => Change | null) | null {
  switch (nodeTypes[node]) {
    case NodeType.synthetic:
      if (strings.equals(nodeNames[node], DEBUGGER_GROUP)) return () => debuggersOwn;
      return handles.size === 0 ? null : (name) => (handles.has(name) ? ofConsole : null);
    case NodeType.hidden:
      return (name) => (sloppyMap.has(name) ? uncounted : null);
    default:
      return (name) => (isDescriptor(strings.get(name)) ? uncounted : null);
  }
}

const debuggersOwn = (bits: number) => EdgeClass.COUNTED | (bits & EdgeClass.ESSENTIAL);
const ofConsole = (bits: number) => bits | EdgeClass.CONSOLE;
const uncounted = (bits: number) => bits & ~EdgeClass.COUNTED;

/**
 * True for the last of each three slots, after a header of two. Shapes share descriptors, so one
 * may well belong to another shape: DevTools does not follow them when it counts distances.
 */
function isDescriptor(name: string): boolean {
  const slot = Number.parseInt(name, 10);
  return slot >= 2 && slot % 3 === 1;
}
