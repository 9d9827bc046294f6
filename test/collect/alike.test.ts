import { describe, expect, it } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import { collectRefs } from '../../src/collect/collect-refs.js';
import { mergeTargets } from '../../src/collect/collect-targets.js';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parsePattern } from '../../src/question/pattern.js';
import type { CollectOptions } from '../../src/question/walk-options.js';
import { seeds } from '../support/cases.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap, seededRandom } from '../support/random-heap.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { InvariantChecker, SOURCE } from './invariants.js';

/** `Item x 9 -.held x 9-> Target`. */
function lines({ nodes, edges }: Subgraph): readonly string[] {
  const labels = new Map(nodes.map(({ id, label }) => [id, label.replace(/ @\d+/, '')]));
  return edges.map(({ from, to, label, count }) => {
    const words = count === undefined ? label : `${label} x ${count}`;
    return `${labels.get(from)} -${words}-> ${labels.get(to)}`;
  });
}

function ask(
  heap: HeapBuilder,
  targets: readonly (NodeOrdinal | readonly NodeOrdinal[])[],
  question: Partial<CollectOptions> = {},
  collect = collectBackrefs,
): Subgraph {
  const view = buildHeapView(heap.facts(), new FrameIndex([]));
  return collect(view, targets, { ...WALK_OPTIONS, ...question }, SOURCE);
}

/** global ──.all──> Array ──[i]──> 9 * 9 * 9 Items, 9 of which hold each of 81, and so on, down to Target */
function fan(): { readonly heap: HeapBuilder; readonly target: NodeOrdinal } {
  const heap = new HeapBuilder();
  const target = heap.node('object', 'Target');
  let level = [target];
  for (let depth = 0; depth < 3; depth++) {
    level = level.flatMap((held) =>
      Array.from({ length: 9 }, () => {
        const item = heap.node('object', 'Item', { size: 40 });
        heap.edge(item, 'property', 'held', held);
        return item;
      }),
    );
  }
  const all = heap.node('object', 'Array');
  heap.edge(heap.global, 'property', 'all', all);
  for (const [i, item] of level.entries()) heap.edge(all, 'element', i, item);
  return { heap, target };
}

