import { CACHE_LEAKS } from './cache-leaks.js';
import type { KnownLeak } from './known-leak.js';
import { NODE_LEAKS } from './node-leaks.js';
import { REGISTRY_LEAKS } from './registry-leaks.js';

/**
 * Known leaks. If several rows match, the first one counts, so those of packages come before those
 * of Node.js. To add one: run `showbackref leaks` on heaps that show it with `--format json` and
 * take the end of `path`, from the holder on, with as few steps as identify it; write `*` where
 * versions differ, and `**` for any number of steps. `WayText` in path-pattern.ts says what steps
 * look like. A test runs a program for each row and checks that the row matches no healthy one:
 * give it a driver in test/leaks/real and name it in test/leaks/real/real-leaks.ts.
 */
export const KNOWN_LEAKS: readonly KnownLeak[] = [...CACHE_LEAKS, ...REGISTRY_LEAKS, ...NODE_LEAKS];
