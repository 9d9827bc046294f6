import { internalField } from '../engine/code/scripts.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { Excuses } from './excuses.js';
import { HeapWays } from './heap-ways.js';
import { newBelow } from './new-below.js';
import type { WayText } from './path-pattern.js';
import { findProofs } from './proofs/find-proofs.js';
import { type LeakCandidate, rank, riseOf, withProofs } from './rank.js';
import { storeCandidates } from './store-candidates.js';
import type { AlsoGrew, Evidence, ExcuseKind, FoundLeaks } from './suspect.js';
import { timerSuspects } from './timer-lists.js';
import { findChains, type GrowingChain } from './tree/chain-finder.js';
import type { Group } from './tree/groups.js';
import { findGrowing, type GrowingHolder, leastRise } from './tree/growth-finder.js';
import { type FoundItems, ItemFinder } from './tree/item-finder.js';
import type { LatestHeap, Moments } from './tree/moments.js';

/** The number of suspects that are measured, those with most objects first. */
const MOST_SUSPECTS = 30;
/**
 * A cache that fills up grows less and less: with a last rise below this share of the first, it may
 * be about to end.
 */
const SLOWING = 0.6;

/**
 * Finds the holders that grew from moment to moment, the one that holds most first.
 *
 * @param heap the one of the last moment.
 */
export function findGrowth(moments: Moments, heap: LatestHeap, facts: HeapFacts): FoundLeaks {
  const finder = new ItemFinder(moments, heap);
  const ways = new HeapWays(moments.tree, heap);
  const excuses = new Excuses({ facts, moments, heap, finder, ways });
  const chains = findChains(moments);
  const covered = chains.map(({ run }) => run[0] ?? 0);
  const growing = findGrowing(moments, heap, { excuseOf: excuses.of, blamed: covered });
  const objects = finder.objectsOf([
    ...growing.flatMap(({ groups }) => groups.flatMap(({ items }) => items)),
    ...chains.flatMap(({ run }) => run),
  ]);
  const below = (places: readonly number[]) => newBelow(moments, heap, places);
  const search: Search = { facts, finder, ways, objects, newBelow: below };
  const highestIds = moments.all.map(({ highestId }) => highestId);
  const blamed = growing.filter(({ excuse }) => excuse === null);
  const candidates = [
    ...chains.flatMap((chain) => chainCandidate(moments, chain, search)),
    ...blamed.flatMap((holder) => holderCandidate(holder, search, highestIds)),
  ];
  const apart = withoutSiblings(candidates, heap).flatMap((candidate) => {
    return timerSuspects(candidate, { facts, heap, finder, highestIds, isRising });
  });
  apart.sort((a, b) => riseOf(b.counts) - riseOf(a.counts));
  const alsoGrew = growing.flatMap((holder) => excused(holder, search));
  const found = [
    ...apart.slice(0, MOST_SUSPECTS),
    ...storeCandidates(moments, heap, { ways, known: [...apart, ...alsoGrew] }),
  ];
  const blamedFor = new Set(found.map(({ holder }) => holder));
  return {
    suspects: rank(facts, heap, withProofs(found, findProofs(moments, heap, facts), heap)),
    alsoGrew: alsoGrew.filter(({ holder }) => !blamedFor.has(holder)),
  };
}

/**
 * Merges lists of one object that grew by about as much, such as those of an emitter's events, into
 * one suspect: the one that grew most, with the items of all.
 */
function withoutSiblings(candidates: readonly LeakCandidate[], heap: LatestHeap): LeakCandidate[] {
  const byOwner = new Map<string, LeakCandidate>();
  for (const candidate of candidates) {
    const { holder, evidence, way, holderAt } = candidate;
    const [, ofHolder] = (way[holderAt] ?? '').split(' -> ');
    const key = `${heap.parents[holder]} ${evidence} ${ofHolder}`;
    const known = byOwner.get(key);
    if (known === undefined || !isAlike(known.counts, candidate.counts)) {
      byOwner.set(known === undefined ? key : `${key} ${holder}`, candidate);
      continue;
    }
    const first = riseOf(candidate.counts) > riseOf(known.counts) ? candidate : known;
    byOwner.set(key, { ...first, all: [...known.all, ...candidate.all] });
  }
  return [...byOwner.values()];
}

function isAlike(a: readonly number[], b: readonly number[]): boolean {
  const [least, most] = [Math.min(riseOf(a), riseOf(b)), Math.max(riseOf(a), riseOf(b))];
  return least > 0 && most <= least * ALIKE;
}

/**
 * The largest ratio between rises of the lists of one object that count as having the same cause.
 */
const ALIKE = 1.2;

interface Search {
  readonly facts: HeapFacts;
  readonly finder: ItemFinder;
  readonly ways: HeapWays;
  readonly objects: ReadonlyMap<number, readonly NodeOrdinal[]>;
  /** The objects that hang on tree nodes and came after the first moment. */
  readonly newBelow: (places: readonly number[]) => readonly NodeOrdinal[];
}

