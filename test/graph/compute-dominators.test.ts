import { describe, expect, it } from 'vitest';
import { computeDominators } from '../../src/graph/compute-dominators.js';
import { computeRetainedSizes } from '../../src/graph/compute-retained-sizes.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { caseCount, seeds } from '../support/cases.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap, seededRandom } from '../support/random-heap.js';
import { slowDominators, slowRetainedSizes } from '../support/slow-oracles.js';

/** Nodes 1 to `count` of 10^i bytes each (so that a sum shows its members), arrows like '0>1'. */
function drawn(count: number, ...arrows: string[]): HeapBuilder {
  const heap = new HeapBuilder();
  for (let n = 1; n <= count; n++) heap.node('object', `N${n}`, { size: 10 ** (n - 1) });
  for (const arrow of arrows) {
    const [from, to] = arrow.split('>').map(Number);
    heap.edge(from as NodeOrdinal, 'property', arrow, to as NodeOrdinal);
  }
  return heap;
}

function dominatorsOf(graph: HeapGraph): number[] {
  return [...computeDominators(graph).toArray()];
}

function retainedOf(graph: HeapGraph): number[] {
  return [...computeRetainedSizes(graph, computeDominators(graph)).toArray()];
}

describe('dominators and retained sizes of textbook graphs', () => {
  it('a chain: each holds all that follow', () => {
    // 0 → 1 → 2 → 3
    const graph = drawn(3, '0>1', '1>2', '2>3').graph();
    expect(dominatorsOf(graph)).toEqual([0, 0, 1, 2]);
    expect(retainedOf(graph)).toEqual([111, 111, 110, 100]);
  });

  it('a diamond: an object that two hold belongs to neither', () => {
    //     ┌→ 2 ─┐
    // 0 → 1     ├→ 4 → 5
    //     └→ 3 ─┘
    const graph = drawn(5, '0>1', '1>2', '1>3', '2>4', '3>4', '4>5').graph();
    expect(dominatorsOf(graph)).toEqual([0, 0, 1, 1, 1, 4]);
    expect(retainedOf(graph)).toEqual([11111, 11111, 10, 100, 11000, 10000]);
  });

  it('a cycle is entered at one place', () => {
    // 0 → 1 → 2 → 3 → 1
    const graph = drawn(3, '0>1', '1>2', '2>3', '3>1').graph();
    expect(dominatorsOf(graph)).toEqual([0, 0, 1, 2]);
  });

  it('a cycle entered at two places belongs to the root', () => {
    // 0 → 1 ⇄ 2 ← 0
    const graph = drawn(2, '0>1', '0>2', '1>2', '2>1').graph();
    expect(dominatorsOf(graph)).toEqual([0, 0, 0]);
    expect(retainedOf(graph)).toEqual([11, 1, 10]);
  });

  it('self edges and parallel edges change nothing', () => {
    const graph = drawn(2, '0>1', '0>1', '1>1', '1>2', '1>2', '2>2').graph();
    expect(dominatorsOf(graph)).toEqual([0, 0, 1]);
  });

  it('the example of Lengauer and Tarjan’s paper', () => {
    // R A B C D E F G H I J K L are 0 to 12
    const paper =
      '0>1 0>2 0>3 1>4 2>1 2>4 2>5 3>6 3>7 4>12 5>8 6>9 7>9 7>10 8>5 8>11 9>11 10>9 11>9 11>0 12>8';
    const graph = drawn(12, ...paper.split(' ')).graph();
    expect(dominatorsOf(graph)).toEqual([0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 7, 0, 4]);
  });

  it('a graph that reveals a wrong order of compression', () => {
    // Cooper, Harvey and Kennedy’s irreducible example: 5 → 4 → {1}, 5 → 3 → 2, 1 ⇄ 2 ⇄ 3
    const graph = drawn(5, '0>4', '0>5', '4>1', '5>2', '1>2', '2>1', '2>3', '3>2').graph();
    expect(dominatorsOf(graph)).toEqual([0, 0, 0, 2, 0, 0]);
  });

  it('the root may be any node', () => {
    // 2 → 0 → 1
    const heap = new HeapBuilder();
    const [one, two] = [heap.node('object', 'One', { size: 1 }), heap.node('synthetic', '')];
    heap.edge(heap.root, 'property', 'a', one).edge(two, 'property', 'b', heap.root);
    const graph = heap.graph({ snapshot: { root_index: two * 6 } });
    expect(dominatorsOf(graph)).toEqual([2, 0, 2]);
    expect(retainedOf(graph)).toEqual([1, 1, 1]);
  });

  it('sizes beyond 32 bits add up', () => {
    const heap = new HeapBuilder();
    const holder = heap.node('object', 'Holder', { size: 0xffff_ffff });
    const held = heap.node('native', 'system / JSArrayBufferData', { size: 5_368_709_120 });
    heap.edge(heap.root, 'property', 'a', holder).edge(holder, 'internal', 'b', held);
    expect(retainedOf(heap.graph())).toEqual([9_663_676_415, 9_663_676_415, 5_368_709_120]);
  });
});

