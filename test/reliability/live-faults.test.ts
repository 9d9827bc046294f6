import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { caseCount, countResult } from '../support/count-result.js';
import {
  type FakeClient,
  type FakeCommand,
  type FakeManners,
  fakeInspector,
} from '../support/fake-inspector.js';
import { type BinResult, runBin } from '../support/run-bin.js';
import {
  listeningAddresses,
  listeningPorts,
  programFile,
  startProgram,
} from '../support/running-program.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { reserveUsualPort } from '../support/usual-port.js';

const ALL = caseCount(0, 1) === 1;
const sums = { faults: 0 };

afterAll(() => countResult('faults of inspectors and processes', sums));

type Answer = (command: FakeCommand, client: FakeClient) => void;

const reply = ({ id }: FakeCommand, client: FakeClient, result: unknown = {}) =>
  client.send(JSON.stringify({ id, result }));

/** The answers of a usable inspector, for the questions asked here. */
const HONEST: Readonly<Record<string, unknown>> = {
  'Runtime.getHeapUsage': { usedSize: 1000, totalSize: 2000 },
  'Runtime.evaluate': { result: { type: 'object', objectId: '1' } },
  'HeapProfiler.getHeapObjectId': { heapSnapshotObjectId: '1' },
};

const honest: Answer = (command, client) => reply(command, client, HONEST[command.method]);

const chunk = (text: string) =>
  JSON.stringify({ method: 'HeapProfiler.addHeapSnapshotChunk', params: { chunk: text } });

/** Answers honestly until the heap is requested, then does this. */
const atHeap =
  (then: Answer): Answer =>
  (command, client) =>
    command.method === 'HeapProfiler.stopTrackingHeapObjects'
      ? then(command, client)
      : honest(command, client);

/** Sends this repeatedly until the other side is gone. */
function flood(client: FakeClient, text: string): void {
  for (let i = 0; i < 50; i++) client.send(text);
  setTimeout(() => flood(client, text), 5).unref();
}

const FAULTS: readonly (readonly [string, Answer])[] = [
  ['text that is not JSON', (_, client) => client.send('Hello')],
  ['JSON that is not a message', (_, client) => client.send('[1,2]')],
  ['null', (_, client) => client.send('null')],
  ['bytes that are not a frame', (_, client) => client.raw(Buffer.alloc(100, 0xff))],
  ['a frame without end', (_, client) => client.raw(Buffer.from([0x81, 0x7e, 0xff, 0xff, 0x20]))],
  [
    'a frame of 2^63 bytes',
    (_, client) => client.raw(Buffer.from([0x81, 0x7f, 0x7f, ...Array(7).fill(0xff)])),
  ],
  [
    'answers to nobody',
    ({ id }, client) => client.send(JSON.stringify({ id: id + 1000, result: {} })),
  ],
  ['an answer without a result', ({ id }, client) => client.send(JSON.stringify({ id }))],
  ['results that are numbers', (command, client) => reply(command, client, 7)],
  ['results that are null', (command, client) => reply(command, client, null)],
  [
    'errors',
    ({ id }, client) =>
      client.send(JSON.stringify({ id, error: { code: -1, message: 'no\u001b[31m\n\n' } })),
  ],
  ['errors of another shape', ({ id }, client) => client.send(JSON.stringify({ id, error: 7 }))],
  ['answers without a heap', honest],
  [
    'something that is not a heap',
    atHeap((command, client) => {
      client.send(chunk('Hello'));
      reply(command, client);
    }),
  ],
  [
    'half a heap',
    atHeap((command, client) => {
      client.send(chunk('{"snapshot":{"meta":{'));
      reply(command, client);
    }),
  ],
  ['half a heap, then silence', atHeap((_, client) => client.send(chunk('{"snapshot":{"meta":{')))],
  [
    'half a heap, then nobody',
    atHeap((_, client) => {
      client.send(chunk('{"snapshot":{'));
      setTimeout(() => client.drop(), 50);
    }),
  ],
  [
    'a chunk that is not a text',
    atHeap((command, client) => {
      client.send(
        JSON.stringify({ method: 'HeapProfiler.addHeapSnapshotChunk', params: { chunk: 7 } }),
      );
      reply(command, client);
    }),
  ],
  [
    'chunks without parameters',
    atHeap((command, client) => {
      client.send(JSON.stringify({ method: 'HeapProfiler.addHeapSnapshotChunk' }));
      reply(command, client);
    }),
  ],
  ['a heap without end', atHeap((_, client) => flood(client, chunk(' '.repeat(10_000))))],
  [
    'a flood of events',
    (_, client) =>
      flood(
        client,
        JSON.stringify({ method: 'Debugger.scriptParsed', params: { scriptId: '1', url: 'x' } }),
      ),
  ],
  ['silence', () => undefined],
  ['answers that are slow', (command, client) => void setTimeout(honest, 300, command, client)],
];

