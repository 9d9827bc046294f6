import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 5;

/** Asks again and again for what is null until it is there; null when `ms` are over. Asks at least once. */
export async function comesWithin<T>(ms: number, ask: () => Promise<T | null>): Promise<T | null> {
  const deadline = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== null || performance.now() >= deadline) return answer;
    await wait(POLL_MS);
  }
}
