import { describe, expect, test } from 'vitest';
import { collectBackrefs } from '../../../src/collect/collect-backrefs.js';
import type { Subgraph, SubgraphEdge } from '../../../src/collect/picture/subgraph.js';
import { FrameIndex } from '../../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../../src/graph/ordinals.js';
import { unfoldRows } from '../../../src/report/sentences/unfold-rows.js';
import { seeds } from '../../support/cases.js';
import { HeapBuilder } from '../../support/heap-builder.js';
import { randomHeap } from '../../support/random-heap.js';
import { type RawHeap, type RawNode, readRawHeap } from '../../support/raw-heap.js';
import { reached } from '../../support/slow-reach.js';
import { WALK_OPTIONS } from '../../support/walk-options.js';
import { SOURCE } from '../invariants.js';
import { randomTangle } from './random-tangle.js';

const PLAIN = { ...WALK_OPTIONS, group: false, maxNodes: 10_000, fanIn: 10_000 };

function draw(view: HeapView, target: NodeOrdinal, everything: boolean): Subgraph {
  return collectBackrefs(view, [target], { ...PLAIN, everything }, SOURCE);
}

/** Everything that the roots reach without passing through one node. */
function reachedAround(heap: RawHeap, node: RawNode): ReadonlySet<RawNode> {
  return reached(heap, new Set(node.out));
}

function key({ from, to, label }: SubgraphEdge): string {
  return `${from} ${label} ${to}`;
}

/**
 * References that are drawn only with `--everything`, but are on a path from a root that passes no
 * object twice.
 */
function lost(heap: HeapBuilder): readonly string[] {
  const view = buildHeapView(heap.facts({}), new FrameIndex([]));
  const raw = readRawHeap(heap.bytes({}));
  return heap.nodes.flatMap((_, index) => {
    const target = index as NodeOrdinal;
    if (view.rootDistances.of(target) < 0) return [];
    const [whole, essential] = [draw(view, target, true), draw(view, target, false)];
    // folded objects are a separate matter
    if ((essential.left?.folded.references ?? 0) > 0) return [];
    if (essential.nodes.some(({ count }) => count !== undefined)) return [];
    const { nodes, edges } = unfoldRows(essential);
    const kept = new Set(edges.map(key));
    const drawn = new Set(nodes.map(({ id }) => id));
    return whole.edges
      .filter((edge) => edge.type !== 'more' && !kept.has(key(edge)))
      .filter((edge) => {
        const [from, to] = [edge.from, edge.to].map((id) => raw.byId.get(Number(id.slice(1))));
        if (from === undefined || to === undefined) return true;
        if (from === to) return false;
        // its target is not drawn either: it lives through drawn objects
        if (!drawn.has(edge.to)) return !nodes.some(({ id }) => isDominated(raw, to, id));
        return reachedAround(raw, to).has(from);
      })
      .map((edge) => `@${2 * target + 1}: ${key(edge)}`);
  });
}

function isOwn(raw: RawHeap, from: string, to: string): boolean {
  const [holder, held] = [from, to].map((id) => raw.byId.get(Number(id.slice(1))));
  return holder !== undefined && held !== undefined && !reachedAround(raw, held).has(holder);
}

function isDominated(raw: RawHeap, node: RawNode, id: string): boolean {
  const by = raw.byId.get(Number(id.slice(1)));
  return by !== undefined && by !== node && !reachedAround(raw, by).has(node);
}

