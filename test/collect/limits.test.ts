import { describe, expect, it } from 'vitest';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { collect, draw } from './draw.js';

/** global ──.a──> N1 ──.next──> N2 ──.next──> … ──.next──> Foo */
function chain(length: number): { readonly heap: HeapBuilder; readonly foo: NodeOrdinal } {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo');
  let holder = heap.global;
  for (let i = 1; i <= length; i++) {
    const next = heap.node('object', `N${i}`);
    heap.edge(holder, 'property', i === 1 ? 'a' : 'next', next);
    holder = next;
  }
  heap.edge(holder, 'property', 'next', foo);
  return { heap, foo };
}

/** global ──.map──> Map1 … MapN, each ──.foo──> Foo; the last one directly below the global */
function manyHolders(count: number): { readonly heap: HeapBuilder; readonly foo: NodeOrdinal } {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo');
  for (let i = 1; i <= count; i++) {
    const holder = heap.node('object', i % 2 === 0 ? 'Even' : 'Odd', { size: 1000 - i });
    const between = heap.node('object', 'Between');
    heap.edge(heap.global, 'property', `b${i}`, between);
    heap.edge(between, 'property', 'h', holder).edge(holder, 'property', 'foo', foo);
  }
  return { heap, foo };
}

describe('--depth', () => {
  it('draws the shortest path to a root beyond it', () => {
    const { heap, foo } = chain(4);
    const { limits } = collect(heap, foo, { depth: 1 });
    expect(draw(heap, foo, { depth: 1 })).toEqual([
      'globalThis -.a-> N1',
      'N1 -.next-> N2',
      'N2 -.next-> N3',
      'N3 -.next-> N4',
      'N4 -.next-> Foo',
    ]);
    expect(limits).toEqual({ depth: false, fanIn: false, nodes: false });
  });

  it('says so when a node beyond it has more holders than the one drawn', () => {
    const { heap, foo } = chain(4);
    const n4 = foo + 5;
    heap.edge(heap.global, 'property', 'short', n4 as NodeOrdinal);
    const { limits, edges } = collect(heap, foo, { depth: 1 });
    expect(edges.map(({ label }) => label)).toEqual(['.next', '.short']);
    expect(limits).toEqual({ depth: true, fanIn: false, nodes: false });
  });

  it('0 draws one shortest way', () => {
    const { heap, foo } = manyHolders(3);
    expect(draw(heap, foo, { depth: 0 })).toEqual([
      'Between -.h-> Odd',
      'globalThis -.b1-> Between',
      'Odd -.foo-> Foo',
    ]);
  });

  it('0 without --to-roots only counts', () => {
    const { heap, foo } = manyHolders(3);
    expect(draw(heap, foo, { depth: 0, toRoots: false })).toEqual([
      '3 beyond --depth: 2 Odd, 1 Even --> Foo',
    ]);
    expect(collect(heap, foo, { depth: 0, toRoots: false }).limits.depth).toBe(true);
  });

  it('ends a chain with a count when --to-roots is off', () => {
    const { heap, foo } = chain(4);
    expect(draw(heap, foo, { depth: 2, toRoots: false })).toEqual([
      '1 beyond --depth: 1 N2 --> N3',
      'N3 -.next-> N4',
      'N4 -.next-> Foo',
    ]);
  });

  it('ends a chain of garbage with a count, because no path leads to a root', () => {
    // G3 ──.g──> G2 ──.g──> G1 ──.g──> Foo, nothing holds G3
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    let below = foo;
    for (const name of ['G1', 'G2', 'G3']) {
      const holder = heap.node('object', name);
      heap.edge(holder, 'property', 'g', below);
      below = holder;
    }
    expect(draw(heap, foo, { depth: 1 })).toEqual([
      '1 beyond --depth: 1 G2 --> G1',
      'G1 -.g-> Foo',
    ]);
    expect(draw(heap, foo, { depth: 0 })).toEqual(['1 beyond --depth: 1 G1 --> Foo']);
  });
});

