import type { WayPattern } from '../path-pattern.js';

/** A leak that others have met and explained. */
export interface KnownLeak {
  /** Lower case and dashes, unique. */
  readonly id: string;
  /**
   * The possible ends of paths to the objects that pile up; one of them has to match. See
   * `WayText`.
   */
  readonly paths: readonly WayPattern[];
  /** The package or runtime and its versions: `styled-components <5.0.0`, `node 20 - 22`. */
  readonly versions: string;
  /** One sentence. */
  readonly cause: string;
  /** One sentence. */
  readonly fix: string;
  readonly links: readonly string[];
  /** The first version without it; null if there is none yet. */
  readonly fixedIn: string | null;
  /**
   * `library`: a defect of the library; `use`: it works as documented, and is used in a way that
   * keeps things; `measurement`: caused by being looked at.
   */
  readonly kind: 'library' | 'use' | 'measurement';
}
