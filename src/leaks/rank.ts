import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { type CodeOwner, codeOwnerOf } from './code-owner.js';
import { fingerprintOf } from './fingerprint.js';
import { findKnown } from './known/find-known.js';
import type { WayText } from './path-pattern.js';
import type { ProofKind } from './proofs/proof.js';
import type { Evidence, Suspect } from './suspect.js';
import { computeLeakShares } from './tree/leak-shares.js';
import { TREE_ROOT } from './tree/merged-tree.js';
import type { LatestHeap } from './tree/moments.js';

/**
 * The difference in share below which the owner of the holder's code decides between two suspects.
 */
const TIE = 0.1;
/** The number of steps up from an ended object: its owner is nearer than this. */
const MOST_ABOVE = 100;

/** A suspect before the bytes that it holds are known. */
export interface LeakCandidate {
  readonly evidence: Evidence;
  /** The sign that its items have ended, if they have. */
  readonly proof?: ProofKind;
  readonly holder: NodeOrdinal;
  readonly items: readonly NodeOrdinal[];
  /** All objects that are held. */
  readonly all: readonly NodeOrdinal[];
  readonly isChain: boolean;
  /** Where bytes are counted; else objects are. */
  readonly unit?: 'bytes';
  readonly counts: readonly number[];
  readonly way: WayText;
  readonly holderAt: number;
  /** Distinguishes it from others with the same path; absent if the path is enough. */
  readonly sign?: string;
}

/**
 * Merges suspects about the same objects: a proof about objects held by what grew, or further below
 * what piles up there, is added to that suspect.
 */
export function withProofs(
  candidates: readonly LeakCandidate[],
  proofs: readonly LeakCandidate[],
  heap: LatestHeap,
): readonly LeakCandidate[] {
  const left = new Map(proofs.map((proof) => [proof, holdersAbove(proof, heap)]));
  const proved = candidates.map((candidate) => {
    const owned = new Set([candidate.holder, ...candidate.all]);
    const own = [...left].filter(([, above]) => above.some((node) => owned.has(node)));
    for (const [proof] of own) left.delete(proof);
    const [first] = own;
    return first?.[0].proof === undefined ? candidate : { ...candidate, proof: first[0].proof };
  });
  return [...proved, ...left.keys()];
}

/**
 * The holders of the holder, up to the root; a path is never longer than the number of nodes in a
 * heap.
 */
function holdersAbove({ holder }: LeakCandidate, { parents, treeOf }: LatestHeap) {
  const above: NodeOrdinal[] = [];
  for (let at = holder; above.length < MOST_ABOVE; at = parents[at] as NodeOrdinal) {
    above.push(at);
    if ((treeOf[at] ?? 0) - 1 <= TREE_ROOT) break;
  }
  return above;
}

/** The number of objects more than at the first moment. */
export function riseOf(counts: readonly number[]): number {
  return (counts.at(-1) ?? 0) - (counts[0] ?? 0);
}

/** Measures what candidates hold, and ranks them by blame. */
export function rank(
  facts: HeapFacts,
  heap: LatestHeap,
  candidates: readonly LeakCandidate[],
): readonly Suspect[] {
  const shares = computeLeakShares(
    heap,
    candidates.map(({ all }) => all),
  );
  const measured = candidates.map((candidate, index) => {
    const { share = 0, exclusive = 0 } = shares[index] ?? {};
    const { counts, way, holderAt, holder, unit = 'objects' } = candidate;
    const grown = riseOf(counts) / Math.max(1, counts.at(-1) ?? 1);
    const suspect: Suspect = {
      ...{ evidence: candidate.evidence, holder, items: candidate.items },
      ...{ isChain: candidate.isChain, unit, counts, way },
      ...{ bytes: share, exclusiveBytes: exclusive },
      bytesPerRound: counts.length < 2 ? null : Math.round((share * grown) / (counts.length - 1)),
      fingerprint: fingerprintOf(way, holderAt, candidate.sign),
      known: findKnown(way),
      proof: candidate.proof ?? null,
    };
    return { suspect, owner: codeOwnerOf(facts, heap, holder) };
  });
  return nearestFirst(measured.sort(byBlame)).map(({ suspect }) => suspect);
}

const OWNERS: readonly CodeOwner[] = ['own', 'package', 'runtime', 'engine'];
const EVIDENCE: readonly Evidence[] = ['proof', 'leak', 'growth', 'size'];

interface Ranked {
  readonly suspect: Suspect;
  readonly owner: CodeOwner;
}

/** Compares suspects: stronger evidence first, then larger share. */
function byBlame({ suspect: a }: Ranked, { suspect: b }: Ranked): number {
  const evidence = EVIDENCE.indexOf(a.evidence) - EVIDENCE.indexOf(b.evidence);
  return evidence || b.bytes - a.bytes || riseOf(b.counts) - riseOf(a.counts);
}

/** Moves suspects from the program's own files before others that hold about as much. */
function nearestFirst(ranked: readonly Ranked[]): readonly Ranked[] {
  const sorted: Ranked[] = [];
  for (let start = 0; start < ranked.length; ) {
    const tied = ranked.slice(start).filter(({ suspect }) => isTie(ranked[start], suspect));
    tied.sort((a, b) => OWNERS.indexOf(a.owner) - OWNERS.indexOf(b.owner));
    for (const one of tied) sorted.push(one);
    start += tied.length;
  }
  return sorted;
}

function isTie(first: Ranked | undefined, { evidence, bytes }: Suspect): boolean {
  if (first === undefined) return false;
  return evidence === first.suspect.evidence && bytes >= first.suspect.bytes * (1 - TIE);
}
