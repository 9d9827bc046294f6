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
  /** The highest id of each moment between the two. */
  readonly lastIds: readonly number[];
  /** The classes that are listed. */
  readonly listed: readonly TypeGrowth[];
}

/** Of more new objects it is not asked which of them hold which. */
const MOST_ASKED = 50_000;

/**
 * Who holds the new objects of one class: of one whose objects were made between each two moments, and at the
 * top of what is new; in files of the program rather than in packages, and in those rather than in Node.js.
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
  /** Made at times. */
  readonly once: readonly NewObjects<TypeGrowth>[];
}

/** All classes are steady where none is, or where there is one interval only. */
function newObjects(heap: LocatedHeap, { first, now, lastIds, listed }: GrownHeap): Found {
  const wanted = listed.filter(({ delta }) => delta > 0);
  const found = findNewObjects(first, now, { wanted, lastIds })
    .map((one) => ({ ...one, ids: heap.withoutBoilerplate(one.ids) }))
    .filter(({ ids }) => ids.length > 0);
  const steady = found.filter(({ made }) => made.every((count) => count > 0));
  if (steady.length === 0) return { steady: found, once: [] };
  return { steady, once: found.filter((one) => !steady.includes(one)) };
}

/** Which class says most: the first of each kind grew most. */
function inOrder(
  heap: LocatedHeap,
  found: readonly NewObjects<TypeGrowth>[],
  lastId: number,
): readonly NewObjects<TypeGrowth>[] {
  const ids = found.flatMap((one) => one.ids);
  const topmost = ids.length > MOST_ASKED ? new Set(ids) : heap.topmost(ids, lastId);
  const rank = ({ type, ids: own }: NewObjects<TypeGrowth>) => {
    const count = own.filter((id) => topmost.has(id)).length;
    // of a list only the first is at the top, and so is one function or another of many
    const tier = count * 2 >= own.length ? 0 : count > 0 ? 1 : 2;
    return tier * ORIGINS + originOf(type);
  };
  return found.toSorted((a, b) => rank(a) - rank(b));
}

/** More than there are of them. */
const ORIGINS = 10;
/** What these are for, their holders say and not their name. */
const ANYTHING = new Set(['Function', 'Array', 'Object', 'Map', 'Set', 'Promise']);

/** Lower says more, and is nearer to the program. */
function originOf({ name, location }: TypeGrowth): number {
  if (ANYTHING.has(name)) return 4;
  if (location === null) return 1;
  if (/^(?:node|ext|deno|native):|^internal\//.test(location)) return 3;
  // tables show files of a program without folders, and those of packages with their path in the package
  return location.includes('/') ? 2 : 0;
}

function onceWords(once: readonly NewObjects[], redactor: Redactor): readonly string[] {
  const [first] = once;
  if (first === undefined) return [];
  const objects = once.reduce((sum, { ids }) => sum + ids.length, 0);
  const classes = `${formatCount(once.length)} ${once.length === 1 ? 'class' : 'classes'}`;
  return [
    `Not made between each two moments: ${formatCount(objects)} new objects of ${classes}, such as ${redactor.places(first.type.name)}.`,
  ];
}
