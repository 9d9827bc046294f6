import { setTimeout as wait } from 'node:timers/promises';

/** What comes at once is not waited for; what takes its time is not asked for it all the time. */
const FIRST_POLL_MS = 5;
const LONGEST_POLL_MS = 1000;
const GROWTH = 1.3;

/** Asks again and again for what is null until it is there; null when `ms` are over. Asks at least once. */
export async function comesWithin<T>(ms: number, ask: () => Promise<T | null>): Promise<T | null> {
  const deadline = performance.now() + ms;
  for (let step = FIRST_POLL_MS; ; step = longerStep(step)) {
    const answer = await ask();
    if (answer !== null || performance.now() >= deadline) return answer;
    await wait(step);
  }
}

/** How long to wait after having waited so long. */
export function longerStep(ms: number): number {
  return Math.min(LONGEST_POLL_MS, ms * GROWTH);
}
