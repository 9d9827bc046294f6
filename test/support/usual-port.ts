import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

/** Known to all tests of one machine; Linux gives it free when its holder ends in whatever way. */
const LOCK = '\0showbackref-test-port-9229';
const RETRY_MS = 10;

// waiting for the port is part of a test's time
vi.setConfig({ testTimeout: 300_000 });

/**
 * Waits until no other test uses port 9229, where Node.js opens inspectors, and keeps it from them
 * until the running test is over.
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
