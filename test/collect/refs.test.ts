import { describe, expect, it } from 'vitest';
import { collectRefs } from '../../src/collect/collect-refs.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../src/engine/heap-view.js';
import { Held } from '../../src/engine/references/held.js';
import { Holders } from '../../src/engine/references/holders.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parsePattern } from '../../src/question/pattern.js';
import { labelOf } from '../../src/words/labels.js';
import { sampleOf, seeds } from '../support/cases.js';
import { FIXTURE_NAMES, fixtureFacts } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap } from '../support/random-heap.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import type { Question } from './draw.js';
import { InvariantChecker, SOURCE } from './invariants.js';
import { pictureLines } from './picture-lines.js';

/** The objects that a node of a tiny heap holds, as lines; checks every invariant on the way. */
function held(heap: HeapBuilder, target: NodeOrdinal, question: Question = {}): readonly string[] {
  const view = buildHeapView(heap.facts(), new FrameIndex([]));
  const options = { ...WALK_OPTIONS, ...question };
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
  it('is drawn as from the other side: entries of a Map by their key', () => {
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
    const options = { ...WALK_OPTIONS, depth: 1 };
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
      'Foo --> 1 beyond --stop: 1 Bar',
      'Map -Map key-> string',
      'Map -Map["k"] →-> Foo',
    ]);
  });
});

/** The objects that a node holds, by label and name. */
function heldBy(heap: HeapBuilder, target: NodeOrdinal): readonly string[] {
  const view = buildHeapView(heap.facts(), new FrameIndex([]));
  const options = { ...WALK_OPTIONS, depth: 1 };
  const { edges, nodes } = collectRefs(view, [target], options, SOURCE);
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return edges.map(({ label, to }) => `${label} ${names.get(to)}`).sort();
}

describe('a node that pictures fold shows what it holds when it is asked for', () => {
  it('the table and the list of listeners of an EventEmitter', () => {
    // global ──.app──> EventEmitter ──._events──> Object ──.data──> Array ──[i]──> a, b; ──.end──> c
    const heap = new HeapBuilder();
    const emitter = heap.node('object', 'EventEmitter');
    const events = heap.node('object', 'Object');
    const list = heap.node('object', 'Array');
    const [a, b, c] = ['a', 'b', 'c'].map((name) => heap.node('closure', name)) as NodeOrdinal[];
    heap.edge(heap.global, 'property', 'app', emitter).edge(emitter, 'property', '_events', events);
    heap.edge(events, 'property', 'data', list).edge(events, 'property', 'end', c);
    heap.edge(list, 'element', 0, a).edge(list, 'element', 1, b);
    expect(heldBy(heap, emitter)).toEqual([
      'listener "data" a',
      'listener "data" b',
      'listener "end" c',
    ]);
    expect(heldBy(heap, events)).toEqual(['.end c', 'listener "data" a', 'listener "data" b']);
    expect(heldBy(heap, list)).toEqual(['[0] a', '[1] b']);
  });

  it('a Listener of an EventTarget, which is in a separate list', () => {
    // target ──kEvents──> Map ──table──> (table) ──value──> Object ──.next──> Listener ──.callback──> f
    const heap = new HeapBuilder();
    const target = heap.node('object', 'EventTarget');
    const map = heap.node('object', 'Map');
    const table = heap.node('array', '', { size: 152 });
    const list = heap.node('object', 'Object');
    const listener = heap.node('object', 'Listener');
    const callback = heap.node('closure', 'f');
    heap.edge(heap.global, 'property', 'target', target);
    heap.edge(target, 'property', '<symbol kEvents>', map).edge(map, 'internal', 'table', table);
    heap.edge(table, 'internal', '5', heap.node('string', 'tick'));
    heap.edge(table, 'internal', '6', list).edge(list, 'property', 'next', listener);
    heap.edge(listener, 'property', 'callback', callback);
    expect(heldBy(heap, target)).toEqual(['listener "tick" f']);
    expect(heldBy(heap, listener)).toEqual(['.callback f']);
    expect(heldBy(heap, list)).toEqual(['.next f']);
  });

  it('the scope of one function, with its variables by name', () => {
    // global ──.f──> f ──context──> Context ──x──> Foo
    const heap = new HeapBuilder();
    const closure = heap.node('closure', 'f');
    const scope = heap.node('object', 'system / Context');
    heap.edge(heap.global, 'property', 'f', closure).edge(closure, 'internal', 'context', scope);
    heap.edge(scope, 'context', 'x', heap.node('object', 'Foo'));
    expect(heldBy(heap, closure)).toEqual(['x Foo']);
    expect(heldBy(heap, scope)).toEqual(['x Foo']);
  });

  it('the reaction of a promise, and the registers of a generator', () => {
    const heap = new HeapBuilder();
    const promise = heap.node('object', 'Promise');
    const reaction = heap.node('hidden', 'system / PromiseReaction');
    const generator = heap.node('object', 'gen');
    const registers = heap.node('array', '');
    heap.edge(heap.global, 'property', 'p', promise).edge(heap.global, 'property', 'g', generator);
    heap.edge(promise, 'internal', 'reactions_or_result', reaction);
    heap.edge(reaction, 'hidden', 1, heap.node('closure', 'then'));
    heap.edge(generator, 'internal', 'parameters_and_registers', registers);
    heap.edge(registers, 'internal', '2', heap.node('object', 'Foo'));
    expect(heldBy(heap, reaction)).toEqual(['then callback then']);
    expect(heldBy(heap, registers)).toEqual(['{2} Foo']);
  });
});

/** Nodes of a fixture whose held objects are checked: any, and those that hold by a fold. */
const SAMPLES = 1000;

/** Every reference of a heap in words, found slowly: by asking for the holders of each object. */
function allHolders(view: HeapView, options: { weak: boolean; internals: boolean }) {
  const holders = new Holders(view, options);
  const held = new Map<NodeOrdinal, string[]>();
  for (let n = 0; n < view.graph.nodeCount; n++) {
    for (const { from, meaning } of holders.of(n as NodeOrdinal)) {
      if ('frame' in from) continue;
      const list = held.get(from.node) ?? [];
      held.set(from.node, list);
      list.push(`${labelOf(meaning)} @${view.graph.idOf(n as NodeOrdinal)}`);
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
      return object.references.map(
        ({ meaning }) => `${labelOf(meaning)} @${view.graph.idOf(object.node)}`,
      );
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
  // for each heap, all holders of all objects are searched
  const heaps = sampleOf(FIXTURE_NAMES, ['node-26', 'bun-1.4']);

  it.each(heaps)('in the heap of %s, whatever is asked', async (fixture) => {
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
