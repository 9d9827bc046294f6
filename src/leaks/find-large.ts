import type { HeapFacts } from '../engine/heap-facts.js';
import { producerOf } from '../engine/producer.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { codeOwnerOf } from './code-owner.js';
import { areLoadedOnce } from './excuses.js';
import { HeapWays } from './heap-ways.js';
import { isUsualWhenIdle, signatureOf } from './idle-process.js';
import { excuseOfWay } from './not-a-leak.js';
import { findProofs } from './proofs/find-proofs.js';
import { type LeakCandidate, rank, withProofs } from './rank.js';
import type { AlsoGrew, FoundLeaks } from './suspect.js';
import { type Accumulation, findAccumulations } from './tree/accumulation.js';
import { ItemFinder } from './tree/item-finder.js';
import type { LatestHeap, Moments } from './tree/moments.js';

/** The number of candidates examined, those that hold most first. */
const MOST_CANDIDATES = 60;
/** The number of suspects; each holds at least this share of what the first one holds. */
const MOST_SUSPECTS = 5;
const LEAST_OF_FIRST = 0.1;
/** Classes of general use, including a runtime's own tables and ordinary modules. */
const PLAIN_CLASS = /^(?:Object|Array|Map|Set|string|number|RegExp|.*\(\))$/s;
const MOST_RANKED = 12;
/** The least share of the heap: less is of no interest. */
const LEAST_SHARE = 0.002;
/**
 * Every holder on the path to a pile retains about as much: how near, in the dominator tree, and
 * how similar in size they must be to count as one.
 */
const MOST_STEPS = 8;
const ALIKE = 0.75;

/** Finds what holds most in a heap, without what an idle process has, too. */
export function findLarge(moments: Moments, heap: LatestHeap, facts: HeapFacts): FoundLeaks {
  const { tree } = moments;
  const ways = new HeapWays(tree, heap);
  const finder = new ItemFinder(moments, heap);
  const producer = producerOf(facts);
  const least = facts.retainedSizes.of(facts.graph.root) * LEAST_SHARE;
  const candidates: Piled[] = [];
  const alsoGrew: AlsoGrew[] = [];
  for (const found of findAccumulations(tree, heap, facts).slice(0, MOST_CANDIDATES)) {
    const newest = finder.newest(found.items);
    const [first] = newest;
    if (first === undefined || found.bytes < least) continue;
    const candidate = toCandidate(found, newest, ways);
    if (isUsual(producer, candidate) || isOrdinary(facts, heap, candidate)) continue;
    const why = areLoadedOnce(facts, newest)
      ? 'loading'
      : excuseOfWay(candidate.way, candidate.counts.at(-1) ?? 0);
    if (why !== null) alsoGrew.push({ ...candidate, items: newest, why });
    else addNearest(candidates, candidate, facts);
  }
  const proofs = findProofs(moments, heap, facts);
  const ranked = rank(facts, heap, withProofs(candidates.slice(0, MOST_RANKED), proofs, heap));
  const most = ranked.reduce((bytes, suspect) => Math.max(bytes, suspect.bytes), 0);
  const proved = ranked.filter(({ evidence }) => evidence === 'proof');
  const large = ranked.filter(({ bytes, evidence }) => {
    return evidence !== 'proof' && bytes >= most * LEAST_OF_FIRST;
  });
  return {
    suspects: [...proved, ...large.slice(0, Math.max(1, MOST_SUSPECTS - proved.length))],
    alsoGrew,
  };
}

/** Adds a candidate; of the holders of one pile, only the last one before the items is kept. */
function addNearest(candidates: Piled[], candidate: Piled, facts: HeapFacts): void {
  const same = candidates.findIndex((known) => {
    const [less, more] = [known.bytes, candidate.bytes].sort((a, b) => a - b);
    if ((less ?? 0) < (more ?? 0) * ALIKE) return false;
    return (
      isAbove(facts, known.holder, candidate.holder) ||
      isAbove(facts, candidate.holder, known.holder)
    );
  });
  const known = candidates[same];
  if (known === undefined) candidates.push(candidate);
  else if (isAbove(facts, known.holder, candidate.holder)) candidates[same] = candidate;
}

/** True if all paths to one object pass through the other, not far above it. */
function isAbove({ dominators }: HeapFacts, above: NodeOrdinal, node: NodeOrdinal): boolean {
  let at = node;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (at === above) return true;
    at = dominators.of(at);
  }
  return false;
}

interface Piled extends LeakCandidate {
  readonly bytes: number;
  /** Classes of the holder and of its items. */
  readonly owner: string;
  readonly item: string;
}

function toCandidate(
  { owner, items, isChain, bytes }: Accumulation,
  newest: readonly NodeOrdinal[],
  ways: HeapWays,
): Piled {
  const objects = ways.objectsTo(newest.at(-1) ?? owner);
  return {
    ...{ evidence: 'size', holder: owner, items: newest, all: items, isChain },
    ...{ counts: [items.length], bytes },
    ...{ owner: ways.classNameOf(owner), item: ways.classNameOf(newest[0] ?? owner) },
    way: ways.textOf(objects),
    holderAt: Math.max(0, objects.indexOf(owner)),
  };
}

/**
 * True for tables of the runtime, and for parts of a module, if nothing shows that the program
 * itself made it.
 */
function isOrdinary(facts: HeapFacts, heap: LatestHeap, found: Piled): boolean {
  if (!PLAIN_CLASS.test(found.item)) return false;
  if (found.isChain || found.owner === 'Module') return true;
  return codeOwnerOf(facts, heap, found.holder) === 'runtime';
}

function isUsual(producer: string, { owner, item, bytes, all }: Piled): boolean {
  return isUsualWhenIdle(producer, signatureOf(owner, item), { count: all.length, bytes });
}