describe('objects of one class that are held, or hold, in the same way', () => {
  it('are one node if the picture would otherwise be too large: the fan of 820', () => {
    const { heap, target } = fan();
    const subgraph = ask(heap, [target]);
    expect(lines(subgraph)).toEqual([
      'Item x 9 -.held x 9-> Target',
      'Item x 81 -.held x 81-> Item x 9',
      'Item x 729 -.held x 729-> Item x 81',
      'Array -[*] x 729-> Item x 729',
      'globalThis -.all-> Array',
    ]);
    expect(subgraph.limits).toEqual({ depth: false, fanIn: false, nodes: false });
    expect(subgraph.nodes[3]).toMatchObject({ count: 729, shallowSize: 729 * 40, role: 'holder' });
    expect(subgraph.nodes[3]?.members).toHaveLength(20);
  });

  it('are drawn one by one if there is room, and with --no-group', () => {
    const { heap, target } = fan();
    const whole = ask(heap, [target], { maxNodes: 1000 });
    expect(whole.nodes.filter(({ name }) => name === 'Item')).toHaveLength(819);
    const cut = ask(heap, [target], { group: false });
    expect(cut.limits.nodes).toBe(true);
    expect(cut.nodes.some(({ count }) => count !== undefined)).toBe(false);
  });

  it('are one node if there are more than --fan-in, with others beside them', () => {
    // global ──.a … .l──> 12 As ──.x──> Foo, one Other ──.y──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    for (let i = 0; i < 12; i++) {
      const a = heap.node('object', 'A', { size: 8 });
      heap.edge(heap.global, 'property', `p${i}`, a).edge(a, 'property', 'x', foo);
    }
    const other = heap.node('object', 'Other');
    heap.edge(heap.global, 'property', 'o', other).edge(other, 'property', 'y', foo);
    const subgraph = ask(heap, [foo]);
    expect(lines(subgraph)).toEqual([
      'A x 12 -.x x 12-> Foo',
      'Other -.y-> Foo',
      'globalThis -.* x 12-> A x 12',
      'globalThis -.o-> Other',
    ]);
    expect(subgraph.limits.fanIn).toBe(false);
    const blue = ask(heap, [foo], { highlight: [parsePattern('@5')], fanIn: 5 });
    expect(blue.nodes.filter(({ highlighted }) => highlighted).map(({ id }) => id)).toEqual(['@5']);
    expect(lines(blue)[0]).toBe('A x 11 -.x x 11-> Foo');
  });

  it('are one node if an object holds many', () => {
    // global ──.dict──> Object ──.k0 … .k19──> 20 Foos; ──.other──> Bar
    const heap = new HeapBuilder();
    const dict = heap.node('object', 'Object');
    heap.edge(heap.global, 'property', 'dict', dict);
    for (let i = 0; i < 20; i++) heap.edge(dict, 'property', `k${i}`, heap.node('object', 'Foo'));
    heap.edge(dict, 'property', 'other', heap.node('object', 'Bar'));
    expect(lines(ask(heap, [dict], {}, collectRefs))).toEqual([
      'Object -.* x 20-> Foo x 20',
      'Object -.other-> Bar',
    ]);
  });

  it('that hold each other are one node that holds itself', () => {
    const heap = new HeapBuilder();
    const nodes = Array.from({ length: 5 }, () => heap.node('object', 'Node'));
    heap.edge(heap.global, 'property', 'first', nodes[0] as NodeOrdinal);
    for (const [i, node] of nodes.slice(1).entries()) {
      heap.edge(nodes[i] as NodeOrdinal, 'property', 'next', node);
    }
    const subgraph = ask(heap, [nodes]);
    expect(lines(subgraph)).toEqual([
      'Node x 5 -.next x 4-> Node x 5',
      'globalThis -.first-> Node x 5',
    ]);
    expect(subgraph.patterns).toMatchObject([
      {
        target: 'many:@3',
        count: 4,
        steps: [
          {
            name: 'globalThis',
            nodeType: 'object',
            label: '.first',
            edgeType: 'property',
            root: true,
          },
          { name: 'Node', nodeType: 'object', label: '.next', edgeType: 'property' },
        ],
      },
      {
        target: 'many:@3',
        count: 1,
        steps: [
          {
            name: 'globalThis',
            nodeType: 'object',
            label: '.first',
            edgeType: 'property',
            root: true,
          },
        ],
      },
    ]);
  });
});

/** global ──.list──> Array ──[i]──> 30 Foos; global ──.one──> Object ──.foo──> 1 Foo; 2 Foos by nothing */
function foos() {
  const heap = new HeapBuilder();
  const foo = () => heap.node('object', 'Foo', { size: 10 });
  const list = heap.node('object', 'Array');
  const one = heap.node('object', 'Object');
  heap.edge(heap.global, 'property', 'list', list).edge(heap.global, 'property', 'one', one);
  const all = Array.from({ length: 30 }, (_, i) => {
    const node = foo();
    heap.edge(list, 'element', i, node);
    return node;
  });
  const single = foo();
  heap.edge(one, 'property', 'foo', single);
  return { heap, all: [...all, single, foo(), foo()] };
}