describe('references from objects that the held object itself keeps alive', () => {
  test('are not drawn, but counted', () => {
    // globalThis ──.list──> List ──.row──> Row ──.cell──> Cell, which points back at Row and List
    const heap = new HeapBuilder();
    const list = heap.node('object', 'List');
    const row = heap.node('object', 'Row');
    const cell = heap.node('object', 'Cell');
    heap.edge(heap.global, 'property', 'list', list).edge(list, 'property', 'row', row);
    heap.edge(row, 'property', 'cell', cell).edge(cell, 'property', 'row', row);
    heap.edge(cell, 'property', 'list', list).edge(row, 'property', 'self', row);
    const view = buildHeapView(heap.facts({}), new FrameIndex([]));
    const { edges, left, nodes } = draw(view, row, false);
    expect(edges.map(({ label }) => label)).toEqual(['.row', '.list', '']);
    expect(left).toEqual({
      own: { objects: 1, references: 3 },
      folded: { objects: 0, references: 0 },
    });
    expect(nodes.map(({ label }) => label)).toContain('1 object that lives only through it');
  });

  test('are drawn if another root holds the same object', () => {
    // globalThis ──.list──> List ──.row──> Row ──.list──> List, and globalThis ──.row──> Row
    const heap = new HeapBuilder();
    const list = heap.node('object', 'List');
    const row = heap.node('object', 'Row');
    heap.edge(heap.global, 'property', 'list', list).edge(list, 'property', 'row', row);
    heap.edge(row, 'property', 'list', list).edge(heap.global, 'property', 'row', row);
    const view = buildHeapView(heap.facts({}), new FrameIndex([]));
    expect(draw(view, list, false).edges.map(({ label }) => label)).toContain('.list');
    expect(draw(view, list, false).left).toEqual(draw(view, list, true).left);
  });

  test('are on no path from a root to a target, in random heaps of the engine', () => {
    expect(seeds(300, 60).flatMap((seed) => lost(randomHeap(seed)))).toEqual([]);
  });

  test('are on no path from a root to a target, in random heaps of a program', () => {
    expect(seeds(200, 40).flatMap((seed) => lost(randomTangle(seed, 14).heap))).toEqual([]);
  });

  test('are none of those that are drawn, in random heaps of a program', () => {
    const wrong = seeds(200, 40).flatMap((seed) => {
      const { heap, objects } = randomTangle(seed, 14);
      const view = buildHeapView(heap.facts({}), new FrameIndex([]));
      const raw = readRawHeap(heap.bytes({}));
      return objects
        .filter((target) => view.rootDistances.of(target) >= 0)
        .flatMap((target) => {
          const { edges } = unfoldRows(draw(view, target, false));
          return edges.filter(({ from, to }) => isOwn(raw, from, to)).map(key);
        });
    });
    expect(wrong).toEqual([]);
  });

  test('of more objects than are looked at one by one elsewhere are left out, too', () => {
    // globalThis ──.list──> Array ──[i]──> Item ──.child──> Child, which points back at its Item; one Child in ten
    // is held by a Keeper, too
    const heap = new HeapBuilder();
    const [list, keeper] = [heap.node('object', 'Array'), heap.node('object', 'Keeper')];
    heap.edge(heap.global, 'property', 'list', list).edge(heap.global, 'property', 'keep', keeper);
    const items = Array.from({ length: 20_500 }, (_, i) => {
      const [item, child] = [heap.node('object', 'Item'), heap.node('object', 'Child')];
      heap.edge(list, 'element', i, item).edge(item, 'property', 'child', child);
      heap.edge(child, 'property', 'item', item);
      if (i % 10 === 0) heap.edge(keeper, 'property', `c${i}`, child);
      return item;
    });
    const view = buildHeapView(heap.facts({}), new FrameIndex([]));
    const options = { ...WALK_OPTIONS, everything: false };
    const picture = collectBackrefs(view, [items], options, SOURCE);
    const arrows = picture.edges.map(({ label, count = 1 }) => `${label} ${count}`);
    // nine children of ten live only by their item
    expect(arrows).toEqual(expect.arrayContaining(['[*] 20500', '.item 2050']));
    expect(picture.left?.own.references).toBe(20_500 - 2_050);
    const funnel = picture.edges.find(({ label }) => label === '[*]');
    expect(funnel?.holds).toEqual({ count: 20_500, of: 20_500 });
  });

  test('are counted exactly', () => {
    const wrong = seeds(200, 40).flatMap((seed) => {
      const { heap, objects } = randomTangle(seed, 12);
      const view = buildHeapView(heap.facts({}), new FrameIndex([]));
      return objects.filter((target) => {
        const [whole, essential] = [draw(view, target, true), draw(view, target, false)];
        const { own, folded } = essential.left ?? {
          own: { objects: 0, references: 0 },
          folded: { objects: 0, references: 0 },
        };
        const count = ({ nodes }: Subgraph) => nodes.filter(({ role }) => role !== 'more').length;
        const references = ({ edges }: Subgraph) =>
          edges
            .flatMap((edge) => edge.through?.edges ?? [edge])
            .filter(({ type }) => type !== 'more').length;
        return (
          references(whole) !== references(essential) + own.references + folded.references ||
          count(whole) !== count(essential) + own.objects + folded.objects
        );
      });
    });
    expect(wrong).toEqual([]);
  });
});
