import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { commandIo, commandWriters } from '../supervise/command-io.js';
import type { CommandData, CommandMessage } from '../supervise/messages.js';
import { onRemnants } from '../util/left-behind.js';
import { PrestartedThread } from '../util/prestarted-thread.js';

/*
 * The thread of a command that may compute for a long time: the main thread stays free for signals
 * and time limits, and can end this one at any moment.
 */

const data = workerData as CommandData;

async function work(port: MessagePort): Promise<void> {
  const tell = (message: CommandMessage) => port.postMessage(message);
  onRemnants((remnant, change) => tell({ kind: 'remnant', remnant, isThere: change === 'made' }));
  const ahead = data.bytes > 0 ? new PrestartedThread(data.bytes) : null;
  const { run } = await import('../cli/main.js');
  const writers = commandWriters(port, data);
  const io = commandIo(port, data, writers);
  const code = await (ahead === null ? run(data.argv, io) : run(data.argv, io, ahead));
  await Promise.all([writers.stdout.taken(), writers.stderr.taken()]);
  tell({ kind: 'done', code });
}

if (parentPort !== null) void work(parentPort);
