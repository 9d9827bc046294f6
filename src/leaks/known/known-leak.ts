import type { WayPattern } from '../path-pattern.js';

/** A leak that others have met and explained. */
export interface KnownLeak {
  /** Lower case and dashes, unique. */
  readonly id: string;
  /** How ways to the objects that pile up end; one of them is enough. See `WayText`. */
  readonly paths: readonly WayPattern[];
  /** Of which package or runtime, and which versions of it: `styled-components <5.0.0`, `node 20 - 22`. */
  readonly versions: string;
  /** One sentence. */
  readonly cause: string;
  /** One sentence. */
  readonly fix: string;
  readonly links: readonly string[];
  /** The first version without it; null where there is none. */
  readonly fixedIn: string | null;
  /** `library`: a defect of it; `use`: it works as documented, and is used in a way that keeps things; `measurement`: comes from being looked at. */
  readonly kind: 'library' | 'use' | 'measurement';
}
