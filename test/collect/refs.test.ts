import { describe, expect, it } from 'vitest';
import { collectRefs } from '../../src/collect/collect-refs.js';
import { DEFAULT_COLLECT_OPTIONS } from '../../src/collect/walk/collect-options.js';
import { parsePattern } from '../../src/collect/walk/patterns.js';
import { Held } from '../../src/engine/folds/held.js';
import { Holders } from '../../src/engine/folds/holders.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { seeds } from '../support/cases.js';
import { FIXTURE_NAMES, fixtureFacts } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap } from '../support/random-heap.js';
import type { Question } from './draw.js';
import { InvariantChecker, SOURCE } from './invariants.js';
import { pictureLines } from './picture-lines.js';

/** What a node of a tiny heap holds, as lines; every invariant is checked on the way. */
function held(heap: HeapBuilder, target: NodeOrdinal, question: Question = {}): readonly string[] {
  const view = buildHeapView(heap.facts(), new FrameIndex([]));
  const options = { ...DEFAULT_COLLECT_OPTIONS, ...question };
  expect(new InvariantChecker(view).violations([target], options)).toEqual([]);
  return pictureLines(collectRefs(view, [target], options, SOURCE));
}

/** global ──.cache──> Map ──table──> (table); (table) ──key "k"──> string, ──value──> Foo ──.bar──> Bar */
function cache(): { readonly heap: HeapBuilder; readonly map: NodeOrdinal } {
  const heap = new HeapBuilder();
  const map = heap.node('object', 'Map');
  const table = heap.node('array', '', { size: 16 + 8 * (3 + 2 + 4 * 3) });
  const key = heap.node('string', 'k');
  const foo = heap.node('object', 'Foo');
  const bar = heap.node('object', 'Bar');
  heap.edge(heap.global, 'property', 'cache', map).edge(map, 'internal', 'table', table);
  heap.edge(table, 'internal', '5', key).edge(table, 'internal', '6', foo);
  heap.edge(foo, 'property', 'bar', bar);
  return { heap, map };
}

describe('what an object holds', () => {
  it('is drawn as it is from the other side: entries of a Map by their key', () => {
    const { heap, map } = cache();
    expect(held(heap, map)).toEqual([
      'Foo -.bar-> Bar',
      'Map -Map key-> string',
      'Map -Map["k"] →-> Foo',
    ]);
  });

  it('ends at --depth without a stub, and says so', () => {
    const { heap, map } = cache();
    const view = buildHeapView(heap.facts(), new FrameIndex([]));
    const options = { ...DEFAULT_COLLECT_OPTIONS, depth: 1 };
    const { nodes, limits, targets } = collectRefs(view, [map], options, SOURCE);
    expect(nodes.map(({ label, role, depth }) => [label, role, depth])).toEqual([
      ['Map @3', 'target', 0],
      ['string @7', 'holder', 1],
      ['Foo @9', 'holder', 1],
    ]);
    expect(limits).toEqual({ depth: true, fanIn: false, nodes: false });
    expect(targets).toEqual(['@3']);
  });

  it('leaves out shape and prototype, which every object has, and shows them with --internals', () => {
    // Foo ──map──> (shape), ──.__proto__──> Proto, ──.own──> Own
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const shape = heap.node('object shape', 'system / Map');
    const [proto, own] = [heap.node('object', 'Proto'), heap.node('object', 'Own')];
    heap.edge(heap.global, 'property', 'x', foo).edge(foo, 'internal', 'map', shape);
    heap.edge(foo, 'property', '__proto__', proto).edge(foo, 'property', 'own', own);
    expect(held(heap, foo)).toEqual(['Foo -.own-> Own']);
    expect(held(heap, foo, { internals: true })).toEqual([
      'Foo -.__proto__-> Proto',
      'Foo -.own-> Own',
      'Foo -{map}-> (Map)',
    ]);
  });

  it('goes through scopes that only the function holds, and stops at roots', () => {
    // f ──context──> scope ──x──> Foo;   scope ──previous──> module
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const f = heap.closure('f', { context: heap.context({ x: foo }) });
    heap.edge(heap.global, 'property', 'f', f).edge(f, 'property', 'all', heap.global);
    expect(held(heap, f)).toEqual(['f -.all-> globalThis', 'f -x-> Foo']);
  });

  it('says that there is nothing', () => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'x', foo);
    expect(held(heap, foo)).toEqual(['Foo: holds nothing']);
  });

  it('takes --hide and --stop', () => {
    const { heap, map } = cache();
    expect(held(heap, map, { hide: [parsePattern('Foo')] })).toEqual(['Map -Map key-> string']);
    expect(held(heap, map, { stop: [parsePattern('Foo')] })).toEqual([
      'Foo --> 1 behind --stop: 1 Bar',
      'Map -Map key-> string',
      'Map -Map["k"] →-> Foo',
    ]);
  });
});

