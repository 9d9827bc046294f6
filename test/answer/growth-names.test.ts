import { describe, expect, it } from 'vitest';
import { compareMoments, type GrowthRequest } from '../../src/answer/show-growth.js';
import { PLAIN_WORK } from '../../src/answer/work.js';
import { Redactor } from '../../src/redact/redactor.js';
import type { Moment } from '../../src/source/opened-source.js';
import { HeapBuilder, inChunks } from '../support/heap-builder.js';

async function* moments(heaps: readonly HeapBuilder[]): AsyncGenerator<Moment> {
  for (const [at, heap] of heaps.entries()) {
    const bytes = inChunks(heap.bytes(), 1000);
    const close = async () => undefined;
    const source = { kind: 'snapshot', name: 'tiny', bytes, live: null, close } as const;
    yield { label: `moment ${at + 1}`, source };
  }
}

async function growthOf(...heaps: readonly HeapBuilder[]) {
  const request: GrowthRequest = {
    moments: moments(heaps),
    selection: { limit: Number.POSITIVE_INFINITY, filter: null, all: false },
    sort: 'count',
    peak: false,
    draw: false,
    spelling: 'flags',
    redactor: new Redactor('none'),
  };
  return compareMoments(request, PLAIN_WORK);
}

/** Plain objects with these properties: each holds a number under each. */
function plainObjects(heap: HeapBuilder, count: number, properties: readonly string[]): void {
  for (let i = 0; i < count; i++) {
    const object = heap.node('object', 'Object', { size: 32 });
    heap.edge(heap.global, 'property', `${properties.join()}${i}`, object);
    for (const name of properties) heap.edge(object, 'property', name, heap.node('number', '1'));
  }
}

function heapWith(objects: Readonly<Record<string, number>>): HeapBuilder {
  const heap = new HeapBuilder();
  for (const [names, count] of Object.entries(objects)) plainObjects(heap, count, names.split(' '));
  return heap;
}

it('a class has one name in all tables of growth, however many objects a later moment has', async () => {
  // at the last moment two objects in several thousand are not common enough for a name
  const { report, growth } = await growthOf(
    heapWith({ 'id tag': 2 }),
    heapWith({ 'id tag': 3 }),
    heapWith({ 'id tag': 4, other: 9000 }),
  );
  const names = report.tables.flatMap(({ rows }) => rows.map(([name]) => name));
  expect(names).toEqual(['{id, tag}', '{other}', '{id, tag}', '{other}', '{id, tag}']);
  expect(growth.types.map(({ name, delta }) => `${name} ${delta}`)).toEqual([
    '{other} 9000',
    '{id, tag} 2',
  ]);
});

describe('the objects that captured a heap', () => {
  /** global ──.app──> App;   (handles) ──> HeapSnapshotStream ──> ReadableState ──> Array */
  function captured(scriptId: number | null): HeapBuilder {
    const heap = new HeapBuilder();
    const handles = heap.node('synthetic', '(Global handles)');
    const stream = heap.node('object', 'HeapSnapshotStream', { size: 160 });
    const state = heap.node('object', 'ReadableState', { size: 300 });
    const list = heap.node('object', 'Array', { size: 16 });
    const shared = heap.node('object', 'App', { size: 16 });
    heap.edge(heap.root, 'element', 1, handles).edge(handles, 'internal', '1', stream);
    heap.edge(stream, 'property', 'state', state).edge(state, 'property', 'buffer', list);
    heap.edge(stream, 'property', 'app', shared).edge(heap.global, 'property', 'app', shared);
    if (scriptId !== null) heap.location(stream, scriptId, 44, 14);
    return heap;
  }
  const names = async (heap: HeapBuilder) => {
    const { growth } = await growthOf(new HeapBuilder(), heap);
    return growth.types.filter(({ isEngine }) => !isEngine).map(({ name }) => name);
  };

  it('are not counted as growth, nor is what only they hold', async () => {
    expect(await names(captured(null))).toEqual(['App']);
  });

  it('are distinguished from a class of the program with the same name', async () => {
    expect((await names(captured(7))).toSorted()).toEqual([
      ...['App', 'Array', 'HeapSnapshotStream', 'ReadableState'],
    ]);
  });
});
