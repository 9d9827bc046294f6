import { text } from 'node:stream/consumers';
import { closeInspector } from '../source/inspector/close-inspector.js';
import { connectInspector } from '../source/inspector/inspector-session.js';
import type { GuardedInspector } from '../source/process/start-guard.js';

/*
 * A process that waits for the end of the one that started it: when that one was killed and could not
 * close the inspector that it had opened in another process, this one does. From outside, because a
 * watch within that process would be an object in its heap.
 */

/** A process may be writing its heap all that time, for nobody. */
const CLOSE_MS = 600_000;

const inspector = JSON.parse(process.argv[2] as string) as GuardedInspector;
// a terminal's Ctrl-C and its end are for the other one
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
if ((await text(process.stdin)) === '') await close();

async function close(): Promise<void> {
  // there may be no such process any more
  const session = await connectInspector(inspector.url).catch(() => null);
  if (session === null) return;
  await closeInspector(session, inspector, CLOSE_MS);
  await session.close();
}
