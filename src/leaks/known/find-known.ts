import { matchesEnd, type WayText } from '../path-pattern.js';
import type { KnownLeak } from './known-leak.js';
import { KNOWN_LEAKS } from './rows.js';

/** The first row that matches a path to the accumulated objects. */
export function findKnown(way: WayText): KnownLeak | null {
  return KNOWN_LEAKS.find(({ paths }) => paths.some((path) => matchesEnd(way, path))) ?? null;
}
