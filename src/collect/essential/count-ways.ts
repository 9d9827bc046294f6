import { ANY_WAYS } from '../picture/subgraph.js';
import type { Links } from './picture-links.js';
import type { Section } from './sections.js';

/** The limit of steps: a tangle has too many paths to count. */
const MOST_STEPS = 20_000;

/**
 * Counts the paths through a section that visit no node twice; `ANY_WAYS` for that many or more.
 */
export function countWays(links: Links, { lower, upper, between }: Section): number {
  let [ways, steps] = [0, 0];
  const passed = new Set<string>();
  const isDone = () => ways >= ANY_WAYS || steps >= MOST_STEPS;
  const climb = (id: string) => {
    for (const holder of links.holdersOf(id)) {
      if (isDone()) return;
      steps += 1;
      if (holder === upper) ways += 1;
      if (!between.has(holder) || passed.has(holder)) continue;
      if (upper === null && links.isEnd(holder)) {
        ways += 1;
        continue;
      }
      passed.add(holder);
      // recurses no deeper than a picture has boxes
      climb(holder);
      passed.delete(holder);
    }
  };
  climb(lower);
  return steps >= MOST_STEPS ? ANY_WAYS : ways;
}
