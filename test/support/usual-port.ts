import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** A name that all tests of one machine use; Linux frees it however its holder ends. */
const LOCK = '\0showbackref-test-port-9229';
const RETRY_MS = 10;

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
      return;
    }
    await wait(RETRY_MS);
  }
}
