import { describe, expect, it } from 'vitest';
import {
  computeDistances,
  computeRootDistances,
  nearDistances,
  nearRootDistances,
} from '../../src/graph/compute-distances.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NearDistances } from '../../src/graph/near-distances.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { caseStep, seeds } from '../support/cases.js';
import { FIXTURE_NAMES, fixtureFacts } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap } from '../support/random-heap.js';

const nodesOf = ({ nodeCount }: HeapGraph) =>
  Array.from({ length: nodeCount }, (_, node) => node as NodeOrdinal);

/**
 * Nodes whose distance differs from that of a search from the starts, each asked alone; and how
 * many had to be searched.
 */
function compare(graph: HeapGraph, nodes: readonly NodeOrdinal[]) {
  let searched = 0;
  const starts = new Set(nodesOf(graph).filter((node) => graph.nameOf(node).includes('global')));
  const all = { own: computeRootDistances(graph, starts), devTools: computeDistances(graph) };
  const count =
    <T>(distances: T) =>
    () => {
      searched++;
      return distances;
    };
  const differ = nodes.filter((node) => {
    // a separate question for each: results for others would hide errors
    const own = nearRootDistances(
      graph,
      { has: (n) => starts.has(n), all: () => starts },
      () => new Uint32Array(graph.nodeCount),
    );
    if (own.of(node) !== all.own.of(node)) return true;
    return nearDistances(graph, count(all.devTools)).of(node) !== all.devTools.of(node);
  });
  return { differ, searched };
}

describe('distances of few nodes are those of all nodes', () => {
  it.each(FIXTURE_NAMES)('in %s', async (name) => {
    const { graph } = await fixtureFacts(name);
    const nodes = nodesOf(graph).filter((node) => node % caseStep(97) === 0);
    const { differ, searched } = compare(graph, nodes);
    expect(differ).toEqual([]);
    // objects that the engine shares have very many holders
    expect(searched).toBeLessThan(nodes.length);
  });

  it.each(seeds(200))('in generated heap %i', (seed) => {
    const graph = randomHeap(seed).graph();
    expect(compare(graph, nodesOf(graph)).differ).toEqual([]);
  });
});

describe('a search back to the roots', () => {
  const neverAll = () => {
    throw new Error('all distances were worked out');
  };
  const near = (graph: HeapGraph, computeAll = neverAll): NearDistances =>
    nearDistances(graph, computeAll as never);

  /** global -> a -> b -> c, and an orphan. */
  function chain() {
    const heap = new HeapBuilder();
    const { global } = heap;
    const nodes = ['a', 'b', 'c'].map((name) => heap.node('object', name));
    for (const [i, node] of nodes.entries()) {
      heap.edge(nodes[i - 1] ?? global, 'property', 'x', node);
    }
    return { heap, nodes, orphan: heap.node('object', 'orphan') };
  }

  it('answers without a search over the heap', () => {
    const { heap, nodes } = chain();
    const distances = near(heap.graph());
    expect(nodes.map((node) => distances.of(node as NodeOrdinal))).toEqual([2, 3, 4]);
  });

  it('leaves unheld nodes to that search', () => {
    const { heap, orphan } = chain();
    const graph = heap.graph();
    expect(() => near(graph).of(orphan as NodeOrdinal)).toThrow('worked out');
    const all = computeDistances(graph);
    expect(near(graph, (() => all) as never).of(orphan as NodeOrdinal)).toBe(-1);
  });

  it('gives up where very many hold a node', () => {
    const { heap, nodes } = chain();
    for (let i = 0; i < 10_001; i++) {
      heap.edge(heap.node('object', 'Holder'), 'property', 'x', nodes[2] as NodeOrdinal);
    }
    expect(() => near(heap.graph()).of(nodes[2] as NodeOrdinal)).toThrow('worked out');
  });
});