describe('orphans', () => {
  it('hang from the root with what they hold', () => {
    // 0 → 1    2 → 3
    const graph = drawn(3, '0>1', '2>3').graph();
    expect(dominatorsOf(graph)).toEqual([0, 0, 0, 2]);
    expect(retainedOf(graph)).toEqual([111, 1, 110, 100]);
  });

  it('share what the program holds too', () => {
    // 0 → 1 → 2 ← 3
    expect(dominatorsOf(drawn(3, '0>1', '1>2', '3>2').graph())).toEqual([0, 0, 0, 0]);
  });

  it('in a cycle hang from the root one by one', () => {
    // 0 → 1    2 ⇄ 3 → 4
    expect(dominatorsOf(drawn(4, '0>1', '2>3', '3>2', '3>4').graph())).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('edges that do not count', () => {
  it('weak ones', () => {
    // 0 → 1 → 2, 0 ⇢ 2
    const heap = drawn(2, '0>1', '1>2').edge(0 as NodeOrdinal, 'weak', '7', 2 as NodeOrdinal);
    expect(dominatorsOf(heap.graph())).toEqual([0, 0, 1]);
  });

  it('shortcuts, unless they leave the root', () => {
    // 0 → 1 → 2 → 4, 0 → 3 ─(shortcut)→ 4
    const heap = drawn(4, '0>1', '1>2', '2>4', '0>3');
    heap.edge(3 as NodeOrdinal, 'shortcut', 'bound_this', 4 as NodeOrdinal);
    expect(dominatorsOf(heap.graph())).toEqual([0, 0, 1, 0, 2]);
    heap.edge(0 as NodeOrdinal, 'shortcut', '9', 4 as NodeOrdinal);
    expect(dominatorsOf(heap.graph())[4]).toBe(0);
  });

  it('from the debugger into what the program’s global reaches', () => {
    // root ──(shortcut)──> global ──.a──> 3 <──9── (Global handles) ──8──> 5
    const heap = new HeapBuilder();
    const global = heap.global;
    const held = heap.node('object', 'Held');
    const handles = heap.rootGroup('(Global handles)');
    const own = heap.node('object', 'Own');
    heap.edge(global, 'property', 'a', held).edge(handles, 'internal', '9 / x', held);
    heap.edge(handles, 'internal', '8', own);
    const dominators = computeDominators(heap.graph()).toArray();
    expect(dominators[held]).toBe(global);
    expect(dominators[own]).toBe(handles);
  });

  it('the table’s half of a WeakMap entry', () => {
    // global ──.map──> table ──(1 / …)──> value <──(2 / …)── key <──.key── global
    const heap = new HeapBuilder();
    const [table, key, value] = [
      heap.node('array', ''),
      heap.node('object', 'Key'),
      heap.node('object', 'Value'),
    ];
    const name = 'part of key (Key @5) -> value (Value @7) pair in WeakMap (table @3)';
    heap.edge(heap.global, 'property', 'map', table).edge(heap.global, 'property', 'key', key);
    heap.edge(table, 'internal', `1 / ${name}`, value).edge(key, 'internal', `2 / ${name}`, value);
    expect(computeDominators(heap.graph()).of(value)).toBe(key);
  });
});

describe('what user roots reach', () => {
  /** Nodes as in `drawn`, arrows like '1>2'; the root's to the first nodes are shortcuts. */
  function withUserRoots(users: number, count: number, ...arrows: string[]): HeapGraph {
    const heap = drawn(count, ...arrows);
    for (let n = 1; n <= users; n++) heap.edge(heap.root, 'shortcut', `${n}`, n as NodeOrdinal);
    return heap.graph();
  }

  it('belongs to the root if two of them reach it', () => {
    // 0 ─(shortcut)→ 1 → 3 → 4 → 5, 0 ─(shortcut)→ 2 → 3
    const graph = withUserRoots(2, 5, '1>3', '3>4', '4>5', '2>3');
    expect(dominatorsOf(graph)).toEqual([0, 0, 0, 0, 3, 4]);
  });

  it('may be reached past the first of them far below it', () => {
    // 1 → 3 → 4, 1 → 5 → 4, 4 → 6 → 3, and 2 → 6: of the first node's only 5 is left
    const graph = withUserRoots(2, 6, '1>3', '3>4', '1>5', '5>4', '4>6', '6>3', '2>6');
    expect(dominatorsOf(graph)).toEqual([0, 0, 0, 0, 0, 1, 0]);
    expect(slowDominators(graph)).toEqual(dominatorsOf(graph));
  });

  it('can also be held by an edge of the root', () => {
    // 0 ─(shortcut)→ 1 → 2 → 3 → 4 → 2, 0 → 3
    const graph = withUserRoots(1, 4, '1>2', '2>3', '3>4', '4>2', '0>3');
    expect(dominatorsOf(graph)).toEqual([0, 0, 0, 0, 3]);
  });

  it('is not held from outside, even if nothing else holds it', () => {
    // 0 ─(shortcut)→ 1 ─(shortcut)→ 2 → 3, and 4, which is not owned, points to 2 and 3
    const heap = drawn(4, '2>3', '0>4', '4>2', '4>3');
    heap.edge(heap.root, 'shortcut', 'user', 1 as NodeOrdinal);
    heap.edge(1 as NodeOrdinal, 'shortcut', 'own', 2 as NodeOrdinal);
    expect(dominatorsOf(heap.graph())).toEqual([0, 0, 0, 2, 0]);
  });

  it('is everything if one of them reaches the root', () => {
    // 0 ─(shortcut)→ 1 → 0 → 2 → 3 ← 1
    const graph = withUserRoots(1, 3, '1>0', '0>2', '2>3', '1>3');
    expect(dominatorsOf(graph)).toEqual([0, 0, 0, 0]);
  });
});

/**
 * Up to 40 nodes that nearly all have an earlier one as holder, some user roots, hubs, references
 * back.
 */
function randomWeb(seed: number): HeapGraph {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit) as NodeOrdinal;
  const heap = new HeapBuilder();
  const count = 10 + below(30);
  for (let n = 1; n < count; n++) heap.node('object', `N${n}`, { size: below(100) });
  for (let user = below(4); user > 0; user--) {
    heap.edge(heap.root, 'shortcut', `user ${user}`, (1 + below(count - 1)) as NodeOrdinal);
  }
  for (let n = 1; n < count; n++) {
    const near = Math.max(0, n - 1 - below(4)) as NodeOrdinal;
    if (random() < 0.95) heap.edge(near, 'property', `a${n}`, n as NodeOrdinal);
    if (random() < 0.7) heap.edge(n as NodeOrdinal, 'property', `hub${n}`, below(8));
    if (random() < 0.4) heap.edge(below(count), 'internal', `any${n}`, below(count));
    if (random() < 0.1) heap.edge(below(count), 'shortcut', `cut${n}`, below(count));
  }
  return heap.graph();
}

describe('against the definition: webs with hubs and several user roots', () => {
  it.each(seeds(10).map((seed) => (seed - 1) * 20))('webs %i to +19', (first) => {
    for (let seed = first; seed < first + 20; seed++) {
      const graph = randomWeb(seed);
      expect([seed, dominatorsOf(graph)]).toEqual([seed, slowDominators(graph)]);
      expect([seed, retainedOf(graph)]).toEqual([seed, slowRetainedSizes(graph)]);
    }
  });
});

describe('against the definition: remove a node, and see what becomes unreachable', () => {
  it.each(seeds(25).map((seed) => (seed - 1) * 20))('heaps %i to +19', (first) => {
    for (let seed = first; seed < first + 20; seed++) {
      const graph = randomHeap(seed).graph();
      expect([seed, dominatorsOf(graph)]).toEqual([seed, slowDominators(graph)]);
      expect([seed, retainedOf(graph)]).toEqual([seed, slowRetainedSizes(graph)]);
    }
  });
});

describe('heaps that would overflow a recursive walk', () => {
  it('a chain of 200,000, or of a tenth in npm test', () => {
    const heap = new HeapBuilder();
    const length = caseCount(200_000);
    for (let n = 1; n <= length; n++) {
      heap.edge((n - 1) as NodeOrdinal, 'property', 'next', heap.node('object', 'N', { size: 1 }));
    }
    const graph = heap.graph();
    const dominators = computeDominators(graph);
    expect(dominators.toArray().every((d, n) => d === Math.max(0, n - 1))).toBe(true);
    const retained = computeRetainedSizes(graph, dominators);
    expect(retained.toArray().every((bytes, n) => bytes === length - Math.max(0, n - 1))).toBe(
      true,
    );
  });

  it('a star of 100,000, whose rays meet again', () => {
    // 0 → hub → rays → one
    const heap = new HeapBuilder();
    const hub = heap.node('object', 'Hub', { size: 1 });
    const one = heap.node('object', 'One', { size: 1 });
    heap.edge(heap.root, 'property', 'hub', hub);
    for (let i = 0; i < 100_000; i++) {
      const ray = heap.node('object', 'Ray', { size: 1 });
      heap.edge(hub, 'element', i, ray).edge(ray, 'property', 'one', one);
    }
    const graph = heap.graph();
    const dominators = computeDominators(graph);
    expect(dominators.toArray().every((d, n) => d === (n <= hub ? 0 : hub))).toBe(true);
    expect(computeRetainedSizes(graph, dominators).of(hub)).toBe(100_002);
  });
});
