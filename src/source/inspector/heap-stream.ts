import { Readable } from 'node:stream';
import { type InspectorSession, OBJECT_GROUP } from './inspector-session.js';
import { settlesWithin } from './settles-within.js';

/** The longest time for a program to start collecting garbage. */
const COLLECT_MS = 5000;

/**
 * Assigns heap ids to all living objects and looks up those of `objectIds`; 0 for an object that V8
 * does not know. Then releases every handle of ours and of the debugger's, which would otherwise
 * appear in the heap as holders.
 *
 * Tracking is used instead of `takeHeapSnapshot`: from Node.js 22 on the latter waits for the event
 * loop, which may never turn again.
 *
 * @throws Error when the connection is lost.
 */
export async function assignNodeIds(
  session: InspectorSession,
  objectIds: readonly string[],
): Promise<number[]> {
  const tracking = session.send('HeapProfiler.startTrackingHeapObjects', {
    trackAllocations: false,
  });
  const lookups = objectIds.map((objectId) =>
    session.send('HeapProfiler.getHeapObjectId', { objectId }),
  );
  const released = releaseHandles(session);
  const [ids] = await Promise.all([Promise.all(lookups), tracking, released]);
  return ids.map(({ heapSnapshotObjectId }) => Number(heapSnapshotObjectId));
}

async function releaseHandles(session: InspectorSession): Promise<void> {
  const groups = [OBJECT_GROUP, 'backtrace'];
  await Promise.all(
    groups.map((objectGroup) => session.send('Runtime.releaseObjectGroup', { objectGroup })),
  );
}

/**
 * Collects garbage before the heap is taken, as V8 does itself, with turns of the program in
 * between, so that what finalizers hold is gone, too. A busy or paused program does not respond,
 * and is not waited for.
 *
 * @throws Error when the connection is lost.
 */
export async function collectGarbage(session: InspectorSession): Promise<void> {
  const collected = session.send('HeapProfiler.collectGarbage', {});
  if (await settlesWithin(collected, COLLECT_MS)) await collected;
  else collected.catch(() => undefined);
}

/** Callbacks while V8 takes a heap. */
export interface HeapStreamHooks {
  /** V8 has sent the last byte, however far their reader is. */
  readonly onLast?: () => void;
  /** How much V8 has done of its work before it sends the first byte, from 0 to 1. */
  readonly onTaken?: ((share: number) => void) | undefined;
}

/**
 * Takes the heap after `assignNodeIds` and yields the bytes of its snapshot.
 *
 * V8 does not wait for its reader: unread bytes are kept in memory.
 *
 * @throws Error when the connection is lost.
 */
export async function* streamHeap(
  session: InspectorSession,
  { onLast, onTaken }: HeapStreamHooks = {},
): AsyncGenerator<Uint8Array> {
  // in object mode, so that waiting chunks are not joined into one
  const chunks = new Readable({ objectMode: true, read() {} });
  const subscriptions = [
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
      chunks.push(Buffer.from(chunk, 'utf8'));
    }),
    session.on('HeapProfiler.reportHeapSnapshotProgress', ({ done, total }) => {
      // the other side may be anything
      if (done >= 0 && total > 0) onTaken?.(Math.min(1, done / total));
    }),
  ];
  const reportProgress = onTaken === undefined ? {} : { reportProgress: true };
  session.send('HeapProfiler.stopTrackingHeapObjects', reportProgress).then(
    () => {
      onLast?.();
      chunks.push(null);
    },
    (error) => chunks.destroy(error),
  );
  try {
    yield* chunks;
  } finally {
    for (const unsubscribe of subscriptions) unsubscribe();
  }
}
