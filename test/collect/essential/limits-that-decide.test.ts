import { describe, expect, test } from 'vitest';
import { collectBackrefs } from '../../../src/collect/collect-backrefs.js';
import type { Subgraph } from '../../../src/collect/picture/subgraph.js';
import { FrameIndex } from '../../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../../src/graph/ordinals.js';
import type { CollectOptions } from '../../../src/question/walk-options.js';
import { unfoldRows } from '../../../src/report/sentences/unfold-rows.js';
import { describeLimits } from '../../../src/report/summary.js';
import { seeds } from '../../support/cases.js';
import { HeapBuilder } from '../../support/heap-builder.js';
import { type RawHeap, readRawHeap } from '../../support/raw-heap.js';
import { reached } from '../../support/slow-reach.js';
import { WALK_OPTIONS } from '../../support/walk-options.js';
import { SOURCE } from '../invariants.js';
import { randomTangle } from './random-tangle.js';

type Asked = Partial<CollectOptions>;

function viewOf(heap: HeapBuilder): HeapView {
  return buildHeapView(heap.facts({}), new FrameIndex([]));
}

function draw(view: HeapView, targets: readonly NodeOrdinal[], options: Asked): Subgraph {
  const asked = { ...WALK_OPTIONS, everything: false, ...options };
  return collectBackrefs(view, targets, asked, SOURCE);
}

/**
 * The usual picture, with the arrows of what it folds; null where the whole one has no room for roots, or for
 * arrows from roots, that the usual one folds into a box.
 */
function allWalked(
  view: HeapView,
  targets: readonly NodeOrdinal[],
  options: Asked,
): Subgraph | null {
  const picture = unfoldRows(draw(view, targets, options));
  if (picture.left === undefined) return picture;
  const whole = draw(view, targets, { ...options, everything: true });
  const roots = new Set(picture.nodes.filter(({ role }) => role === 'root').map(({ id }) => id));
  const foldsRoots =
    picture.nodes.some(({ id }) => id.startsWith('between:roots')) ||
    picture.edges.some(({ from, to }) => roots.has(from) && to.startsWith('between:'));
  if (foldsRoots && whole.limits.nodes) return null;
  const nodes = new Map([...whole.nodes, ...picture.nodes].map((node) => [node.id, node]));
  return {
    ...picture,
    nodes: [...nodes.values()],
    edges: [...picture.edges, ...whole.edges],
  };
}

function isNamed({ limits }: Subgraph): boolean {
  return limits.depth || limits.fanIn || limits.nodes;
}

/** Null where an answer lists not all objects of a box. */
function membersById({ nodes }: Subgraph): ReadonlyMap<string, readonly string[]> | null {
  const isWhole = nodes.every(({ count = 1, members }) => count === (members?.length ?? 1));
  return isWhole ? new Map(nodes.map(({ id, members }) => [id, members ?? [id]])) : null;
}

/** True if the roots reach a target when every arrow from a drawn root is cut, by the references of the file. */
function isReachedAnyway(
  raw: RawHeap,
  picture: Subgraph,
  targets: readonly NodeOrdinal[],
): boolean | null {
  const { nodes, edges } = picture;
  const members = membersById(picture);
  if (members === null) return null;
  const roots = new Set(nodes.filter(({ role }) => role === 'root').map(({ id }) => id));
  const cut = new Set(
    edges
      .filter(({ from, type }) => roots.has(from) && type !== 'more')
      .flatMap(({ from, to }) =>
        (members.get(to) ?? []).flatMap((held) => {
          const holder = raw.byId.get(Number(from.slice(1)));
          return (holder?.out ?? []).filter((edge) => `@${edge.to.id}` === held);
        }),
      ),
  );
  const left = reached(raw, cut);
  return targets.some((target) => left.has(raw.nodes[target] as (typeof raw.nodes)[number]));
}

/** A tangle, some objects of which C++ holds. */
function tangleWithHandles(seed: number): ReturnType<typeof randomTangle> {
  const { heap, objects } = randomTangle(seed, 40);
  if (seed % 2 === 0) {
    const handles = heap.node('synthetic', '(Global handles)');
    heap.edge(heap.root, 'element', 9, handles);
    for (const [index, object] of objects.entries()) {
      if ((index + seed) % 7 === 0) heap.edge(handles, 'element', index, object);
    }
  }
  return { heap, objects };
}

const QUESTIONS: Readonly<Record<string, Asked>> = {
  'the usual question': {},
  'each object on its own': { group: false },
  'one step': { depth: 1 },
  'one step to each object': { depth: 1, group: false },
  'two holders each': { fanIn: 2, group: false },
  'two holders each, one step': { fanIn: 2, depth: 1 },
  'few objects': { maxNodes: 6, group: false },
  'few objects, those alike as one': { maxNodes: 6 },
};

test('what a limit left out, but lives by what is drawn, is counted, and no limit is named', () => {
  // globalThis ──.app──> App ──.list──> List, which holds Target by Box0 … Box13, each with a Label of its own name
  const heap = new HeapBuilder();
  const [app, list] = [heap.node('object', 'App'), heap.node('object', 'List')];
  const target = heap.node('object', 'Target');
  heap.edge(heap.global, 'property', 'app', app).edge(app, 'property', 'list', list);
  for (const name of 'abcdefghijklmn') {
    const box = heap.node('object', `Box${name}`);
    heap.edge(list, 'property', name, box).edge(box, 'property', 'target', target);
  }
  const picture = draw(viewOf(heap), [target], {});
  expect(picture.limits).toEqual({
    ...{ depth: false, fanIn: false, nodes: false },
    harmless: { references: 4, by: ['fanIn'] },
  });
  expect(
    picture.nodes.flatMap(({ omitted, is }) => (is?.kind === 'omitted' ? [omitted?.count] : [])),
  ).toContain(4);
  expect(describeLimits(picture)).toContain(
    'Left out by --fan-in: 4 references from what lives only by what is drawn.',
  );
});

describe.each(Object.keys(QUESTIONS))('%s', (name) => {
  const options = QUESTIONS[name] as Asked;

  test('names a limit if and only if the target lives without what the drawn roots hold', () => {
    const wrong: string[] = [];
    const seen = { named: 0, whole: 0 };
    for (const seed of seeds(40, 6)) {
      const { heap, objects } = tangleWithHandles(seed);
      const view = viewOf(heap);
      const raw = readRawHeap(heap.bytes({}));
      for (const [index, target] of objects.entries()) {
        if (view.rootDistances.of(target) < 0) continue;
        // several targets at times
        const other = objects[(index * 7) % objects.length] as NodeOrdinal;
        const isTwo = index % 3 === 0 && other !== target && view.rootDistances.of(other) >= 0;
        const targets = isTwo ? [target, other] : [target];
        const picture = draw(view, targets, options);
        const walked = allWalked(view, targets, options);
        const isReached = walked && isReachedAnyway(raw, walked, targets);
        if (isReached === null) continue;
        if (isNamed(picture)) seen.named += 1;
        else seen.whole += 1;
        if (isReached !== isNamed(picture))
          wrong.push(`seed ${seed}, ${targets.join(' ')}: ${isReached ? 'lives' : 'does not'}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(seen.whole).toBeGreaterThan(30);
  });
});
