import { rmSync } from 'node:fs';
import type { Remnant } from '../util/left-behind.js';

/** Cleans up what a thread that was ended has left: a file that is not whole, a process that it had started. */
export function removeRemnant(remnant: Remnant): void {
  try {
    if (remnant.kind === 'file') rmSync(remnant.path, { force: true });
    else process.kill(remnant.isGroup ? -remnant.pid : remnant.pid, 'SIGKILL');
  } catch {
    // it has gone in the meantime
  }
}
