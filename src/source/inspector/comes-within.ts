import { setTimeout as wait } from 'node:timers/promises';

/**
 * The first pause: an immediate result is not waited for, and one that takes longer is not asked
 * for all the time.
 */
const FIRST_POLL_MS = 5;
const LONGEST_POLL_MS = 1000;
const GROWTH = 1.3;

/** Asks repeatedly until the answer is not null; null when `ms` are over. Asks at least once. */
export async function comesWithin<T>(ms: number, ask: () => Promise<T | null>): Promise<T | null> {
  const deadline = performance.now() + ms;
  for (let step = FIRST_POLL_MS; ; step = longerStep(step)) {
    const answer = await ask();
    if (answer !== null || performance.now() >= deadline) return answer;
    await wait(step);
  }
}

/** The next pause after one of this length. */
export function longerStep(ms: number): number {
  return Math.min(LONGEST_POLL_MS, ms * GROWTH);
}
