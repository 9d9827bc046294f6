import { EdgeClass } from '../../graph/edge-class.js';
import { ownerOf } from '../../graph/edge-rules.js';
import { DEBUGGER_GROUP } from '../../graph/exceptions/edge-exceptions.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { positionsOf } from '../../graph/positions-of.js';

/**
 * The objects that a program printed while an inspector was open, which keeps them to show them.
 */
export interface ConsoleRoot {
  /** Stands for the console: V8's group of a debugger's objects, or the group of handles. */
  readonly node: NodeOrdinal;
  /** The groups that contain the console's references, among others. */
  readonly groups: readonly NodeOrdinal[];
}

/** Finds the console; null if it holds nothing in this heap. */
export function findConsoleRoot(graph: HeapGraph): ConsoleRoot | null {
  const { exceptions, firstEdge } = graph.rules.columns;
  const groups = new Set<NodeOrdinal>();
  for (const [edge, bits] of exceptions) {
    const holds = EdgeClass.CONSOLE | EdgeClass.RETAINING;
    if ((bits & holds) === holds) groups.add(ownerOf(firstEdge, edge) as NodeOrdinal);
  }
  const [first] = groups;
  if (first === undefined) return null;
  const { nodeNames, strings } = graph.tables;
  const [own] = positionsOf(nodeNames, strings.find(DEBUGGER_GROUP)) as NodeOrdinal[];
  return { node: own ?? first, groups: [...groups] };
}

/** True if a reference belongs to the console. */
export function isOfConsole(graph: HeapGraph, edge: EdgeOrdinal): boolean {
  return (graph.edgeClassOf(edge) & EdgeClass.CONSOLE) !== 0;
}
