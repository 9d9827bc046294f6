import { describe, expect, it } from 'vitest';
import { findContainers } from '../../src/engine/containers.js';
import { fixtureFacts } from '../support/fixtures.js';
import { edgeFrom, HeapBuilder } from '../support/heap-builder.js';

const WORD = 8;
/** Bytes of a store for this many elements. */
const storeOf = (elements: number) => (2 + elements) * WORD;

function containersOf(heap: HeapBuilder) {
  return [...findContainers(heap.graph())].map(({ kind, entries }) => `${kind} ${entries}`);
}

describe('containers', () => {
  it('an array has as many entries as its highest index shows', () => {
    // global ──.list──> Array ──[0]──> Foo, ──[9]──> Foo; elements: room for 17
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array');
    const store = heap.node('array', '(object elements)', { size: storeOf(17) });
    heap.edge(heap.global, 'property', 'list', list).edge(list, 'internal', 'elements', store);
    for (const index of [0, 9]) heap.edge(list, 'element', index, heap.node('object', 'Foo'));
    expect(containersOf(heap)).toEqual(['Array 10']);
  });

  it('an array of numbers has as many entries as its store has room for', () => {
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array');
    const store = heap.node('array', '(object elements)', { size: storeOf(50) });
    heap.edge(heap.global, 'property', 'list', list).edge(list, 'internal', 'elements', store);
    expect(containersOf(heap)).toEqual(['Array 50']);
  });

  it('an object used as a dictionary has as many entries as it has properties', () => {
    const heap = new HeapBuilder();
    const bag = heap.node('object', 'Object');
    const store = heap.node('array', '(object properties)', { size: storeOf(64) });
    heap.edge(heap.global, 'property', 'bag', bag).edge(bag, 'internal', 'properties', store);
    for (const key of ['a', 'b', 'c']) heap.edge(bag, 'property', key, heap.node('object', 'Foo'));
    expect(containersOf(heap)).toEqual(['Object 3']);
  });

  it('small stores are left out', () => {
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array');
    const store = heap.node('array', '(object elements)', { size: storeOf(3) });
    heap.edge(heap.global, 'property', 'list', list).edge(list, 'internal', 'elements', store);
    heap.edge(list, 'element', 0, heap.node('object', 'Foo'));
    expect(containersOf(heap)).toEqual([]);
  });

  it('Map and Set of a real heap are found with their entries', async () => {
    const { graph, globals } = await fixtureFacts('node-26');
    const map = graph.targetOf(edgeFrom(graph, globals[0]!.object, 'amap'));
    const found = [...findContainers(graph)].find(({ node }) => node === map);
    expect(found).toMatchObject({ kind: 'Map', entries: 1 });
  });
});
