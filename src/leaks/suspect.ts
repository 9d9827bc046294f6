import type { NodeOrdinal } from '../graph/ordinals.js';
import type { KnownLeak } from './known/known-leak.js';
import type { WayText } from './path-pattern.js';
import type { ProofKind } from './proofs/proof.js';

/**
 * What speaks against a suspect:
 * `proof`: objects that have ended are still held;
 * `leak`: it grew from each of three or more moments to the next;
 * `growth`: it grew, but between two moments only, or less and less: it may still be filling up;
 * `size`: it holds much at the only moment there is, which does not tell whether it grows.
 */
export type Evidence = 'proof' | 'leak' | 'growth' | 'size';

/** A holder that may be to blame. */
export interface Suspect {
  readonly evidence: Evidence;
  /** What holds the items: of a chain, its first link. */
  readonly holder: NodeOrdinal;
  /** Some of the newest objects it holds, the newest first. */
  readonly items: readonly NodeOrdinal[];
  /** Each item holds the next one. */
  readonly isChain: boolean;
  /** What is counted: objects; or bytes, where it is no object that piles up, such as numbers. */
  readonly unit: 'objects' | 'bytes';
  /** Objects it holds, or links of a chain, at each moment. */
  readonly counts: readonly number[];
  /** Bytes it holds that nothing else keeps alive; what several suspects hold is divided among them. */
  readonly bytes: number;
  /** Those that no other suspect holds. */
  readonly exclusiveBytes: number;
  /** More from one moment to the next, on average; null for one moment. */
  readonly bytesPerRound: number | null;
  /** From the root to the items. */
  readonly way: WayText;
  /** The same for the same leak in another build or process. */
  readonly fingerprint: string;
  readonly known: KnownLeak | null;
  /** Why its items have ended; null for other evidence than `proof`. */
  readonly proof: ProofKind | null;
}

/** Something that grew and is not to blame. */
export interface AlsoGrew {
  readonly holder: NodeOrdinal;
  /** Some of the newest objects it holds. */
  readonly items: readonly NodeOrdinal[];
  readonly way: WayText;
  readonly counts: readonly number[];
  readonly why: ExcuseKind;
}

/** Why something that grew is not to blame. */
export type ExcuseKind =
  /** The engine's own: code, shapes, feedback. */
  | 'engine'
  /** Caches of what was loaded, each file once. */
  | 'loading'
  /** The runtime's own tables that fill while it warms up. */
  | 'warm-up'
  /** What an inspector or a console keeps. */
  | 'inspector'
  /** Source maps and the like, for messages. */
  | 'source-maps'
  /** Its items are replaced: none that was new at an earlier moment is left. */
  | 'replaced';

/** What was found in moments. */
export interface FoundLeaks {
  readonly suspects: readonly Suspect[];
  readonly alsoGrew: readonly AlsoGrew[];
}