describe('targets of one class', () => {
  it('are one node; ways are the most common first, each object counted once', () => {
    const { heap, all } = foos();
    const subgraph = ask(heap, [all]);
    expect(subgraph.targets).toEqual(['many:@9']);
    expect(subgraph.nodes[0]).toMatchObject({
      label: 'Foo x 33',
      role: 'target',
      shallowSize: 330,
      preview: '2 unreachable',
    });
    expect(lines(subgraph)).toEqual([
      'Array -[*] x 30-> Foo x 33',
      'Object -.foo-> Foo x 33',
      'globalThis -.list-> Array',
      'globalThis -.one-> Object',
    ]);
    expect(
      subgraph.patterns?.map(({ count, steps }) => [count, steps.map(({ label }) => label)]),
    ).toEqual([
      [30, ['.list', '[*]']],
      [2, []],
      [1, ['.one', '.foo']],
    ]);
  });

  it('retain their joint size, nothing counted twice', () => {
    // global ──.a──> Foo ──.next──> Foo ──.b──> Bar
    const heap = new HeapBuilder();
    const [outer, inner] = [
      heap.node('object', 'Foo', { size: 10 }),
      heap.node('object', 'Foo', { size: 10 }),
    ];
    heap.edge(heap.global, 'property', 'a', outer).edge(outer, 'property', 'next', inner);
    heap.edge(inner, 'property', 'b', heap.node('object', 'Bar', { size: 5 }));
    const { nodes } = ask(heap, [[outer, inner]], { retained: true });
    expect(nodes[0]).toMatchObject({ shallowSize: 20, retainedSize: 25 });
  });

  it('are separated by class, the largest class first', () => {
    const heap = new HeapBuilder();
    const nodes = ['A', 'B', 'A', 'B', 'B'].map((name) => heap.node('object', name));
    const view = buildHeapView(heap.facts(), new FrameIndex([]));
    expect(mergeTargets(view, nodes)).toEqual([
      [nodes[1], nodes[3], nodes[4]],
      [nodes[0], nodes[2]],
    ]);
  });

  it('in 300 random heaps have the same counts as one by one', () => {
    const wrong = seeds(300).map((seed) => {
      const heap = classHeap(seed);
      const view = buildHeapView(heap.facts(), new FrameIndex([]));
      const checker = new InvariantChecker(view);
      const random = seededRandom(seed);
      const target = Math.floor(random() * heap.nodes.length) as NodeOrdinal;
      const question = { fanIn: 1 + (seed % 4), maxNodes: 3 + (seed % 9), depth: 1 + (seed % 3) };
      return checker.violations([target], { ...WALK_OPTIONS, ...question });
    });
    expect(wrong.flat()).toEqual([]);
  });

  it('in 300 random heaps have ways that add up', () => {
    const wrong = seeds(300).map((seed) => {
      const heap = classHeap(seed);
      const view = buildHeapView(heap.facts(), new FrameIndex([]));
      const all = heap.nodes.flatMap(({ name }, n) => (name === 'N1' ? [n as NodeOrdinal] : []));
      if (all.length < 2) return [];
      const { patterns = [], nodes } = collectBackrefs(view, [all], WALK_OPTIONS, SOURCE);
      const held = patterns.filter(({ steps }) => steps.length > 0);
      const counted = held.reduce((sum, { count }) => sum + count, 0);
      const reached = all.filter((node) => view.rootDistances.of(node) >= 0).length;
      const total = patterns.reduce((sum, { count }) => sum + count, 0);
      const isRight = counted === reached && total === all.length && nodes[0]?.count === all.length;
      return isRight ? [] : [`${seed}: ${counted} of ${reached}, ${total} of ${all.length}`];
    });
    expect(wrong.flat()).toEqual([]);
  });
});

/** A random heap whose objects are of three classes only, and mostly reached. */
function classHeap(seed: number): HeapBuilder {
  const heap = randomHeap(seed);
  const random = seededRandom(seed + 1000);
  const made = Array.from({ length: 12 }, () => {
    return heap.node('object', `N${Math.floor(random() * 3)}`, { size: 8 });
  });
  const any = () => made[Math.floor(random() * made.length)] as NodeOrdinal;
  for (let i = 0; i < 4; i++) heap.edge(heap.global, 'property', `g${i}`, any());
  for (let i = 0; i < 30; i++) heap.edge(any(), 'property', `p${i % 3}`, any());
  return heap;
}
