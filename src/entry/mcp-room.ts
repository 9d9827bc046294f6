import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { FromRoom, RoomData, ToRoom } from '../mcp/room-messages.js';
import { ToolRoom } from '../mcp/tools/tool-room.js';
import { onRemnants } from '../util/left-behind.js';

/*
 * The thread in which the heaps of an MCP server stay open and its calls are answered, one at a time: the main
 * thread goes on to hear the client, and ends this one where a call does not end.
 */

function listen(port: MessagePort): void {
  const tell = (message: FromRoom) => port.postMessage(message);
  onRemnants((remnant, change) => tell({ kind: 'remnant', remnant, isThere: change === 'made' }));
  const opening = ToolRoom.open(workerData as RoomData);
  let current = new AbortController();
  port.on('message', async (message: ToRoom) => {
    if (message.kind === 'cancel') {
      current.abort();
      return;
    }
    current = new AbortController();
    const { signal } = current;
    const onProgress = (words: string) => tell({ kind: 'progress', words });
    const room = await opening;
    tell({
      kind: 'done',
      result: await room.call(message.tool, message.given, { signal, onProgress }),
    });
  });
}

if (parentPort !== null) listen(parentPort);
