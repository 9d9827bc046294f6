import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readHeap } from '../../src/answer/load-heap.js';
import { PLAIN_WORK } from '../../src/answer/work.js';
import { toJson } from '../../src/report/json.js';
import { toText } from '../../src/report/text.js';
import type { OpenedSource } from '../../src/source/opened-source.js';
import { caseCount } from '../support/cases.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { shapeText } from '../support/shapes.js';

async function load(file: Uint8Array) {
  const bytes = Readable.from([file]);
  const source: OpenedSource = {
    kind: 'snapshot',
    name: 'x',
    bytes,
    live: null,
    close: async () => undefined,
  };
  return (await readHeap(source, PLAIN_WORK)).heap;
}

test('of a path of a thousand steps both ends are drawn, and the middle is one box', async () => {
  const heap = await load(shapeText('list', 1000));
  const { subgraph } = heap.chain([`@${2 * heap.nodeCount - 1}`], { everything: true });
  const [gap, ...others] = subgraph.nodes.filter(({ role }) => role === 'more');
  expect(others).toEqual([]);
  expect(gap?.label).toBe('834 more on the way: 834 Item');
  expect(subgraph.nodes.filter(({ role }) => role !== 'more')).toHaveLength(1001 - 834);
  expect(subgraph.nodes.filter(({ role }) => role === 'root')).toHaveLength(1);
  expect(subgraph.nodes.some(({ preview }) => preview.includes('not reachable'))).toBe(false);
  // the box has a holder and is a holder
  const ends = subgraph.edges.filter(({ from, to }) => [from, to].includes(gap?.id ?? ''));
  expect(ends).toHaveLength(2);
  expect(toText(subgraph, {}).replace(/\s+/g, ' ')).toContain('and so on through 992 more objects');
});

test('--max-nodes draws the whole of it', async () => {
  const heap = await load(shapeText('list', 1000));
  const { subgraph } = heap.chain([`@${2 * heap.nodeCount - 1}`], {
    maxNodes: 5000,
    everything: true,
  });
  expect(subgraph.nodes).toHaveLength(1001);
  expect(subgraph.limits.nodes).toBe(false);
});

test('of many paths of objects drawn as one the hundred most common are listed', async () => {
  const heap = await load(shapeText('star inwards of classes', 300));
  const { subgraph } = heap.backrefs(['class:/Holder/'], { group: true });
  expect(subgraph.patterns?.length ?? 0).toBeLessThanOrEqual(100);
});

test('the references of one array are counted, those of its store not twice: ten thousand', async () => {
  const builder = new HeapBuilder();
  const [array, store] = [
    builder.node('object', 'Array'),
    builder.node('array', '(object elements)'),
  ];
  const item = builder.node('object', 'Item');
  builder.edge(builder.global, 'property', 'list', array);
  builder.edge(array, 'internal', 'elements', store);
  for (let i = 0; i < 10_000; i++) builder.edge(array, 'element', i, item);
  for (let i = 0; i < 10_000; i++) builder.edge(store, 'internal', `${i}`, item);
  const heap = await load(builder.bytes());
  const { subgraph } = heap.backrefs(['class:Item']);
  const labels = subgraph.edges.filter(({ to }) => subgraph.targets.includes(to));
  expect(labels).toHaveLength(51);
  expect(labels.map(({ label }) => label)).toContain('… and 9950 more');
});

test('a name of two million characters is cut in JSON', async () => {
  const length = caseCount(2_000_000);
  const builder = new HeapBuilder();
  const item = builder.node('object', 'x'.repeat(length));
  builder.edge(builder.global, 'property', 'y'.repeat(length), item);
  const heap = await load(builder.bytes());
  const json = toJson(heap.backrefs([`@${2 * item + 1}`]).subgraph);
  expect(json.length).toBeLessThan(100_000);
  expect(json).toContain('…');
});
