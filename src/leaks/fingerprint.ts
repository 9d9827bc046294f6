import { createHash } from 'node:crypto';
import type { WayText } from './path-pattern.js';

/** Steps with a name above the holder that count: enough to tell two lists apart, too few to change with the program around them. */
const NAMED_STEPS = 2;
const LENGTH = 12;

/**
 * The same for the same leak in another build, process or version: a hash of the labels and classes from a
 * named reference near the holder to the items. Ids, lines, files and counts are no part of it.
 *
 * @param holderAt position of the holder in the way.
 * @param sign what else tells the leak apart.
 */
export function fingerprintOf(way: WayText, holderAt: number, sign = ''): string {
  let start = holderAt + 1;
  for (let named = 0; start > 0 && named < NAMED_STEPS; start--) {
    if (/^(\.|var )/.test(way[start - 1] ?? '')) named++;
  }
  const text = [...way.slice(start).map(generalised), ...(sign === '' ? [] : [sign])].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH);
}

/** Numbers in names are a bundler's or a package manager's. */
function generalised(step: string): string {
  return step.replace(/\d+/g, '#');
}
