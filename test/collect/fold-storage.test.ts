import { describe, expect, it } from 'vitest';
import { HeapBuilder } from '../support/heap-builder.js';
import { draw } from './draw.js';

describe('folding the storage of objects', () => {
  it('draws an element of an array once', () => {
    // global ──.list──> Array ──[0]──────────────────────────────> Foo
    //                     └───elements──> (object elements) ──0────┘
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array');
    const store = heap.node('array', '(object elements)');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'list', list);
    heap.edge(list, 'element', 0, foo).edge(list, 'internal', 'elements', store);
    heap.edge(store, 'internal', '0', foo);
    expect(draw(heap, foo)).toEqual(['Array -[0]-> Foo', 'globalThis -.list-> Array']);
  });

  it('draws an element that only the store shows as an element', () => {
    // global ──.list──> Array ──elements──> (object elements) ──4──> Foo
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array');
    const store = heap.node('array', '(object elements)');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'list', list).edge(list, 'internal', 'elements', store);
    heap.edge(store, 'internal', '4', foo);
    expect(draw(heap, foo)).toEqual(['Array -[4]-> Foo', 'globalThis -.list-> Array']);
  });

  it.each([
    ['hidden', 'system / PropertyArray'],
    ['native', 'system / PropertyArray'],
    ['array', '(object properties)'],
    ['hidden', 'system / SwissNameDictionary'],
    ['hidden', 'system'],
  ])('draws a property in a %s "%s" once', (type, name) => {
    // global ──.o──> Object ──.p─────────────────────> Foo
    //                  └──properties──> store ──0──────┘
    const heap = new HeapBuilder();
    const object = heap.node('object', 'Object');
    const store = heap.node(type, name);
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'o', object);
    heap.edge(object, 'property', 'p', foo).edge(object, 'internal', 'properties', store);
    heap.edge(store, type === 'array' ? 'internal' : 'hidden', type === 'array' ? '0' : 0, foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.o-> Object', 'Object -.p-> Foo']);
  });

  it('draws a global variable once, past its dictionary and cell', () => {
    // global ──.g───────────────────────────────────────────────────────────────> Foo
    //    └──properties──> (object properties) ──5──> PropertyCell ──value──────────┘
    const heap = new HeapBuilder();
    const dictionary = heap.node('array', '(object properties)');
    const cell = heap.node('hidden', 'system / PropertyCell');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'g', foo);
    heap.edge(heap.global, 'internal', 'properties', dictionary);
    heap.edge(dictionary, 'internal', '5', cell).edge(cell, 'internal', 'value', foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.g-> Foo']);
  });

  it('distinguishes the name of a property from its value', () => {
    // global ──.o──> Object ──properties──> (object properties) ──3──> symbol, ──6──> "text"
    const heap = new HeapBuilder();
    const object = heap.node('object', 'Object');
    const dictionary = heap.node('array', '(object properties)');
    const symbol = heap.node('symbol', 'symbol');
    const text = heap.node('string', 'text');
    const value = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'o', object);
    heap.edge(object, 'internal', 'properties', dictionary);
    heap.edge(dictionary, 'internal', '3', symbol).edge(dictionary, 'internal', '6', text);
    heap.edge(dictionary, 'internal', '9', value);
    expect(draw(heap, symbol, { depth: 1 })[1]).toBe('Object -property name-> symbol');
    expect(draw(heap, text, { depth: 1 })[1]).toBe('Object -property name-> string');
    expect(draw(heap, value, { depth: 1 })[1]).toBe('Object -property-> Foo');
  });

  it('draws a property with an empty name, beside another one', () => {
    // global ──.o──> Object ──(internal "")──> Foo
    //                  └──────.a───────────────┘
    const heap = new HeapBuilder();
    const object = heap.node('object', 'Object');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'o', object);
    heap.edge(object, 'internal', '', foo).edge(object, 'property', 'a', foo);
    expect(draw(heap, foo)).toEqual([
      'globalThis -.o-> Object',
      'Object -.a-> Foo',
      'Object -[""]-> Foo',
    ]);
  });

  it.each([
    ['hidden', 'system / PropertyArray', 'hidden', 0],
    ['array', '(object properties)', 'internal', '4'],
  ])('draws a property with an empty name once, with its value in a store: %s', (...of) => {
    // global ──.o──> Object ──(internal "")──> Foo
    //                  └──properties──> (store) ──> Foo
    const [type, name, edge, slot] = of;
    const heap = new HeapBuilder();
    const object = heap.node('object', 'Object');
    const foo = heap.node('object', 'Foo');
    const store = heap.node(type, name);
    heap.edge(heap.global, 'property', 'o', object);
    heap.edge(object, 'internal', '', foo).edge(object, 'internal', 'properties', store);
    heap.edge(store, edge, slot, foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.o-> Object', 'Object -[""]-> Foo']);
  });

  it('leaves out the unnamed copies that Bun writes of properties, and only those', () => {
    // global ──.o──> Object ──(internal "")──> Foo, Bar
    //                  └──────.a──> Foo
    const heap = new HeapBuilder();
    heap.node('object shape', 'Structure');
    const object = heap.node('object', 'Object');
    const foo = heap.node('object', 'Foo');
    const bar = heap.node('object', 'Bar');
    heap.edge(heap.global, 'property', 'o', object);
    heap.edge(object, 'internal', '', foo).edge(object, 'property', 'a', foo);
    heap.edge(object, 'internal', '', bar);
    const style = { whitespace: 'bun' } as const;
    expect(draw(heap, foo, { style })).toEqual(['globalThis -.o-> Object', 'Object -.a-> Foo']);
    const barLines = draw(heap, bar, { style });
    expect(barLines).toEqual(['globalThis -.o-> Object', 'Object -{internal}-> Bar']);
  });

  it('draws this and the arguments of a bound function, though a property holds one too', () => {
    // global ──.f──> bound ──bound_this──> Foo ──┐
    //                  ├──bindings──> (bound arguments) ──0──> Foo, ──1──> Bar
    //                  └──.x──> Foo
    const heap = new HeapBuilder();
    const bound = heap.node('closure', 'native_bind');
    const list = heap.node('array', '(bound arguments)');
    const foo = heap.node('object', 'Foo');
    const bar = heap.node('object', 'Bar');
    heap.edge(heap.global, 'property', 'f', bound);
    heap.edge(bound, 'internal', 'bound_this', foo).edge(bound, 'internal', 'bindings', list);
    heap.edge(bound, 'shortcut', 'bound_argument_0', foo);
    heap.edge(bound, 'shortcut', 'bound_argument_1', bar).edge(bound, 'property', 'x', foo);
    heap.edge(list, 'internal', '0', foo).edge(list, 'internal', '1', bar);
    expect(draw(heap, foo)).toEqual([
      'bound function -.x-> Foo',
      'bound function -bound arg 0-> Foo',
      'bound function -bound this-> Foo',
      'globalThis -.f-> bound function',
    ]);
    expect(draw(heap, bar)).toContain('bound function -bound arg 1-> Bar');
  });

  it('draws parallel references, and does not take an object for its own holder', () => {
    // global ──.o──> Foo ──.self──> Foo        global ──.p──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const store = heap.node('array', '(object elements)');
    heap.edge(heap.global, 'property', 'o', foo).edge(heap.global, 'property', 'p', foo);
    heap.edge(foo, 'property', 'self', foo).edge(foo, 'internal', 'elements', store);
    heap.edge(store, 'internal', '0', foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.o-> Foo', 'globalThis -.p-> Foo']);
  });

  it('sums up the references of an array that holds one object very often', () => {
    // more than a call can take as arguments
    // global ──.list──> Array ──[0]…[129999]──> Foo
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'list', list);
    for (let i = 0; i < 130_000; i++) heap.edge(list, 'element', i, foo);
    expect(draw(heap, foo)).toEqual([
      'Array -… and 129950 more-> Foo',
      ...Array.from({ length: 50 }, (_, i) => `Array -[${i}]-> Foo`),
      'globalThis -.list-> Array',
    ]);
  });

  it('draws the proxy of a global and the global as one node', () => {
    // root ──> NativeContext ──extension──> global ──.a──> Foo
    //                └──global_proxy_object──> proxy ──.b──> Foo
    const heap = new HeapBuilder();
    const realm = heap.node('hidden', 'system / NativeContext');
    const global = heap.node('object', 'global');
    const proxy = heap.node('object', 'global');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.root, 'element', 1, realm).edge(realm, 'internal', 'extension', global);
    heap.edge(realm, 'internal', 'global_proxy_object', proxy);
    heap.edge(global, 'property', 'a', foo).edge(proxy, 'property', 'b', foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.a-> Foo', 'globalThis -.b-> Foo']);
  });
});

