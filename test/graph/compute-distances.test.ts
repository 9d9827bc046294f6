import { describe, expect, it } from 'vitest';
import {
  computeDistances,
  computeRootDistances,
  RootBand,
  SYSTEM_DISTANCE,
} from '../../src/graph/compute-distances.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { allDistances } from '../support/all-distances.js';
import { caseCount, seeds } from '../support/cases.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap } from '../support/random-heap.js';
import { slowDistances } from '../support/slow-oracles.js';

const SYSTEM = SYSTEM_DISTANCE;

describe('distances as DevTools counts them', () => {
  it('begin at 1 with the global and go around what only the engine holds', () => {
    // root ─┬(shortcut)→ global → a → b        b is also held by (GC roots)
    //       └→ (GC roots) → handle → only      only is held by the engine alone
    const heap = new HeapBuilder();
    const [global, gcRoots] = [heap.global, heap.gcRoots];
    const [a, b] = [heap.node('object', 'A'), heap.node('object', 'B')];
    const [handle, only] = [heap.rootGroup('(Global handles)'), heap.node('object', 'Only')];
    heap.edge(global, 'property', 'a', a).edge(a, 'property', 'b', b);
    heap.edge(gcRoots, 'element', 5, b).edge(handle, 'internal', '3', only);
    const distances = allDistances(heap.graph(), computeDistances);
    expect(distances[heap.root]).toBe(SYSTEM);
    expect([global, a, b].map((node) => distances[node])).toEqual([1, 2, 3]);
    expect([gcRoots, handle, only].map((node) => distances[node])).toEqual([
      SYSTEM + 1,
      SYSTEM + 2,
      SYSTEM + 3,
    ]);
  });

  it('begin at 0 with the root if there are no user roots (V8 15)', () => {
    // root → (GC roots) → a → b
    const heap = new HeapBuilder();
    const [a, b] = [heap.node('object', 'A'), heap.node('object', 'B')];
    heap.edge(heap.gcRoots, 'element', 1, a).edge(a, 'property', 'b', b);
    expect(allDistances(heap.graph(), computeDistances)).toEqual([0, 2, 3, 1]);
  });

  it('begin at every child of the root that is not a group, and at old Chromes’ documents', () => {
    const heap = new HeapBuilder();
    const window = heap.node('object', 'Window / http://a');
    const wrap = heap.node('native', 'Node / JSBindingsConnection');
    const documents = heap.node('synthetic', '(Document DOM trees)');
    const environment = heap.node('synthetic', 'Node / Environment');
    const held = heap.node('object', 'Held');
    heap.edge(heap.root, 'shortcut', '1', window).edge(heap.root, 'element', 2, wrap);
    heap.edge(heap.root, 'element', 3, documents).edge(heap.root, 'element', 4, environment);
    heap.edge(environment, 'element', 1, held);
    const distances = allDistances(heap.graph(), computeDistances);
    expect(distances).toEqual([SYSTEM, 1, 1, 1, SYSTEM + 1, SYSTEM + 2]);
  });

  it('do not follow weak edges; orphans have none', () => {
    // global ⇢ a    orphan → b
    const heap = new HeapBuilder();
    const [a, orphan, b] = ['A', 'O', 'B'].map((name) => heap.node('object', name));
    heap.edge(heap.global, 'weak', '5', a!).edge(orphan!, 'property', 'b', b!);
    const distances = allDistances(heap.graph(), computeDistances);
    expect([a, orphan, b].map((node) => distances[node!])).toEqual([-1, -1, -1]);
  });

  it.each([
    ['the key is further away', 1, 4],
    ['the table is further away', 4, 1],
    ['both are as far', 3, 3],
  ])('put a WeakMap value after key and table: %s', (_, keySteps, tableSteps) => {
    // global → … → key ─┐
    // global → … → table ┴→ value
    const heap = new HeapBuilder();
    const far = (end: NodeOrdinal, steps: number) => {
      let from = heap.global;
      for (let i = 1; i < steps; i++) {
        const next = heap.node('object', 'Step');
        heap.edge(from, 'property', `step${i}`, next);
        from = next;
      }
      heap.edge(from, 'property', 'end', end);
    };
    const [key, value] = [heap.node('object', 'Key'), heap.node('object', 'Value')];
    const table = heap.node('array', '');
    const name = 'part of key (Key @3) -> value (Value @5) pair in WeakMap (table @7)';
    heap.edge(key, 'internal', `2 / ${name}`, value).edge(table, 'internal', `1 / ${name}`, value);
    far(key, keySteps);
    far(table, tableSteps);
    const distances = allDistances(heap.graph(), computeDistances);
    expect(distances[key]).toBe(1 + keySteps);
    expect(distances[table]).toBe(1 + tableSteps);
    expect(distances[value]).toBe(2 + Math.max(keySteps, tableSteps));
  });

  it('leave a WeakMap value alone if nothing holds its key', () => {
    const heap = new HeapBuilder();
    const [key, value] = [heap.node('object', 'Key'), heap.node('object', 'Value')];
    const table = heap.node('array', '');
    const name = 'part of key (Key @3) -> value (Value @5) pair in WeakMap (table @7)';
    heap.edge(key, 'internal', `2 / ${name}`, value).edge(table, 'internal', `1 / ${name}`, value);
    heap.edge(heap.global, 'property', 'map', table);
    const distances = allDistances(heap.graph(), computeDistances);
    expect([distances[table], distances[value]]).toEqual([2, -1]);
  });

  it('count a WeakMap value from its key if the engine writes only that edge (V8 7.8)', () => {
    const heap = new HeapBuilder();
    const [key, value] = [heap.node('object', 'Key'), heap.node('object', 'Value')];
    heap.edge(heap.global, 'property', 'key', key);
    heap.edge(key, 'internal', '3 / key Key in WeakMap', value);
    expect(allDistances(heap.graph(), computeDistances)[value]).toBe(3);
  });

  it('leave out a native context’s first shape, but only in a node of type hidden', () => {
    const distancesWith = (type: string, name: string) => {
      const heap = new HeapBuilder();
      const [context, shape] = [heap.node(type, name), heap.node('object shape', 'system / Map')];
      heap.edge(heap.root, 'shortcut', '1', context);
      heap.edge(context, 'internal', 'sloppy_function_map', shape);
      return allDistances(heap.graph(), computeDistances);
    };
    expect(distancesWith('hidden', 'system / NativeContext')).toEqual([SYSTEM, 1, -1]);
    expect(distancesWith('native', 'system / NativeContext')).toEqual([SYSTEM, 1, 2]);
    expect(distancesWith('hidden', 'system / NativeContext / file://')).toEqual([SYSTEM, 1, 2]);
  });

  it('leave out every third slot of map descriptors, where other shapes’ functions may be', () => {
    const heap = new HeapBuilder();
    const descriptors = heap.node('array', '(map descriptors)');
    heap.edge(heap.global, 'internal', 'd', descriptors);
    const slots = ['0', '1', '2', '3', '4', '5', '6', '7', 'map'].map((slot) => {
      const node = heap.node('object', slot);
      heap.edge(descriptors, 'internal', slot, node);
      return node;
    });
    const distances = allDistances(heap.graph(), computeDistances);
    expect(slots.map((node) => distances[node])).toEqual([3, 3, 3, 3, -1, 3, 3, -1, 3]);
  });

  it('count from two shortcuts to one node once', () => {
    const heap = new HeapBuilder();
    heap.edge(heap.root, 'shortcut', '2', heap.global);
    expect(allDistances(heap.graph(), computeDistances)).toEqual([SYSTEM, 1]);
  });

  it('reach the end of a chain of 200,000, or of a tenth in npm test', () => {
    const heap = new HeapBuilder();
    for (let n = 0; n < caseCount(200_000); n++) {
      heap.edge(n as NodeOrdinal, 'property', 'next', heap.node('object', 'N'));
    }
    const distances = allDistances(heap.graph(), computeDistances);
    expect(distances.slice(1).every((distance, i) => distance === i + 1)).toBe(true);
  });
});

