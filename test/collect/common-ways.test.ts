import { describe, expect, it } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import type { CollectOptions } from '../../src/question/walk-options.js';
import { chainSentences } from '../../src/report/sentences.js';
import { seeds } from '../support/cases.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { seededRandom } from '../support/random-heap.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { SOURCE } from './invariants.js';

interface Group {
  readonly heap: HeapBuilder;
  readonly members: readonly NodeOrdinal[];
}

function ask({ heap, members }: Group, question: Partial<CollectOptions> = {}): Subgraph {
  const view = buildHeapView(heap.facts(), new FrameIndex([]));
  return collectBackrefs(view, [members], { ...WALK_OPTIONS, ...question }, SOURCE);
}

function boxes({ nodes }: Subgraph): readonly string[] {
  return nodes.map(({ label }) => label.replace(/ @\d+$/, '')).sort();
}

/**
 * Members below up to four layers of holders: each object of a layer is held, by one of two
 * properties, by some of the next layer, which has few classes, and some by the global object.
 */
function layers(seed: number): Group {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const heap = new HeapBuilder();
  const { global } = heap;
  const members = Array.from({ length: 2 + below(5) }, () => heap.node('object', 'Member'));
  let level: readonly NodeOrdinal[] = members;
  const depth = 1 + below(4);
  for (let layer = 0; layer < depth; layer++) {
    const next = new Set<NodeOrdinal>();
    const shared = heap.node('object', `Shared${layer}`);
    for (const held of level) {
      const holders = Array.from({ length: 1 + below(3) }, () =>
        random() < 0.2 ? shared : heap.node('object', `${'AB'[below(2)]}${layer}`),
      );
      for (const holder of new Set(holders)) {
        heap.edge(holder, 'property', 'xy'[below(2)] as string, held);
        next.add(holder);
      }
      if (random() < 0.1) heap.edge(global, 'property', 'g', held);
    }
    level = [...next];
  }
  for (const [i, top] of level.entries()) heap.edge(global, 'property', `top${i % 2}`, top);
  return { heap, members };
}

/** The fewest steps, each of one class and property, that lead every member to the global object. */
function leastCommonSteps({ heap, members }: Group): number | null {
  const { global } = heap;
  let states: (readonly ReadonlySet<NodeOrdinal>[])[] = [
    members.map((member) => new Set([member])),
  ];
  for (let steps = 1; states.length > 0; steps++) {
    const next: (readonly ReadonlySet<NodeOrdinal>[])[] = [];
    for (const places of states) {
      for (const reached of stepsOfAll(heap, places)) {
        if (reached.every((place) => place.has(global))) return steps;
        next.push(reached);
      }
    }
    states = next;
  }
  return null;
}

function stepsOfAll(
  heap: HeapBuilder,
  places: readonly ReadonlySet<NodeOrdinal>[],
): readonly (readonly ReadonlySet<NodeOrdinal>[])[] {
  const byStep = new Map<string, Set<NodeOrdinal>[]>();
  for (const [holder, edges] of heap.edges.entries()) {
    for (const [i, place] of places.entries()) {
      const names = edges.filter(({ to }) => place.has(to)).map(({ name }) => name);
      // an object may hold another by both: that is a separate path
      const kind = `${heap.nodes[holder]?.name} ${names.join()}`;
      for (const step of names.length === 0 ? [] : [kind, `@${holder}`]) {
        const reached = byStep.get(step) ?? places.map(() => new Set<NodeOrdinal>());
        byStep.set(step, reached);
        reached[i]?.add(holder as NodeOrdinal);
      }
    }
  }
  return [...byStep.values()].filter((reached) => reached.every(({ size }) => size > 0));
}

/** Members of drawn groups that no drawn holder holds, although nothing was cut there. */
function membersLost({ heap }: Group, { nodes, edges }: Subgraph): readonly string[] {
  const ordinal = (id: string) => heap.nodes.findIndex((node) => `@${node.id}` === id);
  const insideOf = new Map(nodes.map((node) => [node.id, node.members ?? [node.id]]));
  return nodes.flatMap(({ id, role }) => {
    const into = edges.filter(({ to }) => to === id);
    if (role === 'root' || role === 'more' || into.some(({ type }) => type === 'more')) return [];
    const holders = into.flatMap(({ from }) => insideOf.get(from) ?? []).map(ordinal);
    return (insideOf.get(id) ?? []).filter((member) => {
      const to = ordinal(member);
      return !holders.some((holder) => heap.edges[holder]?.some((edge) => edge.to === to));
    });
  });
}