/** Checks for one sentence, the expected code, nothing on standard output, and in time. */
function expectSentence({ code, stdout, stderr }: BinResult): void {
  sums.faults++;
  expect([code, stdout], stderr).toEqual([1, '']);
  expect(stderr).toMatch(/^showbackref: [^\n]+\n$/);
  expect(stderr).not.toMatch(/should not|undefined|TypeError|not a function|not iterable/);
}

const ask = (source: string, ...more: string[]) =>
  runBin([source, '--target', 'x', '--format', 'json', '--timeout', '2s', ...more]);

describe('an inspector that answers with', () => {
  // each may take as long as --timeout
  test.each(ALL ? FAULTS : FAULTS.filter((_, i) => i % 4 === 0))('%s', async (_, answer) => {
    expectSentence(await ask(await fakeInspector(answer)));
  });

  test('nothing after so many commands: hangs, or hangs up', async () => {
    const last = ALL ? 10 : 1;
    for (let stop = 0; stop < last; stop++) {
      for (const isDropping of [true, false]) {
        const address = await fakeInspector((command, client) => {
          if (command.index < stop) honest(command, client);
          else if (isDropping) client.drop();
        });
        expectSentence(await ask(address));
      }
    }
  });
});

/** Its answers over HTTP, before there is a connection. */
const MANNERS: readonly (readonly [string, FakeManners])[] = [
  ['says nothing', { onRequest: () => true }],
  ['says nothing of its pages', { onRequest: (path) => path === '/json/list' }],
  ['does not open a WebSocket', { isUpgrading: false }],
  [
    'answers without end',
    {
      onRequest: (_, response) => {
        const more = () => {
          if (response.destroyed) return;
          response.write('x'.repeat(1e6));
          setTimeout(more, 1);
        };
        more();
        return true;
      },
    },
  ],
  [
    'answers with half of it, and hangs up',
    {
      onRequest: (_, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('{"Browser"');
        setTimeout(() => response.destroy(), 20);
        return true;
      },
    },
  ],
  [
    'lists what makes no sense',
    {
      onRequest: (path, response) => {
        if (path === '/json/version') return false;
        response.end('[null, 7, {"type": 7}, []]');
        return true;
      },
    },
  ],
];

describe('an inspector that', () => {
  test.each(MANNERS)('%s', async (_, manners) => {
    const address = await fakeInspector(honest, manners);
    const start = performance.now();
    expectSentence(await ask(address));
    // two seconds of --timeout, on a busy machine; without it, HTTP would have its own limit
    expect(performance.now() - start).toBeLessThan(9_000);
  });

  test.runIf(ALL)('does not open a WebSocket, with no time limit', async () => {
    const address = await fakeInspector(honest, { isUpgrading: false });
    const result = await runBin([address, '--target', 'x', '--format', 'json']);
    expectSentence(result);
    expect(result.stderr).toContain('does not answer its inspector');
  });

  test('sends a heap that has no end: stopped before the memory is full', async () => {
    // as if no more were free
    const free = 'data:text/javascript,process.availableMemory=()=>3e7';
    const endless = atHeap((_, client) => flood(client, chunk(' '.repeat(10_000))));
    const address = await fakeInspector(endless);
    const argv = [address, '--target', 'x', '--format', 'json'];
    const result = await runBin(argv, { nodeArgs: ['--import', free] });
    expectSentence(result);
    expect(result.stderr).toContain(
      'has more than 30 MB, which is all the memory that was free; free some',
    );
  });
});

