import { describe, expect, it } from 'vitest';
import { retainingSteps } from '../../src/report/retaining-steps.js';
import { seeds } from '../support/cases.js';
import { randomSubgraph } from '../support/random-subgraph.js';
import { edge, node, richSubgraph, seedSubgraph, subgraph } from './build-subgraph.js';

describe('retainingSteps', () => {
  it('leads every node of the seed up to the frame and down to the target', () => {
    expect([...retainingSteps(seedSubgraph())]).toEqual([
      ['@123', { up: 0, down: null }],
      ['frame:0', { up: null, down: 0 }],
      ['@125', { up: 4, down: 1 }],
      ['@127', { up: 5, down: 2 }],
      ['@129', { up: 6, down: 3 }],
    ]);
  });

  it('follows no weak reference: onData holds the target only through the map', () => {
    const steps = retainingSteps(richSubgraph());
    expect(steps.get('@5')).toEqual({ up: 6, down: 4 });
    expect(steps.get('more:@1')).toEqual({ up: null, down: 3 });
  });

  it('ends at omitted nodes if no root is reached, and knows when there is no path', () => {
    const graph = subgraph(
      [
        node('T @1', { role: 'target' }),
        node('A @2'),
        node('2 more', { id: 'more:@2', role: 'more' }),
        node('Alone @3'),
      ],
      [edge('@2', '@1', '.a'), edge('more:@2', '@2', '')],
    );
    const steps = retainingSteps(graph);
    expect(steps.get('@1')?.up).toBe(0);
    expect(steps.get('@2')?.up).toBe(1);
    expect(steps.get('@3')).toEqual({ up: null, down: null });
  });

  it('never walks in circles, and takes a shortest path, on 300 random graphs', () => {
    for (const seed of seeds(300)) {
      const graph = randomSubgraph(seed);
      const steps = retainingSteps(graph);
      for (const { id } of graph.nodes) {
        const way = [id];
        for (let at = steps.get(id)?.up ?? null; at !== null; ) {
          const { from, weak } = graph.edges[at]!;
          expect([weak, way.includes(from)], `seed ${seed}`).toEqual([false, false]);
          way.push(from);
          at = steps.get(from)?.up ?? null;
        }
        expect(way.length - 1, `seed ${seed}`).toBe(slowLengthToRoot(graph, id));
      }
    }
  });
});

/** The shortest length by trying every one; to a root, else to omitted holders, else 0. */
function slowLengthToRoot({ nodes, edges }: ReturnType<typeof randomSubgraph>, id: string): number {
  for (const role of ['root', 'more']) {
    let reached = new Set([id]);
    for (let length = 0; length <= nodes.length; length++) {
      if (nodes.some((each) => each.role === role && reached.has(each.id))) return length;
      const before = reached;
      reached = new Set(
        edges.filter(({ to, weak }) => !weak && before.has(to)).map(({ from }) => from),
      );
    }
  }
  return 0;
}