describe('the paths of objects that are drawn as one', () => {
  it.each(seeds(150))(
    'lose none of the objects, count none twice, and are not too long: heap %i',
    (seed) => {
      const group = layers(seed);
      const least = leastCommonSteps(group) ?? Number.POSITIVE_INFINITY;
      for (const depth of [0, 1, 3]) {
        const subgraph = ask(group, { depth, fanIn: 50 });
        const inside = subgraph.nodes.flatMap(({ id, members }) => members ?? [id]);
        expect(new Set(inside).size).toBe(inside.length);
        expect(membersLost(group, subgraph)).toEqual([]);
        const patterns = subgraph.patterns ?? [];
        expect(patterns.reduce((sum, { count }) => sum + count, 0)).toBe(group.members.length);
        if (depth === 0) continue;
        for (const { steps, count } of patterns) {
          expect(steps.length).toBeLessThanOrEqual(least);
          if (count < group.members.length && patterns.length > 1) continue;
          expect(steps.length).toBe(least);
        }
      }
    },
  );

  it('are one if each has several equally near holders: the order of ids does not matter', () => {
    //  global ──.all──> Array ──[i]──> Top ──.a .b .c──> A, B, C, each of which holds Item; made in turn
    const heap = new HeapBuilder();
    const all = heap.node('object', 'Array');
    heap.edge(heap.global, 'property', 'all', all);
    const members = Array.from({ length: 12 }, (_, i) => {
      const top = heap.node('object', 'Top');
      heap.edge(all, 'element', i, top);
      const names = ['A', 'B', 'C'];
      const holders = new Map(
        [0, 1, 2].map((k) => {
          const name = names[(i + k) % 3] as string;
          return [name, heap.node('object', name)] as const;
        }),
      );
      const item = heap.node('object', 'Item');
      for (const [name, holder] of holders) {
        heap
          .edge(top, 'property', name.toLowerCase(), holder)
          .edge(holder, 'property', 'item', item);
      }
      return item;
    });
    expect(chainSentences(ask({ heap, members }))).toHaveLength(1);
    // beyond the depth only the chosen path is drawn
    const leaf = members.map((item) => {
      const below = heap.node('object', 'Leaf');
      heap.edge(item, 'property', 'leaf', below);
      return below;
    });
    const picture = boxes(ask({ heap, members: leaf }, { depth: 1 }));
    expect(picture.filter((box) => /^[ABC] /.test(box))).toHaveLength(1);
    expect(picture).toContain('Top x 12');
    expect(picture.every((box) => /x 12$|^Array|^globalThis/.test(box))).toBe(true);
  });

  it('take the step that all have instead of the nearest of one', () => {
    //  global ──.list──> Array ──[i]──> Entry ──.item──> Item x 9, and global ──.last──> the last Item
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array');
    heap.edge(heap.global, 'property', 'list', list);
    const members = Array.from({ length: 9 }, (_, i) => {
      const [entry, item] = [heap.node('object', 'Entry'), heap.node('object', 'Item')];
      heap.edge(list, 'element', i, entry).edge(entry, 'property', 'item', item);
      return item;
    });
    heap.edge(heap.global, 'property', 'last', members[8] as NodeOrdinal);
    expect(chainSentences(ask({ heap, members }))).toEqual([
      'All 9 Item: each is property item of Entry, which is an element of Array, which is ' +
        'globalThis.list.',
    ]);
  });

  it('leave out objects that do not have the step, and count both kinds', () => {
    //  global ──.list──> Array ──[i]──> Entry ──.item──> Item x 7; Item x 2 <──.item── Other <── .other ── global
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array');
    heap.edge(heap.global, 'property', 'list', list);
    const members = Array.from({ length: 9 }, (_, i) => {
      const holder = heap.node('object', i < 7 ? 'Entry' : 'Other');
      const item = heap.node('object', 'Item');
      if (i < 7) heap.edge(list, 'element', i, holder);
      else heap.edge(heap.global, 'property', 'other', holder);
      heap.edge(holder, 'property', 'item', item);
      return item;
    });
    const subgraph = ask({ heap, members });
    expect(boxes(subgraph)).toEqual(['Array', 'Entry x 7', 'Item x 9', 'Other x 2', 'globalThis']);
    expect(subgraph.patterns?.map(({ count }) => count)).toEqual([7, 2]);
  });

  it('are one round of a list, the first object of which a variable holds', () => {
    //  global ──.last──> Node ──.hook──> Hook ──.before──> Node ──.hook──> …, and each Node ──.data──> Data
    const heap = new HeapBuilder();
    let before = heap.node('object', 'Node');
    const nodes = [before];
    for (let i = 0; i < 40; i++) {
      const [hook, node] = [heap.node('object', 'Hook'), heap.node('object', 'Node')];
      heap.edge(hook, 'property', 'before', before).edge(node, 'property', 'hook', hook);
      nodes.push(node);
      before = node;
    }
    heap.edge(heap.global, 'property', 'last', before);
    const members = nodes.map((node) => {
      const data = heap.node('object', 'Data');
      heap.edge(node, 'property', 'data', data);
      return data;
    });
    const subgraph = ask({ heap, members });
    expect(boxes(subgraph)).toEqual(['Data x 41', 'Hook x 40', 'Node x 41', 'globalThis']);
    expect(chainSentences(subgraph)).toEqual([
      '1 of 41 Data is property data of Node, which is globalThis.last; each of the 40 others is held ' +
        'by the next: its Node is property before of Hook, which is property hook of the next Node.',
    ]);
  });

  it('name the one object that holds all of them, however long the path', () => {
    //  global ──.a──> S0 ──.a──> … S5 ──.all──> Array ──[i]──> L5 ──.a──> … L0 ──.a──> Item
    const heap = new HeapBuilder();
    let top = heap.global;
    for (let i = 0; i < 6; i++) {
      const single = heap.node('object', `S${i}`);
      heap.edge(top, 'property', 'a', single);
      top = single;
    }
    const all = heap.node('object', 'Array');
    heap.edge(top, 'property', 'all', all);
    const members = Array.from({ length: 5 }, (_, k) => {
      const item = heap.node('object', 'Item');
      let held = item;
      for (let i = 0; i < 6; i++) {
        const holder = heap.node('object', `L${i}`);
        heap.edge(holder, 'property', 'a', held);
        held = holder;
      }
      heap.edge(all, 'element', k, held);
      return item;
    });
    expect(chainSentences(ask({ heap, members }))).toEqual([
      'All 5 Item: each is property a of L0, which is property a of L1, and so on through 3 more ' +
        'objects up to L5, which is an element of Array, which is property all of S5, and so on ' +
        'through 2 more objects up to S2, which is property a of S1, which is property a of S0, ' +
        'which is globalThis.a.',
    ]);
  });
});