describe('labels of plain references', () => {
  it.each([
    ['property', 'name', '.name'],
    ['property', 'größe', '.größe'],
    ['property', 'a b"c', '["a b\\"c"]'],
    ['property', '7up', '["7up"]'],
    ['property', '#secret', '.#secret'],
    ['property', '<symbol kHandle>', '[Symbol(kHandle)]'],
    ['property', '<symbol>', '[Symbol()]'],
    ['property', '__proto__', '.__proto__'],
    ['property', 'constructor', '.constructor'],
    ['property', '\u202ereversed', '["\u202ereversed"]'],
    ['internal', 'reactions_or_result', '[[PromiseResult]]'],
    ['internal', '12 / blink::Node', 'C++ handle blink::Node'],
    ['internal', 'cache', '{cache}'],
    ['internal', 'toString', '{toString}'],
    ['internal', 'first', 'first half'],
  ])('a %s edge %j reads %s', (type, name, label) => {
    const heap = new HeapBuilder();
    const object = heap.node('object', 'Object');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'o', object).edge(object, type, name, foo);
    expect(draw(heap, foo)).toContain(`Object -${label}-> Foo`);
  });

  it('names the target and the handler of a proxy', () => {
    // global ──.o──> JSProxy ──1──> Foo, ──2──> Bar
    const heap = new HeapBuilder();
    const proxy = heap.node('object', 'system / JSProxy');
    const foo = heap.node('object', 'Foo');
    const bar = heap.node('object', 'Bar');
    heap.edge(heap.global, 'property', 'o', proxy);
    heap.edge(proxy, 'hidden', 1, foo).edge(proxy, 'hidden', 2, bar);
    expect(draw(heap, [foo, bar])).toEqual([
      'globalThis -.o-> Proxy',
      'Proxy -[[Handler]]-> Bar',
      'Proxy -[[Target]]-> Foo',
    ]);
  });
});