describe('against the definition', () => {
  it.each(seeds(25).map((seed) => (seed - 1) * 20))('heaps %i to +19', (first) => {
    for (let seed = first; seed < first + 20; seed++) {
      const graph = randomHeap(seed).graph();
      expect([seed, allDistances(graph, computeDistances)]).toEqual([seed, slowDistances(graph)]);
    }
  });
});

describe('root distances', () => {
  const { SYSTEM: SYSTEM_BAND, ENGINE } = RootBand;

  it('have a band each for the program, the engine’s roots and the engine’s bookkeeping', () => {
    // root → (GC roots) → (Global handles) → held → inner
    // start → own        start → shape → proto → far         orphan
    const heap = new HeapBuilder();
    const handles = heap.rootGroup('(Global handles)');
    const [start, own, held, inner, proto, far, orphan] = 'abcdefg'
      .split('')
      .map((name) => heap.node('object', name)) as NodeOrdinal[];
    const shape = heap.node('object shape', 'system / Map');
    heap.edge(handles, 'internal', '1', held!).edge(held!, 'property', 'i', inner!);
    heap.edge(start!, 'property', 'own', own!).edge(start!, 'internal', 'map', shape);
    heap.edge(shape, 'internal', 'prototype', proto!).edge(proto!, 'property', 'f', far!);
    const distances = allDistances(heap.graph(), (graph) => computeRootDistances(graph, [start!]));
    const of = (...nodes: readonly (NodeOrdinal | undefined)[]) => nodes.map((n) => distances[n!]);
    expect(of(start, own, shape)).toEqual([1, 2, 2]);
    expect(of(heap.root, heap.gcRoots, handles, held, inner)).toEqual([
      SYSTEM_BAND,
      SYSTEM_BAND + 1,
      SYSTEM_BAND + 2,
      SYSTEM_BAND + 3,
      SYSTEM_BAND + 4,
    ]);
    expect(of(proto, far)).toEqual([ENGINE, ENGINE + 1]);
    expect(of(orphan)).toEqual([-1]);
  });

  it('prefer a long way through the program to a short one through a root', () => {
    // start → a → b → c      (GC roots) → c
    const heap = new HeapBuilder();
    const [start, a, b, c] = 'sabc'.split('').map((name) => heap.node('object', name));
    heap.edge(start!, 'property', 'a', a!).edge(a!, 'property', 'b', b!);
    heap.edge(b!, 'property', 'c', c!).edge(heap.gcRoots, 'element', 1, c!);
    expect(allDistances(heap.graph(), (graph) => computeRootDistances(graph, [start!]))[c!]).toBe(
      4,
    );
    expect(allDistances(heap.graph(), (graph) => computeRootDistances(graph, []))[c!]).toBe(
      SYSTEM_BAND + 2,
    );
  });

  it('do not pass string tables, objects of a debugger, weak edges and shortcuts', () => {
    const heap = new HeapBuilder();
    const strings = heap.rootGroup('(Internalized strings)');
    const handles = heap.rootGroup('(Global handles)');
    const nodes = 'abcd'.split('').map((name) => heap.node('object', name));
    heap.edge(strings, 'internal', '1', nodes[0]!);
    heap.edge(heap.rootGroup('(Debugger)'), 'internal', '7', nodes[1]!);
    heap.edge(handles, 'weak', '8', nodes[2]!).edge(handles, 'shortcut', '9', nodes[3]!);
    const distances = allDistances(heap.graph(), (graph) => computeRootDistances(graph, []));
    expect(nodes.map((node) => distances[node])).toEqual([-1, -1, -1, -1]);
  });

  it('take the nearest of several starts', () => {
    // far → a → b ← near
    const heap = new HeapBuilder();
    const [far, a, b, near] = 'fabn'.split('').map((name) => heap.node('object', name));
    heap.edge(far!, 'property', 'a', a!).edge(a!, 'property', 'b', b!);
    heap.edge(near!, 'property', 'b', b!);
    const distances = allDistances(heap.graph(), (graph) =>
      computeRootDistances(graph, [far!, near!, far!]),
    );
    expect([far, a, b, near].map((node) => distances[node!])).toEqual([1, 2, 2, 1]);
  });

  it('are right beyond the levels that fit a byte', () => {
    // start → 2 → 3 → … → 700, and a shape in its middle
    const heap = new HeapBuilder();
    const chain = Array.from({ length: 700 }, (_, i) => heap.node('object', `n${i}`));
    for (const [i, node] of chain.entries()) {
      if (i > 0) heap.edge(chain[i - 1]!, 'property', 'next', node);
    }
    const shape = heap.node('object shape', 'system / Map');
    const behind = heap.node('object', 'Behind');
    heap.edge(chain[300]!, 'internal', 'map', shape).edge(shape, 'internal', 'x', behind);
    const distances = allDistances(heap.graph(), (graph) =>
      computeRootDistances(graph, [chain[0]!]),
    );
    expect(chain.map((node) => distances[node])).toEqual(chain.map((_, i) => i + 1));
    expect([shape, behind].map((node) => distances[node])).toEqual([302, ENGINE]);
  });
});
