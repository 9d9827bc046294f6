import type { HeapGraph } from './heap-graph.js';
import type { NodeOrdinal } from './ordinals.js';
import { EdgeType, NodeType } from './types.js';
import { findUserRoots } from './user-roots.js';

/** Marks in the table of owners: none yet, several. */
const UNVISITED = 0xffff_ffff;
const SHARED = 0xffff_fffe;

/**
 * Shallow sizes as DevTools shows them: storage that only one object keeps (element stores,
 * property arrays, tables, text outside the heap) counts as part of the object's size, and the
 * storage itself as 0. In files without user roots, sizes are unchanged.
 *
 * @returns bytes by node ordinal; length nodeCount. Source: DevTools
 *   `JSHeapSnapshot.calculateShallowSizes`.
 */
export function computeShallowSizes(graph: HeapGraph): Float64Array {
  const sizes = new Float64Array(graph.nodeCount);
  for (let n = 0; n < graph.nodeCount; n++) sizes[n] = graph.selfSizeOf(n as NodeOrdinal);
  if (findUserRoots(graph).length > 0) moveToOwners(graph, sizes);
  return sizes;
}

function moveToOwners(graph: HeapGraph, sizes: Float64Array): void {
  const owners = findOwners(graph);
  for (let n = 0; n < graph.nodeCount; n++) {
    const owner = owners[n];
    if (owner === n || owner === SHARED || owner === UNVISITED || owner === graph.root) continue;
    if (graph.typeOf(owner as NodeOrdinal) === NodeType.synthetic) continue;
    sizes[owner] += sizes[n];
    sizes[n] = 0;
  }
}

/**
 * By node ordinal: the node itself unless it is storage, else the only object that reaches it, or
 * SHARED.
 */
function findOwners(graph: HeapGraph): Uint32Array {
  const { firstEdge, edgeTypes, edgeTargets } = graph.tables;
  const owners = new Uint32Array(graph.nodeCount).fill(UNVISITED);
  const pending: number[] = [];
  const isStorage = storageTest(graph);
  for (let n = 0; n < graph.nodeCount; n++) {
    if (isStorage(n as NodeOrdinal)) continue;
    owners[n] = n;
    pending.push(n);
  }
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const owner = owners[node];
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
      if (edgeTypes[e] === EdgeType.weak) continue;
      const target = edgeTargets[e];
      const known = owners[target];
      if (known === target || known === owner || known === SHARED) continue;
      owners[target] = known === UNVISITED ? owner : SHARED;
      pending.push(target);
    }
  }
  return owners;
}

/** True for nodes that DevTools treats as the storage of another object. */
function storageTest(graph: HeapGraph): (node: NodeOrdinal) => boolean {
  const { nodeNames, strings } = graph.tables;
  const outsideText = new Set(strings.find('system / ExternalStringData'));
  return (node) => {
    const type = graph.typeOf(node);
    if (type === NodeType.hidden || type === NodeType.array) return true;
    return type === NodeType.native && outsideText.has(nodeNames[node]);
  };
}
