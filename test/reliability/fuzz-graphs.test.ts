import { afterAll, describe, expect, test } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import { cutReferences } from '../../src/collect/collect-cut.js';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parseCut } from '../../src/question/cut-rule.js';
import { parsePattern } from '../../src/question/pattern.js';
import type { CollectOptions } from '../../src/question/walk-options.js';
import { InvariantChecker, SOURCE } from '../collect/invariants.js';
import { caseCount, countResult, sayProgress } from '../support/count-result.js';
import { type BuiltEdge, HeapBuilder } from '../support/heap-builder.js';
import { type Dice, diceOf } from '../support/mutate-snapshot.js';
import { randomHeap, seededRandom } from '../support/random-heap.js';
import { WALK_OPTIONS } from '../support/walk-options.js';

const GRAPHS = caseCount(80, 2_000);
const sums = { graphs: 0, pictures: 0, hidden: 0 };

afterAll(() => {
  const { graphs, pictures } = sums;
  countResult('random graphs: invariants, --hide, --stop, --cut', { graphs, pictures });
});

/** Objects that hold each other, all below the global object or garbage: no node is folded. */
function plainHeap({ below, pick }: Dice): HeapBuilder {
  const heap = new HeapBuilder();
  const objects = Array.from({ length: 2 + below(10) }, (_, i) =>
    heap.node('object', `N${i}`, { size: 8 + below(50) }),
  );
  for (let e = below(3 * objects.length); e > 0; e--) {
    heap.edge(pick([heap.global, ...objects]), 'property', `e${e}`, pick(objects));
  }
  return heap;
}

/** The same heap without some references. */
function without(heap: HeapBuilder, isGone: (from: number, edge: BuiltEdge) => boolean) {
  const other = new HeapBuilder();
  for (const { type, name, ...options } of heap.nodes.slice(1)) other.node(type, name, options);
  for (const [from, edges] of heap.edges.entries()) {
    other.edges[from] = edges.filter((edge) => !isGone(from, edge));
  }
  return other;
}

/** Leaves nothing out. */
const WHOLE = { ...WALK_OPTIONS, depth: 100, fanIn: 100, maxNodes: 1000, group: false };

const viewOf = (heap: HeapBuilder) => buildHeapView(heap.facts(), new FrameIndex([]));
const idOf = (node: number) => `@${2 * node + 1}`;

function optionsOf({ below, pick }: Dice): CollectOptions {
  const limits = { depth: below(5), fanIn: 1 + below(4), maxNodes: 3 + below(20) };
  const toRoots = pick([true, true, false]);
  return { ...WALK_OPTIONS, ...limits, toRoots, group: false };
}

/** The drawn parts, without texts about them. */
function shapeOf({ nodes, edges }: Subgraph) {
  return { nodes: nodes.map(({ id }) => id), edges: edges.map((e) => [e.from, e.label, e.to]) };
}

function forEachGraph(check: (dice: Dice, heap: HeapBuilder, seed: number) => void): void {
  for (let seed = 1; seed <= GRAPHS; seed++) {
    sayProgress(seed, GRAPHS);
    const dice = diceOf(seededRandom(seed));
    check(dice, plainHeap(dice), seed);
    sums.graphs++;
  }
}

/** Draws a picture and checks every invariant. */
function draw(heap: HeapBuilder, target: NodeOrdinal, options: CollectOptions): Subgraph {
  const view = viewOf(heap);
  expect(new InvariantChecker(view).violations([target], options)).toEqual([]);
  sums.pictures++;
  return collectBackrefs(view, [target], options, SOURCE);
}

