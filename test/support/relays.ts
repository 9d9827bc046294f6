import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 20;

/** Numbers of our processes that have the connection to a source with this name. */
export function relaysOf(label: string): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    const words = readWords(pid);
    return words.includes(label) && words.some((word) => word.endsWith('inspector-relay.cjs'));
  });
}

/** Waits until there are none left. False after `ms`. */
export async function noRelayWithin(label: string, ms: number): Promise<boolean> {
  const last = performance.now() + ms;
  while (relaysOf(label).length > 0) {
    if (performance.now() > last) return false;
    await wait(POLL_MS);
  }
  return true;
}

function readWords(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // it has ended
    return [];
  }
}
