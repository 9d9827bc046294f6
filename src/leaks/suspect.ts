import type { NodeOrdinal } from '../graph/ordinals.js';
import type { KnownLeak } from './known/known-leak.js';
import type { WayText } from './path-pattern.js';
import type { ProofKind } from './proofs/proof.js';

/**
 * The evidence against a suspect: `proof`: objects that have ended are still held; `leak`: it grew
 * from each of three or more moments to the next; `growth`: it grew, but between two moments only,
 * or less and less: it may still be filling up; `size`: it holds much at the only moment, which
 * does not show whether it grows.
 */
export type Evidence = 'proof' | 'leak' | 'growth' | 'size';

/** A holder that may be to blame. */
export interface Suspect {
  readonly evidence: Evidence;
  /** The holder of the items; for a chain, its first link. */
  readonly holder: NodeOrdinal;
  /** Some of the newest objects it holds, the newest first. */
  readonly items: readonly NodeOrdinal[];
  /** Each item holds the next one. */
  readonly isChain: boolean;
  /** The unit of `counts`: bytes where things pile up that are not objects, such as numbers. */
  readonly unit: 'objects' | 'bytes';
  /** Objects it holds, or links of a chain, at each moment. */
  readonly counts: readonly number[];
  /**
   * Bytes it holds that nothing else keeps alive; bytes held by several suspects are divided among
   * them.
   */
  readonly bytes: number;
  /** The bytes that no other suspect holds. */
  readonly exclusiveBytes: number;
  /** The average increase from one moment to the next; null for one moment. */
  readonly bytesPerRound: number | null;
  /** From the root to the items. */
  readonly way: WayText;
  /** Equal for the same leak in another build or process. */
  readonly fingerprint: string;
  readonly known: KnownLeak | null;
  /** The sign that its items have ended; null for other evidence than `proof`. */
  readonly proof: ProofKind | null;
}

/** Something that grew but is not to blame. */
export interface AlsoGrew {
  readonly holder: NodeOrdinal;
  /** Some of the newest objects it holds. */
  readonly items: readonly NodeOrdinal[];
  readonly way: WayText;
  readonly counts: readonly number[];
  readonly why: ExcuseKind;
}

/** The reason why something that grew is not to blame. */
export type ExcuseKind =
  /** The engine's own: code, shapes, feedback. */
  | 'engine'
  /** Caches of loaded files, each file once. */
  | 'loading'
  /** The runtime's own tables that fill while it warms up. */
  | 'warm-up'
  /** Objects that an inspector or a console keeps. */
  | 'inspector'
  /** Source maps and the like, for messages. */
  | 'source-maps'
  /** Its items are replaced: those that were new at an earlier moment are gone. */
  | 'replaced';

/** The result of comparing moments. */
export interface FoundLeaks {
  readonly suspects: readonly Suspect[];
  readonly alsoGrew: readonly AlsoGrew[];
}