describe('on random graphs', { timeout: 60_000 + GRAPHS * 100 }, () => {
  test('every picture keeps every invariant, whatever the limits', () => {
    for (let seed = 1; seed <= GRAPHS; seed++) {
      sayProgress(seed, GRAPHS);
      const dice = diceOf(seededRandom(seed));
      const heap = randomHeap(seed);
      const options = { ...optionsOf(dice), weak: seed % 2 === 0, internals: seed % 5 === 0 };
      draw(heap, (1 + dice.below(heap.nodes.length - 1)) as NodeOrdinal, options);
      sums.graphs++;
    }
  });

  test('--cut answers as the heap without these references does', () => {
    forEachGraph((dice, heap, seed) => {
      const [from, to] = [1, 1].map((n) => n + dice.below(heap.nodes.length - 1)) as [
        NodeOrdinal,
        NodeOrdinal,
      ];
      const target = (1 + dice.below(heap.nodes.length - 1)) as NodeOrdinal;
      const options = optionsOf(dice);
      const rule = `${idOf(from)}->${idOf(to)}`;
      const count = heap.edges[from]?.filter((edge) => edge.to === to).length ?? 0;
      // a reference from garbage or from an object to itself does not hold
      const isNothing = from === to || count === 0 || !reachableIn(heap).has(from);
      const made = cutOrNull(heap, rule);
      if (made === null) {
        expect(isNothing, `graph ${seed}, ${rule}`).toBe(true);
        return;
      }
      const { view, answer } = made;
      const isGone = (holder: number, edge: BuiltEdge) => holder === from && edge.to === to;
      const expected = draw(without(heap, isGone), target, options);
      const cut = collectBackrefs(view, [target], options, SOURCE);
      expect(shapeOf(cut), `graph ${seed}, ${rule}`).toEqual(shapeOf(expected));
      if (!isNothing) expect(answer.rules).toEqual([{ text: rule, count }]);
      expect(answer.freed, `graph ${seed}, ${rule}`).toEqual(
        freedBetween(heap, without(heap, isGone)),
      );
    });
  });

  test('--hide leaves an object out, and the rest is as if it held nothing', () => {
    forEachGraph((dice, heap, seed) => {
      const [hidden, target] = twoObjects(heap, dice);
      const hide = [parsePattern(idOf(hidden))];
      const limited = draw(heap, target, { ...optionsOf(dice), hide });
      expect(limited.nodes.map(({ id }) => id)).not.toContain(idOf(hidden));
      // the kept ones of many are chosen by paths that may lead through it, so all are compared
      const all = realEdges(draw(heap, target, { ...WHOLE, hide }));
      const other = without(heap, (from) => from === hidden);
      // an object that only the hidden one holds is not garbage, and is drawn as a holder
      if (freedBetween(heap, other).count > 0) return;
      sums.hidden++;
      const expected = realEdges(draw(other, target, WHOLE));
      expect(all.map(String).sort(), `graph ${seed}, ${idOf(hidden)}`).toEqual(
        expected.map(String).sort(),
      );
    });
    expect(sums.hidden).toBeGreaterThan(GRAPHS / 10);
  });

  test('--stop draws an object and nothing that holds it', () => {
    forEachGraph((dice, heap, seed) => {
      const [stopped, target] = twoObjects(heap, dice);
      const options = optionsOf(dice);
      const question = { ...options, stop: [parsePattern(idOf(stopped))] };
      const drawn = draw(heap, target, question);
      const into = drawn.edges.filter(({ to, type }) => to === idOf(stopped) && type !== 'more');
      expect(into, `graph ${seed}, ${idOf(stopped)}`).toEqual([]);
      // a path to a root may end there, so the previous holder is still drawn
      const whole = draw(heap, target, WHOLE);
      const known = new Set(realEdges(whole).map(String));
      expect(realEdges(drawn).filter((edge) => !known.has(String(edge)))).toEqual([]);
    });
  });
});

function twoObjects(heap: HeapBuilder, dice: Dice): [NodeOrdinal, NodeOrdinal] {
  const objects = heap.nodes.flatMap(({ name }, n) => (/^N\d/.test(name) ? [n] : []));
  const target = dice.pick(objects);
  return [dice.pick(objects.filter((n) => n !== target)), target] as [NodeOrdinal, NodeOrdinal];
}

/** The edges without the counts of omitted ones. */
function realEdges({ edges }: Subgraph) {
  return edges.filter(({ type }) => type !== 'more').map((e) => [e.from, e.label, e.to]);
}

/** The objects that are reachable in one heap and not in the other, by the simplest search. */
function freedBetween(before: HeapBuilder, after: HeapBuilder) {
  const left = reachableIn(after);
  const freed = [...reachableIn(before)].filter((node) => !left.has(node));
  return {
    count: freed.length,
    bytes: freed.reduce((sum, node) => sum + (before.nodes[node]?.size ?? 0), 0),
  };
}

function reachableIn(heap: HeapBuilder): ReadonlySet<number> {
  const found = new Set<number>([heap.root]);
  for (const node of found) for (const { to } of heap.edges[node] ?? []) found.add(to);
  return found;
}

/** Null for a rule that matches no reference. */
function cutOrNull(heap: HeapBuilder, rule: string) {
  try {
    return cutReferences(viewOf(heap), [parseCut(rule)]);
  } catch (error) {
    expect(String(error)).toContain('matches no reference');
    return null;
  }
}
