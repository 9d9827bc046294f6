import { Readable } from 'node:stream';
import { type InspectorSession, OBJECT_GROUP } from './inspector-session.js';

/**
 * Assigns heap ids to all objects alive now and looks up those of `objectIds`; 0 for an object that
 * V8 does not know. Then lets go of every handle of ours and of the debugger's, which would
 * otherwise be in the heap as holders.
 *
 * Tracking, and not `takeHeapSnapshot`: from Node.js 22 on that waits for the event loop, which may
 * never turn again.
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
 * Takes the heap after `assignNodeIds` and yields the bytes of its snapshot; `onLast` is called as
 * soon as V8 has sent the last of them, however far their reader is.
 *
 * V8 does not wait for its reader: what was not asked for yet is kept in memory.
 *
 * @throws Error when the connection is lost.
 */
export async function* streamHeap(
  session: InspectorSession,
  onLast: () => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  // In object mode, where chunks that wait are not joined to one.
  const chunks = new Readable({ objectMode: true, read() {} });
  const unsubscribe = session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    chunks.push(Buffer.from(chunk, 'utf8'));
  });
  session.send('HeapProfiler.stopTrackingHeapObjects', {}).then(
    () => {
      onLast();
      chunks.push(null);
    },
    (error) => chunks.destroy(error),
  );
  try {
    yield* chunks;
  } finally {
    unsubscribe();
  }
}