describe('--fan-in', () => {
  it('keeps the largest of holders that are equally near to a root', () => {
    const { heap, foo } = manyHolders(5);
    const { nodes, limits } = collect(heap, foo, { fanIn: 2, depth: 1, group: false });
    const holders = nodes.filter(({ role, depth }) => role === 'holder' && depth === 1);
    expect(holders.map(({ shallowSize }) => shallowSize)).toEqual([999, 998]);
    expect(nodes.find(({ role }) => role === 'more')).toMatchObject({
      label: '3 more: 2 Odd, 1 Even',
      omitted: {
        count: 3,
        classes: [
          { name: 'Odd', count: 2 },
          { name: 'Even', count: 1 },
        ],
      },
    });
    expect(limits).toEqual({ depth: false, fanIn: true, nodes: false });
  });

  it('keeps the holder nearest to a root although others rank before it', () => {
    // (Strong roots) ──1──> Foo is nearest;   global ──.a──> A ──.a──> B ──.b──> Foo ranks first
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const engine = heap.node('array', '');
    heap.edge(heap.global, 'property', 'store', engine).edge(engine, 'internal', '1', foo);
    const a = heap.node('object', 'A');
    const b = heap.node('object', 'B');
    heap.edge(heap.global, 'property', 'a', a).edge(a, 'property', 'a', b);
    heap.edge(b, 'property', 'b', foo);
    expect(draw(heap, foo, { fanIn: 1, depth: 1 })).toEqual([
      '(internal array) -{1}-> Foo',
      '1 more: 1 B --> Foo',
      'globalThis -.store-> (internal array)',
    ]);
  });

  it('names three classes and sums up the rest', () => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    for (const name of ['A', 'B', 'B', 'C', 'D', 'D', 'D', 'E']) {
      const holder = heap.node('object', name);
      heap.edge(heap.global, 'property', name, holder).edge(holder, 'property', 'x', foo);
    }
    heap.edge(heap.global, 'property', 'f', heap.closure('f', { context: heap.context({ foo }) }));
    const more = collect(heap, foo, { fanIn: 1, group: false }).nodes.find(
      ({ role }) => role === 'more',
    );
    expect(more?.label).toBe('8 more: 3 D, 2 B, 1 C, …');
    expect(more?.omitted?.classes.at(-2)).toEqual({ name: 'Closure', count: 1 });
  });
});

describe('--max-nodes', () => {
  it('1 draws the target and counts its holders', () => {
    const { heap, foo } = manyHolders(3);
    expect(draw(heap, foo, { maxNodes: 1 })).toEqual(['3 more: 2 Odd, 1 Even --> Foo']);
    expect(collect(heap, foo, { maxNodes: 1 }).limits.nodes).toBe(true);
  });

  it('spends its nodes on one path to a root first', () => {
    const { heap, foo } = manyHolders(3);
    expect(draw(heap, foo, { maxNodes: 4 })).toEqual([
      '2 more: 1 Even, 1 Odd --> Foo',
      'Between -.h-> Odd',
      'globalThis -.b1-> Between',
      'Odd -.foo-> Foo',
    ]);
  });

  it('ends a path that is too long with a count', () => {
    const { heap, foo } = chain(4);
    expect(draw(heap, foo, { maxNodes: 3 })).toEqual([
      '1 more: 1 N2 --> N3',
      'N3 -.next-> N4',
      'N4 -.next-> Foo',
    ]);
  });

  it('draws targets even when they are more', () => {
    const { heap } = manyHolders(3);
    const targets = [1, 2, 4, 6].map((node) => node as NodeOrdinal);
    expect(collect(heap, targets, { maxNodes: 2 }).targets).toEqual(['@3', '@5', '@9', '@13']);
  });
});

