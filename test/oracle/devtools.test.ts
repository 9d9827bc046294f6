import { describe, expect, it } from 'vitest';
import { UNREACHABLE } from '../../src/graph/breadth-first.js';
import { computeDistances } from '../../src/graph/compute-distances.js';
import { computeDominators } from '../../src/graph/compute-dominators.js';
import { computeRetainedSizes } from '../../src/graph/compute-retained-sizes.js';
import { computeShallowSizes } from '../../src/graph/compute-shallow-sizes.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { allDistances } from '../support/all-distances.js';
import { FIXTURE_NAMES, fixtureFacts } from '../support/fixtures.js';
import { openInDevTools } from './toolkit.js';

/** The number that DevTools writes for nodes that no search has reached. */
const NO_DISTANCE = -5;

describe('Chrome DevTools finds the same', () => {
  it.for(FIXTURE_NAMES)(
    'distances, dominators and retained sizes for %s',
    async (name, { skip }) => {
      const theirs = await openInDevTools(name, skip);
      if (theirs === null) return;
      const { graph } = await fixtureFacts(name);
      expect(theirs.nodeDistances).toHaveLength(graph.nodeCount);
      const distances = allDistances(graph, computeDistances).map((d) =>
        d === UNREACHABLE ? NO_DISTANCE : d,
      );
      expect(differences(graph, theirs.nodeDistances, distances)).toEqual([]);
      const dominators = computeDominators(graph);
      expect(differences(graph, theirs.dominatorsTree, dominators.toArray())).toEqual([]);
      // DevTools first moves sizes of arrays and hidden nodes to their owners
      const shallow = computeShallowSizes(graph);
      const retained = computeRetainedSizes(graph, dominators, shallow);
      expect(differences(graph, theirs.retainedSizes, retained.toArray())).toEqual([]);
    },
  );
});

/** Up to ten differences in words: a whole array of 70,000 numbers would be unreadable. */
function differences(
  graph: HeapGraph,
  theirs: ArrayLike<number>,
  ours: ArrayLike<number>,
): readonly string[] {
  const found: string[] = [];
  for (let n = 0 as NodeOrdinal; n < graph.nodeCount && found.length < 10; n++) {
    if (theirs[n] === ours[n]) continue;
    const node = `${graph.typeNameOf(n)} "${graph.nameOf(n)}" @${graph.idOf(n)}`;
    found.push(`${node}: DevTools ${theirs[n]}, showbackref ${ours[n]}`);
  }
  return found;
}
