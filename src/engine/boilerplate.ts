import type { HeapGraph } from '../graph/heap-graph.js';
import { EdgeType } from '../graph/types.js';

const ALLOCATION_SITE = 'system / AllocationSite';

/**
 * Leaves out the copies of literals (`[1, 2]`, `{ a: 1 }`) that V8 keeps to make objects from: only
 * an AllocationSite holds them, and no program can reach them.
 *
 * @param ids heap ids.
 */
export function withoutBoilerplate(graph: HeapGraph, ids: readonly number[]): readonly number[] {
  const nodes = graph.withIds(ids);
  return ids.filter((id) => {
    const node = nodes.get(id);
    if (node === undefined) return true;
    let holders = 0;
    for (const edge of graph.retainersOf(node)) {
      if (graph.edgeTypeOf(edge) === EdgeType.weak) continue;
      if (graph.nameOf(graph.ownerOf(edge)) !== ALLOCATION_SITE) return true;
      holders += 1;
    }
    return holders === 0;
  });
}
