import { describe, expect, it } from 'vitest';
import { collectChain } from '../../src/collect/collect-chain.js';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parsePattern } from '../../src/question/pattern.js';
import type { CollectOptions } from '../../src/question/walk-options.js';
import { seeds } from '../support/cases.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { seededRandom } from '../support/random-heap.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { collect } from './draw.js';
import { InvariantChecker, SOURCE } from './invariants.js';
import { pictureLines } from './picture-lines.js';

function chain(
  heap: HeapBuilder,
  target: NodeOrdinal,
  question: Partial<CollectOptions> = {},
): Subgraph {
  const view = buildHeapView(heap.facts(), new FrameIndex([]));
  const options = { ...WALK_OPTIONS, maxNodes: 10_000, ...question };
  expect(new InvariantChecker(view).violations([target], options)).toEqual([]);
  return collectChain(view, [target], options, SOURCE);
}

/** Objects by letter, with the arrows that `text` draws: `a>b b>c`; `g` is the global object. */
function drawHeap(text: string): {
  readonly heap: HeapBuilder;
  readonly at: (name: string) => NodeOrdinal;
} {
  const heap = new HeapBuilder();
  const nodes = new Map<string, NodeOrdinal>([['g', heap.global]]);
  const at = (name: string) => {
    const node = nodes.get(name) ?? heap.node('object', name.toUpperCase(), { size: 10 });
    nodes.set(name, node);
    return node;
  };
  for (const arrow of text.split(' ')) {
    const [from = '', to = ''] = arrow.split('>');
    heap.edge(at(from), 'property', to, at(to));
  }
  return { heap, at };
}

const lines = (heap: HeapBuilder, target: NodeOrdinal, question: Partial<CollectOptions> = {}) =>
  pictureLines(chain(heap, target, question));

describe('a chain', () => {
  it('is the shortest path from a root, and nothing else', () => {
    const { heap, at } = drawHeap('g>a a>b b>t g>c c>t x>t');
    expect(lines(heap, at('t'))).toEqual(['C -.t-> T', 'globalThis -.c-> C']);
  });

  it('may be 150 steps long', () => {
    const heap = new HeapBuilder();
    let last = heap.global;
    for (let i = 0; i < 150; i++) {
      const next = heap.node('object', `N${i}`);
      heap.edge(last, 'property', 'next', next);
      last = next;
    }
    const { nodes, edges, limits } = chain(heap, last);
    expect([nodes.length, edges.length]).toEqual([151, 150]);
    expect(nodes.at(-1)).toMatchObject({ label: 'globalThis', depth: 150 });
    expect(limits).toEqual({ depth: false, fanIn: false, nodes: false });
  });

  it('says if there is none', () => {
    const { heap, at } = drawHeap('g>a x>t');
    const { nodes, edges } = chain(heap, at('t'));
    expect(nodes.map(({ label, preview }) => [label, preview])).toEqual([
      ['T @9', 'not reachable'],
    ]);
    expect(edges).toEqual([]);
  });

  it('does not go through weak references', () => {
    const { heap, at } = drawHeap('g>a a>b');
    heap.edge(heap.global, 'weak', 'w', at('b'));
    expect(lines(heap, at('b'), { weak: true })).toEqual(['A -.b-> B', 'globalThis -.a-> A']);
  });

  it('takes a longer path if the nearest holder is hidden, even far away', () => {
    // g ──> n ──> m ──> t is shortest; without n only g ──> p ──> q ──> r ──> m is left
    const { heap, at } = drawHeap('g>n n>m m>t g>p p>q q>r r>m');
    const hide = [parsePattern('N')];
    const expected = ['globalThis -.p-> P', 'M -.t-> T', 'P -.q-> Q', 'Q -.r-> R', 'R -.m-> M'];
    expect(lines(heap, at('t'), { hide })).toEqual(expected);
    expect(pictureLines(collect(heap, at('t'), { hide, depth: 1 }))).toEqual(expected);
  });

  it('ends at what --stop names', () => {
    const { heap, at } = drawHeap('g>a a>b b>t');
    expect(lines(heap, at('t'), { stop: [parsePattern('B')] })).toEqual([
      '1 beyond --stop: 1 A --> B',
      'B -.t-> T',
    ]);
  });

  it('is cut by --max-nodes', () => {
    const { heap, at } = drawHeap('g>a a>b b>t');
    expect(lines(heap, at('t'), { maxNodes: 2 })).toEqual(['1 more: 1 A --> B', 'B -.t-> T']);
  });
});

