import { expect, test } from 'vitest';
import { nameFunctions, unnamedFunctions } from '../../src/answer/live/name-suspended.js';
import type { Subgraph, SubgraphEdge } from '../../src/collect/picture/subgraph.js';
import { meaningFrom } from '../support/notation.js';

function edge(from: string, label: string): SubgraphEdge {
  const made = { from, to: '@7', type: 'internal', name: '2', label, weak: false };
  return { ...made, means: meaningFrom(made) };
}
const graph = (...edges: SubgraphEdge[]) => ({ edges }) as unknown as Subgraph;

test('asks for each function with a variable that has no name, once', () => {
  const unnamed = 'local of suspended async f()';
  const edges = [edge('@3', unnamed), edge('@3', unnamed), edge('@5', '.a'), edge('@9', 'x')];
  expect(unnamedFunctions(graph(...edges))).toEqual([3]);
});

test('names what the variable holds, and nothing that it no longer holds', () => {
  const subgraph = graph(edge('@3', 'local of suspended async f()'), edge('@5', '.a'));
  const named = (nodeId: number, ...names: string[]) =>
    nameFunctions(subgraph, [{ nodeId, locals: names.map((name) => ({ name, nodeId: 7 })) }]);
  expect(named(3, 'x').edges.map(({ label }) => label)).toEqual(['local x in f()', '.a']);
  expect(named(3, 'y', 'x', 'x').edges.map(({ name }) => name)).toEqual(['x', 'y', '2']);
  expect(named(5, 'x').edges).toEqual(subgraph.edges);
  const gone = nameFunctions(subgraph, [{ nodeId: 3, locals: [{ name: 'x', nodeId: 8 }] }]);
  expect(gone.edges).toEqual(subgraph.edges);
});
