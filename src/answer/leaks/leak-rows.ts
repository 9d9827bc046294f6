import type { Subgraph, SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import { ClassNames } from '../../engine/classes/class-names.js';
import { classPlaceOf, shownPlace } from '../../engine/classes/class-place.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { holdersOfAll } from '../../leaks/holders-of-all.js';
import type { AlsoGrew, Suspect } from '../../leaks/suspect.js';
import { areOfSeveralLists, timerCallsOf } from '../../leaks/timer-calls.js';
import { chainSentences } from '../../report/sentences.js';
import type { AlsoGrewRow, LeakRow } from '../../report/tables/leaks-report.js';
import { countsSentence, holderTitle, numbersOf, pluralOf } from '../../words/leak-words.js';
import { type HolderPlace, holderPlaceOf, itemPlaceOf } from '../ci/holder-place.js';
import { findRunning } from '../live/running-objects.js';
import { chainTo, edgeInto, nodeOf, type SuspectHeap, shortened, wayUp } from './suspect-heap.js';

/** The number of ids of newest items in an answer. */
const MOST_IDS = 10;
/** The number of other growing holders that are looked up. */
const MOST_EXCUSED = 20;
/** The number of functions of timers that are named. */
const MOST_CALLS = 3;

/** A suspect in words, and where its holder is. */
export interface LocatedRow extends LeakRow {
  /** The place with its full path, which no report shows; null if it is in no file of the program. */
  readonly source: HolderPlace | null;
}

/** Describes suspects in words, their texts masked. */
export function toLeakRows(
  suspects: readonly Suspect[],
  { isKnownNamed }: { readonly isKnownNamed: boolean },
  at: SuspectHeap,
): readonly LocatedRow[] {
  return suspects.map((suspect) => {
    const { known, counts, isChain, holder, unit } = suspect;
    const items = describeItems(at, suspect.items);
    const calls = describeCalls(at, suspect.items);
    const found = calledFrom(describeHolder(at, suspect), calls);
    const held = areOfSeveralLists(at.facts, suspect.items) ? ofAnyDelay(found) : found;
    return {
      evidence: suspect.evidence,
      holder: {
        id: `@${at.facts.graph.idOf(holder)}`,
        label: titleOf(held, unit === 'bytes' ? numbersOf(held.class ?? '') : items.class),
        location: held.location,
      },
      source: held.source() ?? sourceOfItems(at, suspect.items),
      sentence: held.sentence,
      growth: countsSentence({ ...held, counts, isChain, unit, items: items.class }),
      items,
      calls,
      alsoHeldBy: describeOthers(at, suspect),
      proof: suspect.proof,
      isChain,
      unit,
      counts,
      bytes: suspect.bytes,
      exclusiveBytes: suspect.exclusiveBytes,
      bytesPerRound: suspect.bytesPerRound,
      fingerprint: suspect.fingerprint,
      known:
        known === null || !isKnownNamed
          ? null
          : { id: known.id, cause: known.cause, fix: known.fix, links: known.links },
      path: suspect.way.map((step) => at.redactor.places(step)),
    };
  });
}

/**
 * Describes other growth. The engine's own is only summed up: nobody can do anything about a single
 * item.
 */
export function toAlsoGrewRows(
  alsoGrew: readonly AlsoGrew[],
  at: SuspectHeap,
): readonly AlsoGrewRow[] {
  const others = alsoGrew.filter(({ why }) => why !== 'engine').slice(0, MOST_EXCUSED);
  const rows = others.map(({ holder, items, counts, why }) => {
    const held = describeHolder(at, { holder, items });
    return { what: titleOf(held, describeItems(at, items).class), counts, why };
  });
  const byClass = new Map<string, readonly number[]>();
  for (const { way, counts, why } of alsoGrew) {
    if (why !== 'engine') continue;
    const name = way.at(-1)?.split(' -> ').at(-1) ?? '';
    const sum = byClass.get(name) ?? counts.map(() => 0);
    byClass.set(
      name,
      sum.map((count, m) => count + (counts[m] ?? 0)),
    );
  }
  const engine = [...byClass].map(([what, counts]) => ({ what, counts, why: 'engine' as const }));
  return [...rows, ...engine];
}

function describeItems(
  { facts, redactor }: SuspectHeap,
  items: readonly NodeOrdinal[],
): LeakRow['items'] {
  const ids = items.slice(0, MOST_IDS).map((node) => `@${facts.graph.idOf(node)}`);
  const [newest] = items;
  if (newest === undefined) return { class: '', location: null, ids };
  const place = classPlaceOf(facts, newest);
  return {
    class: redactor.places(new ClassNames(facts.graph).nameOf(newest)),
    location: place === null ? null : redactor.places(shownPlace(place)),
    ids,
  };
}

/** The functions that timers call; empty for other items. */
function describeCalls(
  { facts, redactor }: SuspectHeap,
  items: readonly NodeOrdinal[],
): LeakRow['calls'] {
  return timerCallsOf(facts, items)
    .slice(0, MOST_CALLS)
    .map(({ closure, count }) => {
      const name = facts.graph.nameOf(closure);
      const place = facts.scripts.placeOf(closure);
      return {
        function: name === '' ? null : redactor.places(name),
        location: place === null ? null : redactor.places(shownPlace(place)),
        count,
      };
    });
}

/** Describes a list of timers by what they call: nobody owns the list itself. */
function calledFrom(held: HeldHolder, [first]: LeakRow['calls']): HeldHolder {
  const { location = null } = first ?? {};
  if (location === null || held.place !== null) return held;
  return { ...held, location, place: shortened(location) };
}

/** Leaves open the duration of several timers: that of the newest says nothing about the others. */
function ofAnyDelay(held: HeldHolder): HeldHolder {
  const { itemMeans, edge } = held;
  if (itemMeans?.kind !== 'timer') return held;
  const means = { kind: 'page-timer' } as const;
  return { ...held, itemMeans: means, edge: edge && { ...edge, means } };
}

/** Where what a timer calls was defined, or what is held: for what the runtime alone holds. */
function sourceOfItems({ facts }: SuspectHeap, items: readonly NodeOrdinal[]): HolderPlace | null {
  const [call] = timerCallsOf(facts, items);
  return itemPlaceOf(facts, call?.closure) ?? itemPlaceOf(facts, items[0]);
}

/** A holder, and how it is held. */
interface HeldHolder {
  readonly edge: SubgraphEdge | undefined;
  readonly by: SubgraphNode | undefined;
  /** Null if the holder is part of the runtime: then the other fields describe an item. */
  readonly class: string | null;
  readonly itemMeans: NonNullable<SubgraphEdge['means']> | null;
  readonly location: string | null;
  /** The file or place that a reader looks for. */
  readonly place: string | null;
  /** The place with its full path; looks through the heap. */
  readonly source: () => HolderPlace | null;
  readonly sentence: string;
  /** True if nothing of the program holds the items: they are open or running. */
  readonly isRunning: boolean;
}

/**
 * Describes what holds the holder, on the shortest path from a root; for timers, listeners and the
 * like, what holds an item.
 */
function describeHolder(
  at: SuspectHeap,
  { holder, items }: Pick<Suspect, 'holder' | 'items'>,
): HeldHolder {
  const [newest = holder] = items;
  const running = findRunning(at, { holder, items });
  if (running !== null) {
    const unheld = { edge: undefined, class: null, itemMeans: null };
    return { ...running, ...unheld, source: () => null, isRunning: true };
  }
  const ofItem = chainTo(at, newest);
  const id = `@${at.facts.graph.idOf(holder)}`;
  const intoItem = edgeInto(ofItem, ofItem.targets[0]);
  // neither drawn nor the start of the path: it implements one reference in the runtime
  const isPart = intoItem !== undefined && PARTS.has(intoItem.means?.kind ?? '');
  const subgraph = isPart ? ofItem : chainTo(at, holder);
  const [target] = subgraph.targets;
  const edge = edgeInto(subgraph, target);
  const [sentence = ''] = chainSentences(subgraph);
  return {
    edge,
    by: nodeOf(subgraph, edge?.from),
    class: isPart ? null : (nodeOf(subgraph, target)?.name ?? id),
    itemMeans: intoItem?.means ?? null,
    location: nearestPlace(subgraph, target),
    place: shortPlace(subgraph, target),
    source: () => holderPlaceOf(at.facts, wayUp(subgraph, target), subgraph),
    sentence,
    isRunning: false,
  };
}

/** References that stand for a table of the runtime and its slots. */
const PARTS: ReadonlySet<string> = new Set([
  ...['timer', 'listener', 'immediate', 'next-tick-callback', 'next-tick-argument'],
  ...['page-listener', 'page-timer', 'page-callback'],
]);

function titleOf(held: HeldHolder, items: string): string {
  const { edge, by, class: name, place } = held;
  const [means, of] = [edge?.means ?? null, by?.is ?? null];
  return holderTitle({ means, by: of, class: name, items: pluralOf(items), place });
}

/** Describes other containers that hold the newest items, too. */
function describeOthers(at: SuspectHeap, suspect: Suspect): LeakRow['alsoHeldBy'] {
  if (suspect.isChain) return [];
  return holdersOfAll(at.facts, suspect.items, suspect.holder).map((node) => {
    const held = describeHolder(at, { holder: node, items: [] });
    const label = titleOf({ ...held, place: null }, held.class ?? '');
    return { id: `@${at.facts.graph.idOf(node)}`, label };
  });
}

/** The first place in a file on the path to the root, preferably in the program's own file. */
function nearestPlace(subgraph: Subgraph, target: string | undefined): string | null {
  const places = wayUp(subgraph, target).flatMap(({ location }) => location ?? []);
  return places.find((place) => !place.startsWith('node:')) ?? places[0] ?? null;
}

/** The same place without folders and column; of a module, only its file is known. */
function shortPlace(subgraph: Subgraph, target: string | undefined): string | null {
  // the place of a definition says less about the holder than the module whose variable it is
  for (const { location, is } of wayUp(subgraph, target).slice(1)) {
    const place = is?.kind === 'module' ? is.file : location;
    if (place === null || place.startsWith('node:')) continue;
    return shortened(place);
  }
  return null;
}
