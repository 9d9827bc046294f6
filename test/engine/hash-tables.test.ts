import { describe, expect, it } from 'vitest';
import { internalField } from '../../src/engine/code/scripts.js';
import { type CollectionKind, HashTables, type TableSlot } from '../../src/engine/hash-tables.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../src/graph/ordinals.js';
import { type FixtureName, fixtureFacts, V8_SCENARIOS } from '../support/fixtures.js';
import { edgeFrom, HeapBuilder } from '../support/heap-builder.js';

/** Every slot of a table in words: "key 0 -> SK", "value 0 of SK -> SV"; others are left out. */
function slotsOf(graph: HeapGraph, kind: CollectionKind, table: NodeOrdinal): readonly string[] {
  const tables = new HashTables(graph);
  const found: string[] = [];
  for (let e = graph.firstEdge(table); e < graph.endEdge(table); e++) {
    const slot = tables.slotOf(kind, table, e as EdgeOrdinal);
    if (slot.role === 'other') continue;
    found.push(`${words(graph, slot)} -> ${graph.nameOf(graph.targetOf(e as EdgeOrdinal))}`);
  }
  return found;
}

function words(graph: HeapGraph, slot: Exclude<TableSlot, { role: 'other' }>): string {
  if (slot.role === 'key') return `key ${slot.entry}`;
  return `value ${slot.entry} of ${slot.key === null ? 'a number' : graph.nameOf(slot.key)}`;
}

/** A collection on a global of the scenarios, with its table. */
async function collectionIn(fixture: FixtureName, name: string) {
  const { graph, globals } = await fixtureFacts(fixture);
  const object = graph.targetOf(edgeFrom(graph, globals[0]!.object, name));
  const table = internalField(graph, object, 'table');
  if (table === null) throw new Error(`${name} has no table`);
  return { graph, object, table };
}

describe.each(V8_SCENARIOS)('the collections of %s', (fixture) => {
  it.each<[string, CollectionKind, readonly string[]]>([
    ['amap', 'Map', ['key 0 -> SK', 'value 0 of SK -> SV']],
    ['onlyMap', 'Map', ['key 0 -> OnlyMapKey', 'value 0 of OnlyMapKey -> OnlyInMap']],
    ['aset', 'Set', ['key 0 -> SK', 'key 1 -> SV']],
    ['onlySet', 'Set', ['key 0 -> OnlyInSet']],
  ])('%s is a %s and has its entries', async (name, kind, slots) => {
    const { graph, object, table } = await collectionIn(fixture, name);
    expect(new HashTables(graph).kindOf(object)).toBe(kind);
    expect(slotsOf(graph, kind, table)).toEqual(slots);
    const entries = slots.filter((slot) => slot.startsWith('key'));
    expect(new HashTables(graph).countEntries(kind, table)).toBe(entries.length);
  });

  it('has pointers of the size its engine uses', async () => {
    const { graph } = await fixtureFacts(fixture);
    expect(new HashTables(graph).wordSize).toBe(fixture.startsWith('chromium') ? 4 : 8);
  });
});

describe('other heaps', () => {
  it('Chromium 156 compresses pointers too', async () => {
    expect(new HashTables((await fixtureFacts('chromium-156')).graph).wordSize).toBe(4);
  });

  it('Bun records no table, but a Map is a Map', async () => {
    const { graph, globals } = await fixtureFacts('bun-1.4');
    const map = graph.targetOf(edgeFrom(graph, globals[0]!.object, 'onlyMap'));
    expect(new HashTables(graph).kindOf(map)).toBe('Map');
    expect(internalField(graph, map, 'table')).toBeNull();
    expect(new HashTables(graph).valueUnder(map, 'a')).toBeNull();
  });
});

/**
 * map ──table──> 17 slots: 3 of header, 2 buckets, then three entries of key, value, chain.
 * The keys are "a", "b" and 42; 42 leaves no edge, and "b" has a number for its value.
 */
