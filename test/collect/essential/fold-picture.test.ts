import { describe, expect, test } from 'vitest';
import { collectBackrefs } from '../../../src/collect/collect-backrefs.js';
import { collectChain } from '../../../src/collect/collect-chain.js';
import { mergeAlikeNames } from '../../../src/collect/essential/alike-names.js';
import type { Subgraph, SubgraphEdge } from '../../../src/collect/picture/subgraph.js';
import { FrameIndex } from '../../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../../src/graph/ordinals.js';
import type { CollectOptions } from '../../../src/question/walk-options.js';
import { seeds } from '../../support/cases.js';
import { HeapBuilder } from '../../support/heap-builder.js';
import { WALK_OPTIONS } from '../../support/walk-options.js';
import { SOURCE } from '../invariants.js';
import { pictureLines } from '../picture-lines.js';
import { randomTangle } from './random-tangle.js';

const NOTHING = { objects: 0, references: 0 };
const MOST_BOXES = 24;

function viewOf(heap: HeapBuilder): HeapView {
  return buildHeapView(heap.facts({}), new FrameIndex([]));
}

function draw(
  view: HeapView,
  target: NodeOrdinal,
  options: Partial<CollectOptions> = {},
): Subgraph {
  return collectBackrefs(
    view,
    [target],
    { ...WALK_OPTIONS, everything: false, ...options },
    SOURCE,
  );
}

/** Every heap with every object that a root reaches as a target. */
function eachCase(
  check: (view: HeapView, target: NodeOrdinal) => string | null,
): readonly string[] {
  return seeds(120, 15).flatMap((seed) => {
    const { heap, objects } = randomTangle(seed, 60);
    const view = viewOf(heap);
    return objects
      .filter((target) => view.rootDistances.of(target) >= 0)
      .flatMap((target) => {
        const wrong = check(view, target);
        return wrong === null ? [] : [`seed ${seed}, @${2 * target + 1}: ${wrong}`];
      });
  });
}

function objectsIn({ nodes }: Pick<Subgraph, 'nodes'>): number {
  return nodes.reduce((sum, { role, count = 1 }) => sum + (role === 'more' ? 0 : count), 0);
}

function referencesIn({ edges }: Pick<Subgraph, 'edges'>): number {
  const real = edges
    .flatMap((edge): readonly SubgraphEdge[] => edge.through?.edges ?? [edge])
    .filter(({ type }) => type !== 'more');
  return real.reduce((sum, { count = 1 }) => sum + count, 0);
}

describe('what is folded', () => {
  test('is counted exactly, and at most 24 boxes are drawn', () => {
    const wrong = eachCase((view, target) => {
      const [whole, essential] = [draw(view, target, { everything: true }), draw(view, target)];
      const { own, folded } = essential.left ?? { own: NOTHING, folded: NOTHING };
      const objects = objectsIn(essential) + own.objects + folded.objects;
      const references = referencesIn(essential) + own.references + folded.references;
      if (objectsIn(whole) > objects) return `${objectsIn(whole)} objects, not ${objects}`;
      if (referencesIn(whole) !== references) return `${referencesIn(whole)} references`;
      const boxes = essential.nodes.filter(({ role }) => role !== 'more').length;
      return boxes > MOST_BOXES ? `${boxes} boxes` : null;
    });
    expect(wrong).toEqual([]);
  });

  test('leaves a path from a root to the target', () => {
    const wrong = eachCase((view, target) => {
      const { nodes, edges, targets } = draw(view, target);
      const reached = new Set(nodes.filter(({ role }) => role === 'root').map(({ id }) => id));
      for (const id of reached) {
        for (const { from, to, type, weak } of edges) {
          const isRound = type === 'more' && from.startsWith('repeats:');
          if (from === id && (type !== 'more' || isRound) && !weak) reached.add(to);
        }
      }
      return reached.has(targets[0] ?? '') ? null : 'no way';
    });
    expect(wrong).toEqual([]);
  });
});

