import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** A name that all tests of one machine use; Linux frees it however its holder ends. */
const LOCK = '\0showbackref-test-port-9229';
const RETRY_MS = 10;
/** How long a program of another test may take to end after it. */
const LEAVE_MS = 30_000;

// waiting for the port is part of a test's time
vi.setConfig({ testTimeout: 300_000 });

/**
 * Waits until no other test uses port 9229, where Node.js opens inspectors, and reserves it until
 * the running test is over.
 */
export async function reserveUsualPort(): Promise<void> {
  for (;;) {
    const server = createServer();
    server.listen(LOCK);
    const taken = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (taken) {
      onTestFinished(() => void server.close());
      await untilFree();
      return;
    }
    await wait(RETRY_MS);
  }
}

/** @throws Error where somebody else has it, as a rule a debugger. */
async function untilFree(): Promise<void> {
  const deadline = Date.now() + LEAVE_MS;
  while (await isTaken()) {
    if (Date.now() > deadline) {
      throw new Error('port 9229 is taken, as a rule by a debugger; run node test/run-all.js FILE');
    }
    await wait(RETRY_MS);
  }
}

function isTaken(): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port: 9229 });
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}
