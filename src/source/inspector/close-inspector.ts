import type { InspectorSession } from './inspector-session.js';
import { OBJECT_GROUP } from './inspector-session.js';
import { settlesWithin } from './settles-within.js';

/** What has to be known of a process to close the inspector that was opened in it for us. */
export interface OpenedInspector {
  /** As the process sees itself: behind the address may be somebody else by now. */
  readonly innerPid: number;
  /** The port that it was started with, where it took another; else null. */
  readonly portBefore: number | null;
}

/** Resolves when the inspector, and the session with it, has gone or `ms` are over; never rejects. */
export async function closeInspector(
  session: InspectorSession,
  { innerPid, portBefore }: OpenedInspector,
  ms: number,
): Promise<void> {
  const restore = portBefore === null ? '' : `process.debugPort = ${portBefore};`;
  const expression = `if (process.pid === ${innerPid}) { ${restore} process._debugEnd(); }`;
  // never answered: the inspector goes first
  session
    .sendAlone('Runtime.evaluate', { expression, objectGroup: OBJECT_GROUP })
    .catch(() => undefined);
  await settlesWithin(session.disconnected, ms);
}