describe('the order of holders', () => {
  /** All of them hold Foo; the name says at which position it must come. */
  it('is program, runtime, roots, temporaries, engine', () => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const user = heap.node('object', 'User');
    const builtin = heap.closure('builtin', { file: 'node:internal/util' });
    const array = heap.node('array', '(some table)');
    const code = heap.node('code', 'system / Code');
    const roots = heap.rootGroup('(Strong roots)');
    heap.edge(heap.global, 'property', 'x', foo);
    heap.edge(code, 'internal', 'c', foo).edge(roots, 'internal', 'r', foo);
    heap.edge(array, 'internal', '3', foo).edge(builtin, 'property', 'b', foo);
    heap.edge(user, 'property', 'u', foo);
    for (const holder of [user, builtin, array, code]) {
      heap.edge(heap.global, 'property', String(holder), holder);
    }
    const keptWith = (fanIn: number) =>
      collect(heap, foo, { fanIn, internals: true, depth: 1 }).edges.flatMap(({ label, to }) =>
        to === '@3' && label !== '' ? [label] : [],
      );
    expect(keptWith(1)).toEqual(['.x']);
    expect(keptWith(2)).toEqual(['.u', '.x']);
    expect(new Set(keptWith(4))).toEqual(new Set(['.u', '.x', '.b', '{3}']));
    expect(new Set(keptWith(5))).toEqual(new Set(['.u', '.x', '.b', '{3}', '{r}']));
    expect(new Set(keptWith(6))).toEqual(new Set(['.u', '.x', '.b', '{3}', '{r}', '{c}']));
  });

  it('leaves out shapes and code if the program holds the object', () => {
    // global ──.x──> Foo <──prototype── (shape)
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const shape = heap.node('object shape', 'system / Map');
    heap.edge(heap.global, 'property', 'x', foo).edge(heap.global, 'internal', 'map', shape);
    heap.edge(shape, 'internal', 'prototype', foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.x-> Foo']);
  });

  it('keeps them if nothing else holds the object', () => {
    // global ──map──> (shape) ──prototype──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const shape = heap.node('object shape', 'system / Map');
    heap.edge(heap.global, 'internal', 'map', shape).edge(shape, 'internal', 'prototype', foo);
    expect(draw(heap, foo)).toEqual(['(Map) -{prototype}-> Foo', 'globalThis -{map}-> (Map)']);
  });
});

describe('targets', () => {
  it('that are roots are shown with what holds them', () => {
    const heap = new HeapBuilder();
    heap.edge(heap.gcRoots, 'internal', '7', heap.global);
    const { nodes } = collect(heap, heap.global);
    expect(nodes.map(({ label, role, depth }) => [label, role, depth])).toEqual([
      ['globalThis', 'target', 0],
      ['GC root', 'root', 1],
      ['GC roots', 'root', 1],
    ]);
  });

  it('may be the root of all', () => {
    const heap = new HeapBuilder();
    expect(collect(heap, [heap.root, heap.global]).nodes.map(({ id, role }) => [id, role])).toEqual(
      [
        ['@1', 'target'],
        ['@3', 'target'],
      ],
    );
  });

  it('may be scopes', () => {
    const heap = new HeapBuilder();
    const context = heap.context({});
    heap.edge(heap.global, 'property', 'f', heap.closure('f', { context }));
    expect(draw(heap, context)).toEqual(['f -scope-> scope', 'globalThis -.f-> f']);
  });

  it('may be parts of the engine that are folded elsewhere', () => {
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array');
    const store = heap.node('array', '(object elements)');
    heap.edge(heap.global, 'property', 'list', list).edge(list, 'internal', 'elements', store);
    expect(draw(heap, store)).toEqual([
      'Array -{elements}-> (object elements)',
      'globalThis -.list-> Array',
    ]);
  });

  it('may hold each other', () => {
    // global ──.a──> A ──.b──> B ──.a──> A
    const heap = new HeapBuilder();
    const a = heap.node('object', 'A');
    const b = heap.node('object', 'B');
    heap.edge(heap.global, 'property', 'a', a).edge(a, 'property', 'b', b);
    heap.edge(b, 'property', 'a', a);
    const subgraph = collect(heap, [b, a]);
    expect(subgraph.targets).toEqual(['@5', '@3']);
    expect(subgraph.nodes.map(({ id, role }) => [id, role])).toEqual([
      ['@3', 'target'],
      ['@5', 'target'],
      ['@7', 'root'],
    ]);
    expect(draw(heap, [a, b])).toEqual(['A -.b-> B', 'B -.a-> A', 'globalThis -.a-> A']);
  });

  it('that nothing holds say so', () => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    heap.edge(foo, 'property', 'a', heap.node('object', 'Bar'));
    expect(draw(heap, foo)).toEqual(['Foo: {a}, no holder recorded']);
    expect(draw(heap, foo, { depth: 0 })).toEqual(['Foo: {a}, no holder recorded']);
    expect(draw(heap, foo, { depth: 0, toRoots: false })).toEqual(['Foo: {a}, no holder recorded']);
  });

  it('carry names that are properties of every object', () => {
    const heap = new HeapBuilder();
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const targets = names.map((name) => {
      const target = heap.node('object', name);
      heap.edge(heap.global, 'property', name, target);
      return target;
    });
    const lines = names.map((name) => `globalThis -.${name}-> ${name}`);
    expect(new Set(draw(heap, targets))).toEqual(new Set(lines));
  });
});
