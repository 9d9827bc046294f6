import { toHostAndPort, toSocketUrl } from '../inspector/inspector-address.js';
import { connectInspector } from '../inspector/inspector-session.js';
import { settlesWithin } from '../inspector/settles-within.js';
import { DoorSearch, type FoundDoor } from './door-search.js';
import { readInspectorOptions } from './pid-options.js';
import {
  countWorkers,
  type LookedAtProcess,
  type NodeProcess,
  ProcessTable,
} from './process-table.js';

/** The longest time for an inspector to report the size of its heap. */
const ANSWER_MS = 1000;

/**
 * Lists the processes of Node.js and Deno of this user.
 *
 * @param platform for tests.
 * @throws ShowBackrefError SOURCE_REFUSED if they cannot be listed.
 */
export async function lookAtProcesses(
  platform: NodeJS.Platform = process.platform,
): Promise<readonly LookedAtProcess[]> {
  if (platform !== 'linux') {
    return (await import('./ps-portable.js')).listWithPs(platform);
  }
  const table = await ProcessTable.read();
  return Promise.all((await table.list()).map(lookAt));
}

async function lookAt(one: NodeProcess): Promise<LookedAtProcess> {
  const door = await findOpenDoor(one).catch(() => null);
  return {
    ...one,
    inspector: door === null ? null : toHostAndPort(door.address),
    heapUsed: door === null ? null : await askHeapUsed(door),
    workers: await countWorkers({ pid: one.pid, isInspectorOpen: door !== null }),
  };
}

/** Asks only the ports of inspectors: on any other port, the program would see a request. */
function findOpenDoor({ pid, args, nodeOptions }: NodeProcess): Promise<FoundDoor | null> {
  const { host, port, isOpenFromStart } = readInspectorOptions(args, nodeOptions);
  return new DoorSearch(pid).find((socket) => {
    if (port !== 0) return socket.port === port;
    return isOpenFromStart && socket.host === host;
  });
}

async function askHeapUsed({ address, socketPath }: FoundDoor): Promise<number | null> {
  const connecting = connectInspector(toSocketUrl(address, socketPath)).catch(() => null);
  const session = (await settlesWithin(connecting, ANSWER_MS)) ? await connecting : null;
  if (session === null) return null;
  const asking = session.send('Runtime.getHeapUsage', {}).then(
    ({ usedSize }) => usedSize,
    () => null,
  );
  const heapUsed = (await settlesWithin(asking, ANSWER_MS)) ? await asking : null;
  await session.close();
  return heapUsed;
}
