import type { WorkerThread } from '../opened-source.js';
import {
  type InspectorConnection,
  type InspectorSession,
  type RawClient,
  toSession,
} from './inspector-session.js';
import { type Choice, chooseOne, toShellWord } from './live-choice.js';
import { MessageRouter } from './message-router.js';

interface Worker {
  readonly sessionId: string;
  readonly title: string;
  readonly url: string;
}

/** The way in which an inspector reports workers and lets us talk to them. */
interface WorkerDomain {
  /** All current workers; rejects if the domain is unknown. */
  attach(): Promise<readonly Worker[]>;
  toSession(sessionId: string): InspectorSession;
  detach(): Promise<unknown>;
}

/**
 * A session with one worker of the program or page: a worker thread of Node.js, a worker of Chrome
 * or Deno. Its `close` releases all workers and leaves the connection open.
 *
 * @throws ShowBackrefError NOTHING_SELECTED, AMBIGUOUS_TARGET with a table of the workers; Error
 *   if the connection is lost or knows no workers.
 */
export async function attachToWorker(
  connection: InspectorConnection,
  choice: Choice,
  owner: string,
): Promise<InspectorSession> {
  const [domain, workers] = await attachToAll(connection);
  try {
    const { sessionId } = chooseWorker(workers, choice, owner);
    const session = domain.toSession(sessionId);
    const close = async () => {
      await session.close();
      await domain.detach().catch(() => undefined);
    };
    return { ...session, close };
  } catch (error) {
    await domain.detach().catch(() => undefined);
    throw error;
  }
}

async function attachToAll(
  connection: InspectorConnection,
): Promise<readonly [WorkerDomain, readonly Worker[]]> {
  const threads = nodeWorkers(connection);
  try {
    return [threads, await threads.attach()];
  } catch {
    const targets = targetWorkers(connection);
    return [targets, await targets.attach()];
  }
}

/** All workers of the program or page; rejects where the connection is lost or knows no workers. */
export async function listWorkers(
  connection: InspectorConnection,
): Promise<readonly WorkerThread[]> {
  const [domain, workers] = await attachToAll(connection);
  await domain.detach();
  return numbered(workers).map(({ number, title, url }) => ({ number, title, url }));
}

function numbered(workers: readonly Worker[]): readonly (Worker & WorkerThread)[] {
  return workers
    .map((worker, index) => {
      const [, thread, name] = /^\[worker (\d+)\] ?(.*)$/s.exec(worker.title) ?? [];
      return { ...worker, number: thread ?? String(index + 1), title: name ?? worker.title };
    })
    .sort((a, b) => Number(a.number) - Number(b.number));
}

function chooseWorker(workers: readonly Worker[], choice: Choice, owner: string): Worker {
  const candidates = numbered(workers).map((worker) => {
    return { ...worker, names: [worker.number, worker.title, worker.url] };
  });
  return chooseOne(candidates, choice, {
    ...{ noun: 'worker', owner },
    toRow: ({ number, title, url }) => [`${number} ${title}`.trim(), url],
    option: ({ number }) => toShellWord(number),
  });
}

/** Chrome's way: each worker is a separate target, over the same connection. */
function targetWorkers(connection: InspectorConnection): WorkerDomain {
  const autoAttach = (option: { readonly autoAttach: boolean }) =>
    connection.send('Target.setAutoAttach', {
      ...{ ...option, waitForDebuggerOnStart: false, flatten: true },
    });
  return {
    async attach() {
      const workers: Worker[] = [];
      const unsubscribe = connection.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
        const { type, title, url } = targetInfo;
        if (type.includes('worker')) workers.push({ sessionId, title, url });
      });
      // existing workers are reported before the answer
      await autoAttach({ autoAttach: true });
      unsubscribe();
      return workers;
    },
    toSession: (sessionId) => connection.toTarget(sessionId),
    detach: () => autoAttach({ autoAttach: false }),
  };
}

/** Node's way: messages to and from a worker are wrapped in messages of the main thread. */
function nodeWorkers(connection: InspectorSession): WorkerDomain {
  return {
    async attach() {
      const workers: Worker[] = [];
      const unsubscribe = connection.on(
        'NodeWorker.attachedToWorker',
        ({ sessionId, workerInfo: { title, url } }) => workers.push({ sessionId, title, url }),
      );
      await connection.send('NodeWorker.enable', { waitForDebuggerOnStart: false });
      unsubscribe();
      return workers;
    },
    toSession: (sessionId) => toSession(new WorkerClient(connection, sessionId)),
    detach: () => connection.send('NodeWorker.disable', {}),
  };
}

/** Talks to one worker thread of Node.js. */
class WorkerClient implements RawClient {
  readonly #router: MessageRouter;
  readonly #unsubscribe: readonly (() => void)[];

  constructor(connection: InspectorSession, sessionId: string) {
    const router = new MessageRouter((message) => {
      connection
        .send('NodeWorker.sendMessageToWorker', { sessionId, message })
        .catch(() => router.emit('disconnect', undefined));
    });
    this.#router = router;
    this.#unsubscribe = [
      connection.on('NodeWorker.receivedMessageFromWorker', (event) => {
        if (event.sessionId === sessionId) router.receive(event.message);
      }),
      connection.on('NodeWorker.detachedFromWorker', (event) => {
        if (event.sessionId === sessionId) router.emit('disconnect', undefined);
      }),
    ];
    void connection.disconnected.then(() => router.emit('disconnect', undefined));
  }

  send(method: string, params: object): Promise<unknown> {
    return this.#router.send({ method, params });
  }

  on(event: string, listener: (params: never) => void): void {
    this.#router.on(event, listener);
  }

  off(event: string, listener: (params: never) => void): void {
    this.#router.off(event, listener);
  }

  async close(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }
}
