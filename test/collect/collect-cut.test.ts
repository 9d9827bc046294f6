import { describe, expect, it } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import { cutReferences } from '../../src/collect/collect-cut.js';
import type { CutAnswer } from '../../src/collect/picture/subgraph.js';
import { type Frame, FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parseCut } from '../../src/question/cut-rule.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { frame } from './draw.js';
import { SOURCE } from './invariants.js';
import { pictureLines } from './picture-lines.js';

function cut(
  heap: HeapBuilder,
  target: NodeOrdinal,
  rules: readonly string[],
  frames: readonly Frame[] = [],
): { readonly lines: readonly string[]; readonly answer: CutAnswer } {
  const whole = buildHeapView(heap.facts(), new FrameIndex(frames));
  const { view, answer } = cutReferences(whole, rules.map(parseCut));
  const subgraph = collectBackrefs(view, [target], WALK_OPTIONS, SOURCE);
  return { lines: pictureLines(subgraph), answer };
}

/** global ──.a──> A ──.x, .y──> Foo (100 B) ──> Bar (10 B);   global ──.b──> B ──.x──> Foo */
function twoHolders() {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo', { size: 100 });
  const [a, b] = [heap.node('object', 'A', { size: 1 }), heap.node('object', 'B', { size: 2 })];
  heap.edge(heap.global, 'property', 'a', a).edge(heap.global, 'property', 'b', b);
  heap.edge(a, 'property', 'x', foo).edge(a, 'property', 'y', foo).edge(b, 'property', 'x', foo);
  heap.edge(foo, 'property', 'bar', heap.node('object', 'Bar', { size: 10 }));
  return { heap, foo };
}

describe('--cut', () => {
  it.each([
    ['A->Foo', 2, ['B -.x-> Foo', 'globalThis -.b-> B']],
    ['@5->@3', 2, ['B -.x-> Foo', 'globalThis -.b-> B']],
    ['class:A->class:Foo', 2, ['B -.x-> Foo', 'globalThis -.b-> B']],
    ['a->Foo', 2, ['B -.x-> Foo', 'globalThis -.b-> B']],
    ['/^A$/->/^F/', 2, ['B -.x-> Foo', 'globalThis -.b-> B']],
    ['A->.y', 1, ['A -.x-> Foo', 'B -.x-> Foo', 'globalThis -.a-> A', 'globalThis -.b-> B']],
    ['A->Foo @3', 2, ['B -.x-> Foo', 'globalThis -.b-> B']],
    ['A->has:bar', 2, ['B -.x-> Foo', 'globalThis -.b-> B']],
  ])('%s removes %i references', (rule, count, expected) => {
    const { heap, foo } = twoHolders();
    const { lines, answer } = cut(heap, foo, [rule]);
    expect(lines).toEqual(expected);
    expect(answer).toEqual({ rules: [{ text: rule, count }], freed: { count: 0, bytes: 0 } });
  });

  it.each([
    ['A->Nobody', 'nothing called "A" holds "Nobody"; name them as a picture does'],
    ['A->Fooo', 'nothing called "A" holds "Fooo"; did you mean "Foo"?'],
    ['A->.xx', 'nothing called "A" holds ".xx"; did you mean ".x"?'],
    ['Barr->Foo', 'nothing in the heap is called "Barr"; did you mean "Bar"?'],
    ['/nobody/->Foo', 'nothing in the heap is called "/nobody/"; name them as a picture does'],
  ])('%s is refused: it matches no reference', (rule, words) => {
    const { heap, foo } = twoHolders();
    const ask = () => cut(heap, foo, ['B->Foo', rule]);
    expect(ask).toThrow(`cut "${rule}" matches no reference: ${words}`);
  });

  it('says what becomes unreachable', () => {
    const { heap, foo } = twoHolders();
    const { lines, answer } = cut(heap, foo, ['A->Foo', 'globalThis->b']);
    expect(lines).toEqual(['B -.x-> Foo']);
    expect(answer.freed).toEqual({ count: 3, bytes: 112 });
  });

  it('also removes the copies of a reference that the engine keeps', () => {
    // global ──.list──> Array ──[0]──> Foo, and ──elements──> (store) ──0──> Foo; Map ──table──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo', { size: 7 });
    const list = heap.node('object', 'Array');
    const store = heap.node('array', '(object elements)');
    const map = heap.node('object', 'Map');
    const table = heap.node('array', '', { size: 16 + 8 * (3 + 2 + 4 * 3) });
    heap.edge(heap.global, 'property', 'list', list).edge(list, 'element', 0, foo);
    heap.edge(list, 'internal', 'elements', store).edge(store, 'internal', '0', foo);
    heap.edge(heap.global, 'property', 'map', map).edge(map, 'internal', 'table', table);
    heap.edge(table, 'internal', '6', foo);
    expect(cut(heap, foo, ['Array->Foo']).lines).toEqual([
      'globalThis -.map-> Map',
      'Map -Map[primitive] →-> Foo',
    ]);
    expect(cut(heap, foo, ['Array->Foo', 'Map->Foo']).answer.freed).toEqual({ count: 1, bytes: 7 });
  });

  it('removes variables of paused frames', () => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo', { size: 7 });
    heap.edge(heap.rootGroup('(Stack roots)'), 'element', 0, foo);
    const frames = [frame('main', { x: foo })];
    expect(cut(heap, foo, ['main->x'], frames).answer).toEqual({
      rules: [{ text: 'main->x', count: 1 }],
      freed: { count: 1, bytes: 7 },
    });
  });

  it('leaves the heap unchanged', () => {
    const { heap, foo } = twoHolders();
    const whole = buildHeapView(heap.facts(), new FrameIndex([]));
    const before = whole.graph.edgeClasses.slice();
    cutReferences(whole, [parseCut('A->Foo')]);
    expect(whole.graph.edgeClasses).toEqual(before);
    expect(whole.rootDistances.of(foo)).toBe(3);
  });

  it('frees what is retained: dominators take the cut into account', () => {
    const { heap } = twoHolders();
    const whole = buildHeapView(heap.facts(), new FrameIndex([]));
    const { view } = cutReferences(whole, [parseCut('A->Foo')]);
    const b = 3 as NodeOrdinal;
    expect(whole.facts.retainedSizes.of(b)).toBe(2);
    expect(view.facts.retainedSizes.of(b)).toBe(112);
  });

  it.each(['A', 'A->', '->B', '', '/x->y/'])('"%s" is a usage error', (text) => {
    expect(() => parseCut(text)).toThrow(`cut "${text}" is not a reference`);
  });
});