/** Nodes of a fixture that are asked what they hold: any, and those that hold by a fold. */
const SAMPLES = 1000;

/** Every reference of a heap in words, by the slow way round: each object is asked who holds it. */
function allHolders(view: HeapView, options: { weak: boolean; internals: boolean }) {
  const holders = new Holders(view, options);
  const held = new Map<NodeOrdinal, string[]>();
  for (let n = 0; n < view.graph.nodeCount; n++) {
    for (const { from, label } of holders.of(n as NodeOrdinal)) {
      if ('frame' in from) continue;
      const list = held.get(from.node) ?? [];
      held.set(from.node, list);
      list.push(`${label} @${view.graph.idOf(n as NodeOrdinal)}`);
    }
  }
  return held;
}

function spread(nodes: readonly NodeOrdinal[]): readonly NodeOrdinal[] {
  const every = Math.ceil(nodes.length / SAMPLES);
  return nodes.filter((_, i) => i % every === 0);
}

/** Every reference that is found from one side only. */
function differences(
  view: HeapView,
  options: { weak: boolean; internals: boolean },
  nodes: Iterable<NodeOrdinal>,
  expected = allHolders(view, options),
): readonly string[] {
  const held = new Held(view, new Holders(view, options), options);
  const wrong: string[] = [];
  for (const node of nodes) {
    // the other nodes of a global are drawn as that one
    if ((view.facts.globalOf(node)?.object ?? node) !== node) continue;
    const found = held.of(node).flatMap((object) => {
      return object.references.map(({ label }) => `${label} @${view.graph.idOf(object.node)}`);
    });
    const [a, b] = [
      [...found].sort().join('\n'),
      [...(expected.get(node) ?? [])].sort().join('\n'),
    ];
    if (a !== b) wrong.push(`@${view.graph.idOf(node)}: ${a} instead of ${b}`.slice(0, 500));
  }
  return wrong;
}

describe('refs draws a reference exactly when backrefs does', () => {
  it.each(FIXTURE_NAMES)('in the heap of %s, whatever is asked', async (fixture) => {
    const view = buildHeapView(await fixtureFacts(fixture), new FrameIndex([]));
    const options = { weak: false, internals: false };
    const expected = allHolders(view, options);
    const folding = [...expected].filter(([, held]) => held.some((words) => /^[^.[{]/.test(words)));
    const all = Array.from({ length: view.graph.nodeCount }, (_, n) => n as NodeOrdinal);
    const nodes = [...spread(all), ...spread(folding.map(([node]) => node))];
    expect(differences(view, options, nodes, expected)).toEqual([]);
  });

  it.each([
    { weak: true, internals: false },
    { weak: false, internals: true },
    { weak: true, internals: true },
  ])('in 200 random heaps with %o', (options) => {
    const wrong = seeds(200).map((seed) => {
      const view = buildHeapView(randomHeap(seed).facts(), new FrameIndex([]));
      const nodes = Array.from({ length: view.graph.nodeCount }, (_, n) => n as NodeOrdinal);
      return differences(view, options, nodes);
    });
    expect(wrong.flat()).toEqual([]);
  });
});