test('20 targets, each on its own, make no more than 24 boxes, and each is held by something', () => {
  const wrong = seeds(60, 10).flatMap((seed) => {
    const { heap, objects } = randomTangle(seed, 120);
    const view = viewOf(heap);
    const targets = objects.filter((node) => view.rootDistances.of(node) >= 0).slice(0, 20);
    const asked = { ...WALK_OPTIONS, group: false };
    const [whole, essential] = [true, false].map((everything) =>
      collectBackrefs(view, targets, { ...asked, everything }, SOURCE),
    ) as [Subgraph, Subgraph];
    const boxes = essential.nodes.filter(({ role }) => role !== 'more').length;
    const held = new Set(essential.edges.map(({ to }) => to));
    const loose = essential.targets.filter((id) => !held.has(id));
    const { own, folded } = essential.left ?? { own: NOTHING, folded: NOTHING };
    const left = own.references + folded.references;
    const isCounted = referencesIn(whole) === referencesIn(essential) + left;
    return boxes > MOST_BOXES || loose.length > 0 || !isCounted
      ? [
          `seed ${seed}: ${boxes} boxes, without holders ${loose}, ${isCounted ? '' : 'not counted'}`,
        ]
      : [];
  });
  expect(wrong).toEqual([]);
});

describe('names that differ in numbers', () => {
  test('are one box with what holds them', () => {
    // globalThis ──.schemas──> Schemas ──.validateN──> validateN() ──.root──> Root, for 15 numbers
    const heap = new HeapBuilder();
    const schemas = heap.node('object', 'Schemas');
    const root = heap.node('object', 'Root');
    heap.edge(heap.global, 'property', 'schemas', schemas);
    for (let i = 93; i < 108; i++) {
      const check = heap.closure(`validate${i}`);
      heap.edge(schemas, 'property', `validate${i}`, check).edge(check, 'property', 'root', root);
    }
    const picture = draw(viewOf(heap), root, { fanIn: 30, group: false });
    expect(pictureLines(picture)).toEqual([
      'globalThis -.schemas-> Schemas',
      'Schemas -.validate*-> validate*',
      'validate* -.root-> Root',
    ]);
    expect(picture.edges.map(({ count }) => count)).toEqual([15, 15, undefined]);
    expect(picture.nodes.map(({ label }) => label)).toContain('validate*() x 15');
    expect(picture.left).toBeUndefined();
  });
});

test('a box counts what limits had cut off in it, by class and all in all', () => {
  // globalThis ──.top──> Top, which holds Bottom by 6 ways of two objects; each lower one is held by 12 others, too
  const heap = new HeapBuilder();
  const [top, bottom] = [heap.node('object', 'Top'), heap.node('object', 'Bottom')];
  const target = heap.node('object', 'Target');
  heap.edge(heap.global, 'property', 'top', top).edge(bottom, 'property', 'target', target);
  for (const name of 'abcdef') {
    const lower = heap.node('object', `${name}Lower`);
    heap.edge(lower, 'property', 'bottom', bottom);
    for (let i = 0; i < 12; i++) {
      const upper = heap.node('object', `${name}${'abcdefghijkl'[i]}Upper`);
      heap.edge(top, 'property', `${name}${i}`, upper).edge(upper, 'property', 'lower', lower);
    }
  }
  const picture = draw(viewOf(heap), target, { maxNodes: 1000 });
  const box = picture.nodes.find(({ is }) => is?.kind === 'omitted' && is.reason === 'between');
  // 10 of 12 are drawn of each: 3 ways, so 3 of 6 lower ones and all upper ones but 3
  expect(box?.omitted?.beyond).toBe(12 - 2 * 3);
  expect(box?.omitted?.count).toBe(6 * 12 + 6 - 2 * 3 - 2 * 3);
});

test('boxes of several objects that differ in numbers only are one of all their objects', () => {
  // globalThis ──.rows──> Array ──[i]──> Row1 x 14 and Row2 x 15, both ──.root──> Root
  const heap = new HeapBuilder();
  const [list, root] = [heap.node('object', 'Array'), heap.node('object', 'Root')];
  heap.edge(heap.global, 'property', 'rows', list);
  for (let i = 0; i < 29; i++) {
    const row = heap.node('object', i < 14 ? 'Row1' : 'Row2');
    heap.edge(list, 'element', i, row).edge(row, 'property', 'root', root);
  }
  const picture = mergeAlikeNames(draw(viewOf(heap), root, { everything: true }), () => false);
  expect(pictureLines(picture)).toEqual([
    'Array -[*]-> Row*',
    'globalThis -.rows-> Array',
    'Row* -.root-> Root',
  ]);
  expect(picture.nodes.flatMap(({ count = 1 }) => count).sort()).toEqual([1, 1, 1, 29]);
  expect(picture.edges.flatMap(({ count = 1 }) => count).sort()).toEqual([1, 29, 29]);
});