describe('--paths', () => {
  it('share nothing', () => {
    const { heap, at } = drawHeap('g>a a>t g>b b>c c>t g>d d>e e>t');
    expect(lines(heap, at('t'), { paths: 2 })).toHaveLength(5);
    expect(lines(heap, at('t'), { paths: 3 })).toHaveLength(8);
    expect(lines(heap, at('t'), { paths: 9 })).toHaveLength(8);
  });

  it('are found where the shortest path blocks all others', () => {
    // g ──> a ──> b ──> t is shortest, but only g ──> a ──> d ──> t and g ──> c ──> e ──> b ──> t are two
    const { heap, at } = drawHeap('g>a a>b b>t a>d d>f f>t g>c c>e e>b');
    expect(lines(heap, at('t'), { paths: 2 })).toEqual([
      'A -.d-> D',
      'B -.t-> T',
      'C -.e-> E',
      'D -.f-> F',
      'E -.b-> B',
      'F -.t-> T',
      'globalThis -.a-> A',
      'globalThis -.c-> C',
    ]);
  });

  it('share what all paths lead through, and show what that retains', () => {
    // g ──> a ──> hub, g ──> b ──> c ──> hub;  hub ──> t, hub ──> x
    const { heap, at } = drawHeap('g>a a>h g>b b>c c>h h>t h>x');
    const subgraph = chain(heap, at('t'), { paths: 2 });
    expect(pictureLines(subgraph)).toEqual([
      'A -.h-> H',
      'B -.c-> C',
      'C -.h-> H',
      'globalThis -.a-> A',
      'globalThis -.b-> B',
      'H -.t-> T',
    ]);
    const bold = subgraph.nodes.filter(({ dominator }) => dominator);
    expect(bold.map(({ name, retainedSize }) => [name, retainedSize])).toEqual([['H', 30]]);
  });

  it('of backrefs come before anything else that is drawn', () => {
    const { heap, at } = drawHeap('g>a a>b b>t g>d d>e e>f f>t');
    const options = { depth: 0, paths: 2 };
    expect(pictureLines(collect(heap, at('t'), options))).toHaveLength(7);
  });
});

/** A heap of objects only, so that each arrow is one reference; some hang from roots of the engine. */
function randomObjects(seed: number): { readonly heap: HeapBuilder; readonly count: number } {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const heap = new HeapBuilder();
  const { global } = heap;
  const count = 4 + below(9);
  const nodes = Array.from({ length: count }, (_, i) =>
    heap.node('object', `N${i}`, { size: 1 + i }),
  );
  const any = () => nodes[below(count)] as NodeOrdinal;
  for (let e = 1 + below(3); e > 0; e--) heap.edge(global, 'property', `r${e}`, any());
  for (let e = below(2.5 * count); e > 0; e--) heap.edge(any(), 'property', `p${e}`, any());
  return { heap, count };
}

/** The targets of each node, by ordinal, directly from what was built. */
function arrowsOf(heap: HeapBuilder): ReadonlyMap<number, ReadonlySet<number>> {
  return new Map(
    heap.edges.map((edges, from) => [from, new Set(edges.map(({ to }) => to as number))]),
  );
}

/** Every simple path from the global object to a node, as lists of the nodes in between. */
function allWays(heap: HeapBuilder, target: number): readonly (readonly number[])[] {
  const arrows = arrowsOf(heap);
  const ways: number[][] = [];
  const go = (at: number, inner: readonly number[]) => {
    for (const next of arrows.get(at) ?? []) {
      if (next === target) ways.push([...inner]);
      else if (next !== heap.global && !inner.includes(next)) go(next, [...inner, next]);
    }
  };
  go(heap.global, []);
  return ways;
}