describe('a process', () => {
  test.runIf(process.platform === 'linux')(
    'that two tools look at together goes on, and its inspector is closed',
    async () => {
      await reserveUsualPort();
      const program = await startProgram(process.execPath, [programFile('live-server.cjs')]);
      const look = () =>
        runBin([`pid:${program.pid}`, '--target', 'class:Session', '--all', '--format', 'json']);
      const results = await Promise.all([look(), look(), look()]);
      sums.faults += 2;
      for (const { code, stderr } of results) {
        if (code !== 0) expect(stderr).toMatch(/^showbackref: [^\n]+\n$/);
      }
      expect(results.some(({ code }) => code === 0)).toBe(true);
      expect(await answerOf(program.firstLine)).toMatch(/^\d+$/);
      // one of them may still be on its way out
      while (listeningPorts(program.pid).length > 1) await wait(10);
      expect(program.child.exitCode).toBeNull();
      expect((await look()).code).toBe(0);
    },
  );

  test.runIf(process.platform !== 'win32')(
    'that hangs: --timeout ends the look, and it goes on',
    async () => {
      const program = await startProgram(process.execPath, [
        ...['--inspect=127.0.0.1:0', programFile('live-server.cjs')],
      ]);
      const address = await program.inspector();
      program.child.kill('SIGSTOP');
      expectSentence(await ask(address));
      program.child.kill('SIGCONT');
      expect(await answerOf(program.firstLine)).toMatch(/^\d+$/);
    },
  );

  test.runIf(process.platform === 'linux')(
    'is looked at only on loopback, and saved only for its owner',
    async () => {
      await reserveUsualPort();
      const program = await startProgram(process.execPath, [programFile('live-large.cjs')]);
      const file = join(temporaryFolder(), 'a.heapsnapshot');
      const seen = new Set<string>();
      const done = runBin(['capture', `pid:${program.pid}`, '--out', file]);
      let isOver = false;
      void done.then(() => {
        isOver = true;
      });
      while (!isOver) {
        for (const address of listeningAddresses(program.pid)) seen.add(address);
        const folder = join(file, '..');
        for (const name of readdirSync(folder)) {
          const mode = statSync(join(folder, name), { throwIfNoEntry: false })?.mode;
          if (mode !== undefined) expect(mode & 0o777).toBe(0o600);
        }
        await wait(5);
      }
      expect((await done).code).toBe(0);
      expect([...seen]).toEqual(['0100007F']);
      expect(listeningPorts(program.pid)).toEqual([]);
    },
  );
});

/** Between finding a port and connecting to it, another process gets it. */
describe.runIf(process.platform === 'linux')('a port that another process has by now', () => {
  test.each(['/json/version', '/json/list'])(
    'of pid:N, given away at %s: no other process is looked at',
    async (path) => {
      const port = await freePort();
      const program = await startGiver(port, path);
      // waits for the port until the time is up
      const result = await runBin([`pid:${program.pid}`, '--target', 'x', '--format', 'json']);
      expectSentence(result);
      const heir = Number(program.stdout().split('\n')[1]);
      const said = `because process ${heir} (node) has 127.0.0.1:${port}; close that one`;
      expect(result.stderr).toContain(said);
      expect(program.child.exitCode).toBeNull();
      // the other program goes on, and keeps its inspector
      expect(listeningPorts(heir)).toEqual([port]);
    },
  );

  test('of an address: it is not the page that was chosen', async () => {
    const port = await freePort();
    const program = await startGiver(port, '/json/list');
    const result = await ask(`127.0.0.1:${port}`);
    expectSentence(result);
    expect(result.stderr).toContain('check that the program or page is still there');
    expect(listeningPorts(Number(program.stdout().split('\n')[1]))).toEqual([port]);
  });

  function startGiver(port: number, path: string) {
    const argv = [`--inspect-port=${port}`, programFile('gives-port-away.cjs'), path];
    return startProgram(process.execPath, argv);
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function answerOf(port: string): Promise<string> {
  const [response] = await once(get(`http://127.0.0.1:${port}/after`), 'response');
  let text = '';
  for await (const part of response) text += part;
  return text;
}
