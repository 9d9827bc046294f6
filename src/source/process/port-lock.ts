import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A little longer than a process may take to open its inspector. */
const LOCK_MS = 12_000;
const RETRY_MS = 5;

/**
 * Keeps two runs of this tool from having two processes open their inspectors on one port at once:
 * the second process would report that on its standard error. The lock is a name that Linux frees
 * however its holder ends; any user can take it, so it is not waited for forever, and other systems
 * do not have it.
 *
 * @param port 0 for any free one, for which nobody has to wait.
 * @param check throws if waiting is to be given up.
 */
export async function withPortLock<T>(
  port: number,
  check: () => void,
  work: () => Promise<T>,
): Promise<T> {
  if (port === 0 || process.platform !== 'linux') return work();
  const unlock = await takeLock(`\0showbackref-inspector-port-${port}`, check);
  try {
    return await work();
  } finally {
    unlock();
  }
}

async function takeLock(name: string, check: () => void): Promise<() => void> {
  const deadline = performance.now() + LOCK_MS;
  do {
    const server = createServer((socket) => socket.destroy());
    server.listen(name);
    const isOurs = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (isOurs) return () => void server.close();
    await wait(RETRY_MS);
    check();
  } while (performance.now() < deadline);
  return () => undefined;
}