function holderCandidate(
  { holder, groups }: GrowingHolder,
  search: Search,
  highestIds: readonly number[],
): readonly LeakCandidate[] {
  const [main] = groups;
  const own = main === undefined ? [] : objectsOf(main.items, search);
  const found = search.finder.find(own, holder);
  const [newest] = found?.items ?? [];
  if (main === undefined || !found || newest === undefined) return [];
  const all = groups.flatMap(({ items }) => objectsOf(items, search));
  if (found.isChain) {
    const before = search.finder.countsOf(own, highestIds);
    const counts = before.map((count, m) => Math.max(count, main.counts[m] ?? 0));
    const links = linksOf(found, { ...main, counts }, search);
    const evidence = evidenceOf(links.counts);
    const below = search.newBelow(main.items);
    return [{ ...links, items: found.items, all: [...all, ...below], isChain: true, evidence }];
  }
  // if a list of lists repeats, the list that grows is not the merged holder's
  const isOwn = main.items.includes(search.ways.placeOf(newest));
  const held = isOwn ? own : search.finder.heldBy(found.holder, newest);
  const before = search.finder.countsOf(held, highestIds);
  // there may have been another path to it
  const counts = before.map((count, m) => (isOwn ? Math.max(count, main.counts[m] ?? 0) : count));
  // an object missing in the tree of an earlier moment may still have existed
  if (!isRising(counts)) return [];
  const objects = search.ways.objectsTo(newest);
  const holderAt = Math.max(0, objects.indexOf(found.holder));
  return [
    {
      ...{ holder: found.holder, isChain: false, counts },
      ...{
        items: scriptObjects(search, found.items),
        all: [...all, ...scriptObjects(search, all)],
      },
      evidence: evidenceOf(counts),
      way: withOpenKey(search.ways.textOf(objects), holderAt + 1),
      holderAt,
    },
  ];
}

/** Of what runs in C++, such as an open socket, the objects that a program knows. */
function scriptObjects(
  { facts: { graph, namedRoots } }: Search,
  nodes: readonly NodeOrdinal[],
): readonly NodeOrdinal[] {
  const isNative = (node: NodeOrdinal) => namedRoots.of(node)?.kind === 'handle';
  return nodes.map((node) => {
    return (isNative(node) ? internalField(graph, node, 'native_to_javascript') : null) ?? node;
  });
}

function isRising(counts: readonly number[]): boolean {
  const least = leastRise(counts.length);
  return counts.every((count, m) => m === 0 || count - (counts[m - 1] ?? 0) >= least);
}

/** Leaves open the key of an item of a dictionary: other items have other keys. */
function withOpenKey(way: WayText, at: number): WayText {
  return way.map((step, index) => (index === at ? step.replace(/^\..* -> /s, '["*"] -> ') : step));
}

/**
 * The links of a chain, from its beginning: if the first link is held by another reference than the
 * others, its holder comes first; for engine parts of it, such as a promise's reaction, the object
 * they belong to.
 */
function linksOf(
  { holder, items }: FoundItems,
  { counts, items: nodes }: Group,
  { ways }: Search,
): Pick<LeakCandidate, 'holder' | 'counts' | 'way' | 'holderAt'> {
  const [newest] = items;
  const objects = ways.objectsTo(holder);
  const isLink = newest !== undefined && ways.classOf(newest) === ways.classOf(holder);
  let above = objects.length - (isLink ? 2 : 1);
  while (above > 0 && ways.isEnginePart(objects[above] ?? holder)) above--;
  // one round of its links, however long it is
  const way = ways.textTo(nodes[0] ?? 0);
  const holderAt = Math.max(0, way.length - 1 - (objects.length - above));
  const whole = isLink ? counts.map((count) => count + 1) : counts;
  return { holder: objects[above] ?? holder, counts: whole, way, holderAt };
}

/** The candidate for a chain: the first link is the holder, which has been held all the time. */
function chainCandidate(
  { tree }: Moments,
  { run, period, counts }: GrowingChain,
  search: Search,
): readonly LeakCandidate[] {
  const [first = 0] = run;
  const deepest = objectsOf(run.slice(-1), search)[0];
  if (deepest === undefined) return [];
  const heads = objectsOf([first], search);
  const head = heads[0];
  if (head === undefined) return [];
  const unit = run.slice(0, period).findIndex((node) => {
    return /^[A-Z]\w*$/.test(tree.classes.textOf(tree.classOf(node))) && !isPlain(tree, node);
  });
  const links = run.filter((_, index) => index % period === Math.max(0, unit));
  const items = objectsOf(links, search);
  const found = search.finder.newest(items);
  const way = search.ways.textTo(run[period - 1] ?? first);
  return [
    {
      ...{ holder: head, items: found, isChain: true },
      all: [...objectsOf(run, search), ...search.newBelow(run)],
      ...{ counts, evidence: evidenceOf(counts), way, holderAt: way.length - period },
    },
  ];
}

function isPlain(tree: Moments['tree'], node: number): boolean {
  return /^(Object|Array|Map|Set|Promise)$/.test(tree.classes.textOf(tree.classOf(node)));
}

function objectsOf(nodes: readonly number[], { objects }: Search): readonly NodeOrdinal[] {
  return nodes.flatMap((node) => objects.get(node) ?? []);
}

function excused({ holder, groups, excuse }: GrowingHolder, search: Search): readonly AlsoGrew[] {
  const [main] = groups;
  if (excuse === null || main === undefined) return [];
  const found = search.finder.find(objectsOf(main.items, search), holder);
  const [newest] = found?.items ?? [];
  if (!found || newest === undefined) return [];
  const way = search.ways.textOf(search.ways.objectsTo(newest));
  const place = { holder: found.holder, items: found.items };
  return [{ ...place, way, counts: main.counts, why: excuse as ExcuseKind }];
}

/** `leak` for three or more moments with a rise each time that does not shrink. */
function evidenceOf(counts: readonly number[]): Evidence {
  return counts.length < 3 || isSlowing(counts) ? 'growth' : 'leak';
}

/** True if the last rise was clearly smaller than the first: by more than chance. */
function isSlowing(counts: readonly number[]): boolean {
  const rises = counts.slice(1).map((count, m) => count - (counts[m] ?? 0));
  const first = rises[0] ?? 0;
  const last = rises.at(-1) ?? 0;
  return last < first * SLOWING && first - last > 2 * Math.sqrt(first + last);
}
