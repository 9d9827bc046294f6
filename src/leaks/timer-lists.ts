import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import type { LeakCandidate } from './rank.js';
import { timerCallsOf } from './timer-calls.js';
import type { ItemFinder } from './tree/item-finder.js';
import type { LatestHeap } from './tree/moments.js';

interface TimerSearch {
  readonly facts: HeapFacts;
  readonly heap: LatestHeap;
  readonly finder: ItemFinder;
  readonly highestIds: readonly number[];
  /** True if these counts at each moment are a rise. */
  readonly isRising: (counts: readonly number[]) => boolean;
}

/**
 * Splits suspects by list of timers. Timers of one duration are in one list, and all lists look
 * alike: each that grew is a separate suspect. If none grew alone, they are one.
 */
export function timerSuspects(
  candidate: LeakCandidate,
  { facts, heap, finder, highestIds, isRising }: TimerSearch,
): readonly LeakCandidate[] {
  const lists = timersByList(candidate.all, heap);
  if (lists.size === 0) return [candidate];
  const grown: LeakCandidate[] = [];
  for (const [list, timers] of lists) {
    const counts = finder.countsOf(timers, highestIds);
    if (!isRising(counts)) continue;
    const items = finder.newest(timers);
    const sign = signOf(facts, list, items);
    grown.push({ ...candidate, holder: list, items, all: timers, counts, sign });
  }
  return grown.length === 0 ? [candidate] : grown;
}

function timersByList(
  objects: readonly NodeOrdinal[],
  { graph, parents, treeOf }: LatestHeap,
): ReadonlyMap<NodeOrdinal, readonly NodeOrdinal[]> {
  const listOf = new Map<NodeOrdinal, NodeOrdinal | null>();
  const lists = new Map<NodeOrdinal, NodeOrdinal[]>();
  for (const object of objects) {
    const passed: NodeOrdinal[] = [];
    let at = object;
    // timers hold one another, a hundred thousand in a row: remember those that were passed
    while (!listOf.has(at) && graph.nameOf(at) === 'Timeout' && (treeOf[at] ?? 0) > 0) {
      listOf.set(at, null);
      passed.push(at);
      at = parents[at] as NodeOrdinal;
    }
    const list = graph.nameOf(at) === 'TimersList' ? at : (listOf.get(at) ?? null);
    for (const timer of passed) listOf.set(timer, list);
  }
  for (const object of new Set(objects)) {
    const list = listOf.get(object) ?? null;
    if (list === null) continue;
    const known = lists.get(list);
    if (known === undefined) lists.set(list, [object]);
    else known.push(object);
  }
  return lists;
}

/** A sign that distinguishes timers with other durations or functions, equal in every process. */
function signOf(facts: HeapFacts, list: NodeOrdinal, timers: readonly NodeOrdinal[]): string {
  const { graph } = facts;
  const [edge] = [...graph.retainersOf(list)].filter((held) =>
    /^\d+$/.test(graph.edgeNameOf(held)),
  );
  const [first] = timerCallsOf(facts, timers);
  const name = first === undefined ? '' : graph.nameOf(first.closure);
  return `${edge === undefined ? '' : graph.edgeNameOf(edge)} ms ${name}()`;
}
