import { describe, expect, it } from 'vitest';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { draw } from './draw.js';

/** Bytes of a table of 17 slots, 2 of them buckets: header 0-2, buckets 3-4, entries from slot 5. */
const TABLE_SIZE = 152;

interface Collection {
  readonly heap: HeapBuilder;
  readonly collection: NodeOrdinal;
  readonly table: NodeOrdinal;
}

/** global ──.m──> Map ──table──> array */
function collectionOf(name: string, className = name): Collection {
  const heap = new HeapBuilder();
  const collection = heap.node('object', className);
  const table = heap.node('array', '', { size: TABLE_SIZE });
  heap.edge(heap.global, 'property', 'm', collection);
  heap.edge(collection, 'internal', 'table', table);
  if (name !== className) {
    const prototype = heap.node('object', 'Object');
    heap.edge(collection, 'property', '__proto__', prototype);
    heap.edge(prototype, 'property', '__proto__', heap.node('object', name));
  }
  return { heap, collection, table };
}

describe('folding the tables of Map and Set', () => {
  it('names the key of a value: text, object, symbol, function, number', () => {
    // array: 5 "user" 6 A | 8 Key 9 B | 11 symbol 12 C | 14 f 15 D | 17 number 18 E
    const { heap, table } = collectionOf('Map');
    const symbol = heap.node('symbol', 'symbol');
    heap.edge(symbol, 'hidden', 0, heap.node('string', 'irrelevant'));
    heap.edge(symbol, 'internal', 'name', heap.node('string', 'tag'));
    const number = heap.node('number', 'heap number');
    heap.edge(number, 'internal', 'value', heap.node('string', '2.5'));
    const keys = [
      heap.node('string', 'user'),
      heap.node('object', 'Key'),
      symbol,
      heap.node('closure', 'f'),
      number,
    ];
    const values = ['A', 'B', 'C', 'D', 'E'].map((name) => heap.node('object', name));
    for (const [entry, key] of keys.entries()) {
      heap.edge(table, 'internal', String(5 + 3 * entry), key);
      heap.edge(table, 'internal', String(6 + 3 * entry), values[entry]);
    }
    expect(draw(heap, values)).toEqual([
      'globalThis -.m-> Map',
      'Map -Map["user"] →-> A',
      'Map -Map[2.5] →-> E',
      'Map -Map[f()] →-> D',
      'Map -Map[Key] →-> B',
      'Map -Map[Symbol(tag)] →-> C',
    ]);
    expect(draw(heap, keys[1])).toEqual(['globalThis -.m-> Map', 'Map -Map key-> Key']);
  });

  it('does not guess a key that the file does not record', () => {
    // array: 5 (number or true, no edge) 6 Foo
    const { heap, table } = collectionOf('Map');
    const foo = heap.node('object', 'Foo');
    heap.edge(table, 'internal', '6', foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.m-> Map', 'Map -Map[primitive] →-> Foo']);
  });

  it('draws each place of an object that is key and value', () => {
    // array: 5 Foo 6 Foo | 8 "k" 9 Foo
    const { heap, table } = collectionOf('Map');
    const foo = heap.node('object', 'Foo');
    heap.edge(table, 'internal', '5', foo).edge(table, 'internal', '6', foo);
    heap.edge(table, 'internal', '8', heap.node('string', 'k'));
    heap.edge(table, 'internal', '9', foo);
    expect(draw(heap, foo)).toEqual([
      'globalThis -.m-> Map',
      'Map -Map key-> Foo',
      'Map -Map["k"] →-> Foo',
      'Map -Map[Foo] →-> Foo',
    ]);
  });

  it('draws a member of a Set', () => {
    const { heap, table } = collectionOf('Set');
    const foo = heap.node('object', 'Foo');
    heap.edge(table, 'internal', '7', foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.m-> Set', 'Set -Set member-> Foo']);
  });

  it('knows a subclass of Map by its prototypes', () => {
    const { heap, table } = collectionOf('Map', 'Registry');
    const foo = heap.node('object', 'Foo');
    heap.edge(table, 'internal', '5', heap.node('string', 'k')).edge(table, 'internal', '6', foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.m-> Registry', 'Registry -Map["k"] →-> Foo']);
  });

  it('cuts a long key and keeps one that would break a label', () => {
    const { heap, table } = collectionOf('Map');
    const values = ['A', 'B'].map((name) => heap.node('object', name));
    heap.edge(table, 'internal', '5', heap.node('string', 'x'.repeat(100)));
    heap.edge(table, 'internal', '6', values[0]);
    heap.edge(table, 'internal', '8', heap.node('string', '"]\n→'));
    heap.edge(table, 'internal', '9', values[1]);
    expect(draw(heap, values).slice(1)).toEqual([
      'Map -Map["\\"]\\n→"] →-> B',
      `Map -Map["${'x'.repeat(39)}…"] →-> A`,
    ]);
  });

  it('draws an iterator that has outlived its Map', () => {
    // global ──.it──> Map Iterator ──2──> array ──6──> Foo
    const heap = new HeapBuilder();
    const iterator = heap.node('object', 'Map Iterator');
    const table = heap.node('array', '', { size: TABLE_SIZE });
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'it', iterator).edge(iterator, 'hidden', 2, table);
    heap.edge(table, 'internal', '6', foo);
    expect(draw(heap, foo)).toEqual([
      'globalThis -.it-> Map Iterator',
      'Map Iterator -iterator →-> Foo',
    ]);
  });

  it('does not take a Map for its own holder', () => {
    // global ──.m──> Map ──table──> array ──6──> Map
    const { heap, table, collection } = collectionOf('Map');
    heap.edge(table, 'internal', '6', collection);
    expect(draw(heap, collection)).toEqual(['globalThis -.m-> Map']);
  });
});

describe('folding WeakMap entries', () => {
  // global ──.k──> Key ──(1 / part of key …)──> Value
  //   └──.m──> WeakMap ──table──> array ──(2 / part of key …)──> Value, ──weak──> Key, Value
  function weakMap(name: (half: number) => string): Collection & { readonly value: NodeOrdinal } {
    const { heap, collection, table } = collectionOf('WeakMap');
    const key = heap.node('object', 'Key');
    const value = heap.node('object', 'Value');
    heap.edge(heap.global, 'property', 'k', key).edge(key, 'internal', name(1), value);
    heap.edge(table, 'weak', '5', key).edge(table, 'weak', '6', value);
    return { heap, collection, table, value };
  }

  it('draws the key as holder, and not the half of the table', () => {
    const name = (n: number) =>
      `${n} / part of key (Key @9) -> value (Value @11) pair in WeakMap (table @5)`;
    const { heap, table, value } = weakMap(name);
    heap.edge(table, 'internal', name(2), value);
    expect(draw(heap, value)).toEqual([
      'globalThis -.k-> Key',
      'Key -WeakMap value of Key-> Value',
    ]);
  });

  it('reads names with line breaks and parentheses in them', () => {
    const key = 'Key\n(x) -> value (y';
    const name = (n: number) =>
      `${n} / part of key (${key} @9) -> value (Value @11) pair in WeakMap (table @5)`;
    const { heap, table, value } = weakMap(name);
    heap.edge(table, 'internal', name(2), value);
    expect(draw(heap, value)[1]).toBe(`Key -WeakMap value of ${key}-> Value`);
  });

  it('reads the names of V8 7.8, which has one half only', () => {
    const { heap, value } = weakMap((n) => `${n} / key Key in WeakMap`);
    expect(draw(heap, value)).toEqual([
      'globalThis -.k-> Key',
      'Key -WeakMap value of Key-> Value',
    ]);
  });

  it('draws the weak slots of the table on request, as those of the WeakMap', () => {
    const { heap, value } = weakMap((n) => `${n} / key Key in WeakMap`);
    expect(draw(heap, value, { weak: true })).toEqual([
      'globalThis -.k-> Key',
      'globalThis -.m-> WeakMap',
      'Key -WeakMap value of Key-> Value',
      'WeakMap ~WeakMap entry~> Key',
      'WeakMap ~WeakMap entry~> Value',
    ]);
  });
});

describe('weak references', () => {
  // global ──.r──> WeakRef ──(weak target)──> Foo <──5── array <──weak_refs_keep_during_job── roots
  function weakRef(): { readonly heap: HeapBuilder; readonly foo: NodeOrdinal } {
    const heap = new HeapBuilder();
    const ref = heap.node('object', 'WeakRef');
    const list = heap.node('array', '');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'r', ref).edge(ref, 'weak', 'target', foo);
    const roots = heap.rootGroup('(Strong root list)');
    heap.edge(roots, 'internal', 'weak_refs_keep_during_job', list);
    heap.edge(list, 'internal', '5', foo);
    return { heap, foo };
  }

  it('shows that a WeakRef keeps its target until the job ends', () => {
    const { heap, foo } = weakRef();
    expect(draw(heap, foo)).toEqual([
      'V8 internals (Strong root list) -WeakRef kept until end of job-> Foo',
    ]);
  });

  it('draws the weak reference on request', () => {
    const { heap, foo } = weakRef();
    expect(draw(heap, foo, { weak: true })).toContain('WeakRef ~weak target~> Foo');
  });

  it('says of a weakly held object only that it is', () => {
    // global ──.r──> WeakRef ──(weak target)──> Foo
    const heap = new HeapBuilder();
    const ref = heap.node('object', 'WeakRef');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'r', ref).edge(ref, 'weak', 'target', foo);
    expect(draw(heap, foo)).toEqual(['Foo: only held weakly']);
    expect(draw(heap, foo, { weak: true })).toEqual([
      'globalThis -.r-> WeakRef',
      'WeakRef ~weak target~> Foo',
    ]);
  });
});
