import { classPlaceOf } from '../engine/classes/class-place.js';
import { isBuiltinFile } from '../engine/code/contexts.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { positionsOf } from '../graph/positions-of.js';
import { NodeType } from '../graph/types.js';

/**
 * Classes of the objects that `v8.getHeapSnapshot()` returns, in JavaScript and in C++, and of a
 * debugger's connection.
 */
const MADE_BY_CAPTURES = [
  ...['HeapSnapshotStream', 'Node / HeapSnapshotStream', 'Node / InspectorSession'],
  'Node / JSBindingsConnection',
];
/** The limit of objects: a stream owns a few dozen. */
const MOST_OBJECTS = 10_000;

/**
 * Finds the objects by which a heap was captured: in the next heap they would be counted as new. A
 * class of the program with the same name is distinguished by its place.
 */
export function findCapturePart(facts: HeapFacts): ReadonlySet<NodeOrdinal> {
  const { graph } = facts;
  const { nodeNames, strings } = graph.tables;
  const names = MADE_BY_CAPTURES.flatMap((name) => strings.find(name));
  const made = (positionsOf(nodeNames, names) as NodeOrdinal[]).filter((node) => {
    if (graph.typeOf(node) === NodeType.native) return true;
    if (graph.typeOf(node) !== NodeType.object) return false;
    return isBuiltinFile(classPlaceOf(facts, node)?.file ?? null);
  });
  const part = new Set(made);
  // a Set can grow while it is iterated, so it serves as the queue
  for (const node of part) {
    if (part.size > MOST_OBJECTS) break;
    for (const held of heldOnlyBy(graph, node, part)) part.add(held);
  }
  return part;
}

function heldOnlyBy(
  graph: HeapGraph,
  node: NodeOrdinal,
  part: ReadonlySet<NodeOrdinal>,
): readonly NodeOrdinal[] {
  const found: NodeOrdinal[] = [];
  for (let edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
    if (!graph.isRetaining(edge)) continue;
    const target = graph.targetOf(edge);
    const isOnly = [...graph.retainersOf(target)].every((other) => {
      return !graph.isRetaining(other) || part.has(graph.ownerOf(other));
    });
    if (isOnly) found.push(target);
  }
  return found;
}