/** The largest number of different paths no two of which share a node that is not on all. */
function mostDifferent(
  ways: readonly (readonly number[])[],
  shared: ReadonlySet<number>,
  limit: number,
) {
  const own = ways.map((way) => way.filter((node) => !shared.has(node)));
  let best = 0;
  const choose = (from: number, used: ReadonlySet<number>, count: number) => {
    best = Math.max(best, count);
    for (let i = from; i < own.length && best < limit; i++) {
      const way = own[i] as number[];
      if (way.some((node) => used.has(node))) continue;
      choose(i + 1, new Set([...used, ...way]), count + 1);
    }
  };
  choose(0, new Set(), 0);
  return best;
}

/** The number of paths in a picture: as many as lines arrive where paths part. */
function waysDrawn({ edges, targets }: Subgraph, root: string): readonly (readonly string[])[] {
  const ways: string[][] = [];
  const go = (at: string, inner: readonly string[]) => {
    const holders = new Set(edges.filter(({ to }) => to === at).map(({ from }) => from));
    for (const from of holders) {
      if (from === root) ways.push([...inner]);
      else if (!inner.includes(from)) go(from, [...inner, from]);
    }
  };
  go(targets[0] ?? '', []);
  return ways;
}

describe('in 500 random heaps', () => {
  const LIMIT = 3;

  it('there is a chain exactly if there is a path, and none is shorter', () => {
    const wrong = seeds(500).filter((seed) => {
      const { heap, count } = randomObjects(seed);
      const target = (heap.global + 1 + (seed % count)) as NodeOrdinal;
      const ways = allWays(heap, target).map((way) => way.length);
      const view = buildHeapView(heap.facts(), new FrameIndex([]));
      const { edges } = collectChain(view, [target], WALK_OPTIONS, SOURCE);
      // parallel references are one step
      const steps = new Set(edges.map(({ from, to }) => `${from} ${to}`)).size;
      return steps !== (ways.length === 0 ? 0 : Math.min(...ways) + 1);
    });
    expect(wrong).toEqual([]);
  });

  it('there are as many paths as can differ, and they share what all paths share', () => {
    const wrong = seeds(500).flatMap((seed) => {
      const { heap, count } = randomObjects(seed);
      const target = (heap.global + 1 + (seed % count)) as NodeOrdinal;
      const ways = allWays(heap, target);
      if (ways.length === 0) return [];
      const all = [...(ways[0] ?? [])].filter((node) => ways.every((way) => way.includes(node)));
      const view = buildHeapView(heap.facts(), new FrameIndex([]));
      const options = { ...WALK_OPTIONS, paths: LIMIT };
      const subgraph = collectChain(view, [target], options, SOURCE);
      const id = (node: number) => `@${view.graph.idOf(node as NodeOrdinal)}`;
      const bold = subgraph.nodes.filter(({ dominator }) => dominator).map((node) => node.id);
      const found: string[] = [];
      if (bold.sort().join() !== all.map(id).sort().join()) found.push(`${seed}: bold ${bold}`);
      for (const { id: name, retainedSize } of subgraph.nodes.filter(
        ({ dominator }) => dominator,
      )) {
        const expected = bytesGone(heap, Number(name.slice(1)));
        if (retainedSize !== expected)
          found.push(`${seed}: ${name} retains ${retainedSize}, not ${expected}`);
      }
      const most = mostDifferent(ways, new Set(all), LIMIT);
      const drawn = waysDrawn(subgraph, id(heap.global));
      const inner = drawn.map((way) => way.map((name) => (Number(name.slice(1)) - 1) / 2));
      const different = mostDifferent(inner, new Set(all), LIMIT);
      if (different !== most) found.push(`${seed}: ${different} ways of ${most}`);
      return found;
    });
    expect(wrong).toEqual([]);
  });
});

/**
 * The bytes that are unreachable without an object, which none of the engine's roots holds here.
 */
function bytesGone(heap: HeapBuilder, id: number): number {
  const arrows = arrowsOf(heap);
  const reach = (without: number) => {
    const seen = new Set<number>([heap.root]);
    for (const at of seen) for (const to of arrows.get(at) ?? []) if (to !== without) seen.add(to);
    return seen;
  };
  const left = reach((id - 1) / 2);
  const gone = [...reach(-1)].filter((node) => !left.has(node));
  return gone.reduce((sum, node) => sum + (heap.nodes[node]?.size ?? 0), 0);
}
