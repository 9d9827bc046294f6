import { ShowBackrefError } from '../errors.js';
import { walkDefaults } from '../question/walk-options.js';
import type { Redactor } from '../redact/redactor.js';
import type { Census } from '../stats/census.js';
import type { Growth, TypeGrowth } from '../stats/growth.js';
import { findNewObjects, lastIdOf, type NewObjects } from '../stats/new-objects.js';
import { formatCount } from '../util/format-count.js';
import { option, type Spelling, say } from '../util/sentence.js';
import type { GraphAnswer } from './collect-graph.js';
import type { LocatedHeap } from './heap.js';

/** The first and the last moment, and what changed between them. */
export interface GrownHeap {
  readonly first: Census;
  readonly now: Census;
  readonly growth: Growth;
  /** The highest id of each moment in between. */
  readonly lastIds: readonly number[];
  /** The classes that are listed. */
  readonly listed: readonly TypeGrowth[];
}

/** With more new objects than this, it is not checked which of them hold which. */
const MOST_ASKED = 50_000;

/**
 * Draws who holds the new objects of one class. Prefers a class whose objects were made between
 * each two moments, then objects that no other new object holds, then classes in files of the
 * program to those in packages, and these to Node.js's own.
 */
export function drawNew(
  heap: LocatedHeap,
  grown: GrownHeap,
  { redactor, spelling }: { readonly redactor: Redactor; readonly spelling: Spelling },
): GraphAnswer {
  if (!grown.growth.byId) {
    throw new ShowBackrefError(
      'NOTHING_SELECTED',
      say`${option('draw')} needs heaps of one process, and the object ids of these do not match; leave ${option('draw')} out`,
    );
  }
  const found = newObjects(heap, grown);
  const [drawn] = inOrder(heap, found.steady, lastIdOf(grown.first));
  if (drawn === undefined) {
    throw new ShowBackrefError('NOTHING_SELECTED', 'nothing to draw: no class listed has grown');
  }
  const { mode: redact } = redactor;
  const { subgraph, notes } = heap.ask({
    command: 'backrefs',
    targets: drawn.ids.map((id) => ({ kind: 'id', text: `@${id}`, id })),
    choice: { nth: null, largest: false, all: false, redact },
    walk: { ...walkDefaults('backrefs'), redact, spelling },
    cut: [],
    spelling,
    together: true,
  });
  const said = [
    `Drawn: ${drawn.ids.length} new ${redactor.places(drawn.type.name)}.`,
    ...onceWords(found.once, redactor),
  ];
  return { subgraph, notes: [...notes, ...said] };
}

interface Found {
  /** Made between each two moments. */
  readonly steady: readonly NewObjects<TypeGrowth>[];
  /** Made only between some moments. */
  readonly once: readonly NewObjects<TypeGrowth>[];
}

/**
 * Splits the new objects by class. If no class is steady, or if there is only one interval, all of
 * them count as steady.
 */
function newObjects(heap: LocatedHeap, { first, now, lastIds, listed }: GrownHeap): Found {
  const wanted = listed.filter(({ delta }) => delta > 0);
  const found = findNewObjects(first, now, { wanted, lastIds })
    .map((one) => ({ ...one, ids: heap.withoutBoilerplate(one.ids) }))
    .filter(({ ids }) => ids.length > 0);
  const steady = found.filter(({ made }) => made.every((count) => count > 0));
  if (steady.length === 0) return { steady: found, once: [] };
  return { steady, once: found.filter((one) => !steady.includes(one)) };
}

/** Orders classes by how much they say: the first of each tier grew most. */
function inOrder(
  heap: LocatedHeap,
  found: readonly NewObjects<TypeGrowth>[],
  lastId: number,
): readonly NewObjects<TypeGrowth>[] {
  const ids = found.flatMap((one) => one.ids);
  const topmost = ids.length > MOST_ASKED ? new Set(ids) : heap.topmost(ids, lastId);
  const rank = ({ type, ids: own }: NewObjects<TypeGrowth>) => {
    const count = own.filter((id) => topmost.has(id)).length;
    // only the first node of a linked list is topmost, and so are few of many functions
    const tier = count * 2 >= own.length ? 0 : count > 0 ? 1 : 2;
    return tier * ORIGINS + originOf(type);
  };
  return found.toSorted((a, b) => rank(a) - rank(b));
}

/** A number larger than the number of origins. */
const ORIGINS = 10;
/** Classes of general use: their holders show what they are for, not their names. */
const ANYTHING = new Set(['Function', 'Array', 'Object', 'Map', 'Set', 'Promise']);

/** The origin of a class: a lower number is nearer to the program and says more. */
function originOf({ name, location }: TypeGrowth): number {
  if (ANYTHING.has(name)) return 4;
  if (location === null) return 1;
  if (/^(?:node|ext|deno|native):|^internal\//.test(location)) return 3;
  // tables show files of a program without folders, and files of packages with their path in the
  // package
  return location.includes('/') ? 2 : 0;
}

function onceWords(once: readonly NewObjects[], redactor: Redactor): readonly string[] {
  const [first] = once;
  if (first === undefined) return [];
  const objects = once.reduce((sum, { ids }) => sum + ids.length, 0);
  const classes = `${formatCount(once.length)} ${once.length === 1 ? 'class' : 'classes'}`;
  return [
    `Created only between some of the moments: ${formatCount(objects)} new objects of ${classes}, such as ${redactor.places(first.type.name)}.`,
  ];
}
