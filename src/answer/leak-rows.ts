import type { Subgraph, SubgraphNode } from '../collect/picture/subgraph.js';
import { ClassNames } from '../engine/classes/class-names.js';
import { classPlaceOf, shownPlace } from '../engine/classes/class-place.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import type { AlsoGrew, Suspect } from '../leaks/suspect.js';
import { parseTarget } from '../question/target.js';
import { walkDefaults } from '../question/walk-options.js';
import type { Redactor } from '../redact/redactor.js';
import { chainSentences } from '../report/sentences.js';
import type { AlsoGrewRow, LeakRow } from '../report/tables/leaks-report.js';
import type { LocatedHeap } from './heap.js';

/** The heap of the last moment, in which suspects are looked at. */
export interface SuspectHeap {
  readonly heap: LocatedHeap;
  readonly facts: HeapFacts;
  readonly redactor: Redactor;
}

/** Ids of so many of the newest items are in an answer. */
const MOST_IDS = 10;
/** Those that also grew of which the holder is looked up. */
const MOST_EXCUSED = 20;

/** Suspects in words, their texts masked. */
export function toLeakRows(
  suspects: readonly Suspect[],
  { isKnownNamed }: { readonly isKnownNamed: boolean },
  at: SuspectHeap,
): readonly LeakRow[] {
  const names = new ClassNames(at.facts.graph);
  return suspects.map((suspect) => {
    const [newest] = suspect.items;
    const { known } = suspect;
    return {
      evidence: suspect.evidence,
      holder: describeHolder(at, suspect.holder),
      items: describeItems(at, names, { items: suspect.items, newest }),
      isChain: suspect.isChain,
      counts: suspect.counts,
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

/** Of the engine's own only sums: nobody can do anything about a single one. */
export function toAlsoGrewRows(
  alsoGrew: readonly AlsoGrew[],
  at: SuspectHeap,
): readonly AlsoGrewRow[] {
  const others = alsoGrew.filter(({ why }) => why !== 'engine').slice(0, MOST_EXCUSED);
  const rows = others.map(({ holder, counts, why }) => ({ what: heldAs(at, holder), counts, why }));
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

function heldAs(at: SuspectHeap, holder: NodeOrdinal): string {
  const { label, heldBy } = describeHolder(at, holder);
  return heldBy === null ? label : `${label}, ${heldBy.edge.label} of ${heldBy.node.label}`;
}

function describeItems(
  { facts, redactor }: SuspectHeap,
  names: ClassNames,
  {
    items,
    newest,
  }: { readonly items: readonly NodeOrdinal[]; readonly newest: NodeOrdinal | undefined },
): LeakRow['items'] {
  const ids = items.slice(0, MOST_IDS).map((node) => `@${facts.graph.idOf(node)}`);
  if (newest === undefined) return { class: '', location: null, ids };
  const place = classPlaceOf(facts, newest);
  return {
    class: redactor.places(names.nameOf(newest)),
    location: place === null ? null : redactor.places(shownPlace(place)),
    ids,
  };
}

/** Who holds the holder, by the shortest way from a root. */
function describeHolder(
  { heap, facts, redactor }: SuspectHeap,
  holder: NodeOrdinal,
): LeakRow['holder'] {
  const id = `@${facts.graph.idOf(holder)}`;
  const { mode: redact } = redactor;
  const { subgraph } = heap.ask({
    command: 'chain',
    targets: [parseTarget(id)],
    choice: { nth: null, largest: false, all: false, redact },
    walk: { ...walkDefaults('chain'), redact, spelling: 'flags' },
    cut: [],
    spelling: 'flags',
  });
  const [target] = subgraph.targets;
  const node = nodeOf(subgraph, target);
  const edge = subgraph.edges.find(({ to, weak }) => to === target && !weak);
  const from = nodeOf(subgraph, edge?.from);
  const [sentence = ''] = chainSentences(subgraph);
  return {
    id,
    label: node?.label ?? id,
    location: nearestPlace(subgraph, target),
    heldBy: edge === undefined || from === undefined ? null : { edge, node: from },
    sentence,
  };
}

/** The first place in a file on the way up, a program's own rather than the runtime's. */
function nearestPlace(subgraph: Subgraph, target: string | undefined): string | null {
  const places: string[] = [];
  const passed = new Set<string>();
  let at = target;
  while (at !== undefined && !passed.has(at)) {
    passed.add(at);
    const { location } = nodeOf(subgraph, at) ?? {};
    if (location != null) places.push(location);
    const to = at;
    at = subgraph.edges.find((edge) => edge.to === to && !edge.weak)?.from;
  }
  return places.find((place) => !place.startsWith('node:')) ?? places[0] ?? null;
}

function nodeOf({ nodes }: Subgraph, wanted: string | undefined): SubgraphNode | undefined {
  return nodes.find(({ id }) => id === wanted);
}
