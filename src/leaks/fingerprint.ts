import { createHash } from 'node:crypto';
import type { WayText } from './path-pattern.js';

/**
 * The number of named steps above the holder that count: enough to distinguish two lists, too few
 * to change with the program around them.
 */
const NAMED_STEPS = 2;
const LENGTH = 12;

/**
 * A hash that stays the same for the same leak in another build, process or version: of the labels
 * and classes from a named reference near the holder down to the items, without ids, lines, files
 * and counts.
 *
 * @param holderAt position of the holder in the path.
 * @param sign a further distinction of the leak.
 */
export function fingerprintOf(way: WayText, holderAt: number, sign = ''): string {
  let start = holderAt + 1;
  for (let named = 0; start > 0 && named < NAMED_STEPS; start--) {
    if (/^(\.|var )/.test(way[start - 1] ?? '')) named++;
  }
  const text = [...way.slice(start).map(generalised), ...(sign === '' ? [] : [sign])].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH);
}

/** Removes numbers in names, which a bundler or a package manager may add. */
function generalised(step: string): string {
  return step.replace(/\d+/g, '#');
}