describe('a chain', () => {
  test('that repeats is shown once', () => {
    // globalThis ──.head──> Clone ──.on──> Listener ──.clone──> Clone …, 40 times
    const heap = new HeapBuilder();
    let above = heap.global;
    let last = above;
    for (let i = 0; i < 40; i++) {
      const clone = heap.node('object', 'Clone');
      const listener = heap.node('object', 'Listener');
      heap.edge(above, 'property', i === 0 ? 'head' : 'clone', clone);
      heap.edge(clone, 'property', 'on', listener);
      [above, last] = [listener, clone];
    }
    const options = { ...WALK_OPTIONS, everything: false, maxNodes: 1000 };
    const picture = collectChain(viewOf(heap), [last], options, SOURCE);
    expect(pictureLines(picture)).toEqual([
      'Clone 1 -.on-> Listener',
      'globalThis -.head-> repeats 38 times: .on.clone',
      'Listener -.clone-> Clone 2',
      'repeats 38 times: .on.clone --> Clone 1',
    ]);
    expect(picture.left?.folded).toEqual({ objects: 76, references: 76 });
  });

  test('of single holders is one arrow with its path', () => {
    // globalThis ──.a──> A ──.b──> B … ──> L ──.x──> X
    const heap = new HeapBuilder();
    let above = heap.global;
    for (const name of 'ABCDEFGHIJKLX') {
      const node = heap.node('object', name);
      heap.edge(above, 'property', name.toLowerCase(), node);
      above = node;
    }
    const picture = draw(viewOf(heap), above);
    expect(pictureLines(picture)).toEqual([
      'globalThis -.a.b.c.d.e.f.g.h.i.j.k.l-> L',
      'L -.x-> X',
    ]);
    expect(picture.left?.folded).toEqual({ objects: 11, references: 0 });
  });
});

describe('a tangle between two objects', () => {
  /** globalThis ──.top──> Top, which holds Bottom by 6 ways of two objects each; Bottom ──.target──> Target. */
  function tangle(): { view: HeapView; target: NodeOrdinal } {
    const heap = new HeapBuilder();
    const top = heap.node('object', 'Top');
    const bottom = heap.node('object', 'Bottom');
    const target = heap.node('object', 'Target');
    heap.edge(heap.global, 'property', 'top', top).edge(bottom, 'property', 'target', target);
    for (const name of 'abcdef') {
      const [upper, lower] = [
        heap.node('object', `${name}Upper`),
        heap.node('object', `${name}Lower`),
      ];
      heap.edge(top, 'property', name, upper).edge(upper, 'property', 'lower', lower);
      heap.edge(lower, 'property', 'bottom', bottom);
    }
    return { view: viewOf(heap), target };
  }

  test('is three paths and a box', () => {
    const { view, target } = tangle();
    const picture = draw(view, target);
    expect(picture.nodes.map(({ label }) => label)).toContain('6 objects in between, 3 more ways');
    expect(picture.nodes.filter(({ role }) => role !== 'more').length).toBe(10);
    expect(picture.left?.folded).toEqual({ objects: 6, references: 9 });
  });

  test('is as many paths as --paths asks for', () => {
    const { view, target } = tangle();
    const { nodes } = draw(view, target, { paths: 5 });
    const folded = nodes.filter(({ is }) => is?.kind === 'omitted');
    expect(folded.flatMap(({ omitted }) => omitted?.count ?? [])).toEqual([2]);
    expect(nodes.filter(({ name }) => name.endsWith('Upper')).length).toBe(5);
  });

  test('is drawn whole with a --depth that reaches through it', () => {
    const { view, target } = tangle();
    const { nodes, left } = draw(view, target, { depth: 5 });
    expect(nodes.filter(({ name }) => name.endsWith('Upper')).length).toBe(6);
    expect(left).toBeUndefined();
  });
});