function builtMap(wordSize: 4 | 8) {
  const heap = new HeapBuilder();
  const map = heap.node('object', 'Map');
  const table = heap.node('array', '', { size: 19 * wordSize });
  heap.node('number', 'heap number', { size: wordSize === 8 ? 16 : 12 });
  const keys = ['a', 'b'].map((text) => heap.node('string', text));
  const [one, three] = ['One', 'Three'].map((name) => heap.node('object', name));
  const shape = heap.node('object shape', 'system / Map');
  heap.edge(map, 'internal', 'table', table).edge(table, 'internal', '5', keys[0]!);
  heap.edge(table, 'internal', '6', one!).edge(table, 'internal', '8', keys[1]!);
  heap.edge(table, 'internal', '12', three!).edge(table, 'internal', 'map', shape);
  return { graph: heap.graph(), map, table, one: one! };
}

describe.each([4, 8] as const)('a built Map with pointers of %i bytes', (wordSize) => {
  const { graph, map, table, one } = builtMap(wordSize);
  const tables = new HashTables(graph);

  it('pairs keys and values, and leaves numbers without a node', () => {
    expect(tables.wordSize).toBe(wordSize);
    expect(slotsOf(graph, 'Map', table)).toEqual([
      'key 0 -> a',
      'value 0 of a -> One',
      'key 1 -> b',
      'value 2 of a number -> Three',
    ]);
    expect(tables.countEntries('Map', table)).toBe(3);
  });

  it('finds a value by its text key', () => {
    expect(tables.valueUnder(map, 'a')).toBe(one);
    expect(tables.valueUnder(map, 'b')).toBeNull();
    expect(tables.valueUnder(map, 'c')).toBeNull();
    expect(tables.valueUnder(one, 'a')).toBeNull();
  });
});

it('a built Set has entries of two slots', () => {
  // 15 slots: 3 of header, 2 buckets, members at 5, 7, 9, 11
  const heap = new HeapBuilder();
  const table = heap.node('array', '', { size: 17 * 8 });
  heap.node('number', 'heap number', { size: 16 });
  for (const slot of [5, 9, 10, 11]) {
    heap.edge(table, 'internal', String(slot), heap.node('object', `at ${slot}`));
  }
  const graph = heap.graph();
  expect(slotsOf(graph, 'Set', table)).toEqual([
    'key 0 -> at 5',
    'key 2 -> at 9',
    'key 3 -> at 11',
  ]);
});

describe('a Map or Set', () => {
  it('is recognised by its name or by those of its prototypes, so subclasses count', () => {
    // Cache ──__proto__──> Cache ──__proto__──> Map
    const heap = new HeapBuilder();
    const [cache, proto, map, foo] = ['Cache', 'Cache', 'Map', 'Foo'].map((name) =>
      heap.node('object', name),
    );
    heap.edge(cache!, 'property', '__proto__', proto!).edge(proto!, 'property', '__proto__', map!);
    const tables = new HashTables(heap.graph());
    expect([cache, map, foo].map((node) => tables.kindOf(node!))).toEqual(['Map', 'Map', null]);
  });

  it('does not hang on a cycle of prototypes', () => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    heap.edge(foo, 'property', '__proto__', foo);
    expect(new HashTables(heap.graph()).kindOf(foo)).toBeNull();
  });
});

describe('the size of a pointer', () => {
  it.each<[string, [string, string, number][], number]>([
    ['a number of 12 bytes', [['number', 'heap number', 12]], 4],
    ['a number of 16 bytes', [['number', 'heap number', 16]], 8],
    ['a shape of 40 bytes', [['object shape', 'system / Map', 40]], 4],
    ['a shape of 72 bytes', [['hidden', 'system / Map', 72]], 8],
    [
      'read-only objects, written with size 0, say nothing',
      [
        ['number', 'heap number', 0],
        ['object shape', 'system / Map', 0],
        ['number', 'heap number', 12],
      ],
      4,
    ],
    ['without any, 8', [], 8],
    ['a text "heap number" is none', [['string', 'heap number', 12]], 8],
  ])('%s', (_, nodes, expected) => {
    const heap = new HeapBuilder();
    for (const [type, name, size] of nodes) heap.node(type, name, { size });
    expect(new HashTables(heap.graph()).wordSize).toBe(expected);
  });
});
