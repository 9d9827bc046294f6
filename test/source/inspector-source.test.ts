import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ShowBackrefError } from '../../src/errors.js';
import { parseInspectorAddress } from '../../src/source/inspector/inspector-address.js';
import type { EndpointTarget } from '../../src/source/inspector/inspector-endpoint.js';
import type { InspectorCommands } from '../../src/source/inspector/inspector-protocol.js';
import { connectInspector } from '../../src/source/inspector/inspector-session.js';
import { attachToInspector, openInspector } from '../../src/source/inspector/inspector-source.js';
import { choosePage } from '../../src/source/inspector/inspector-targets.js';
import type { Choice } from '../../src/source/inspector/live-choice.js';
import type { LiveFacts } from '../../src/source/opened-source.js';
import { programFile, startProgram } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { CapturedHeap } from './captured-heap.js';
import { localNames, readAll } from './script-harness.js';

describe('addresses', () => {
  test.each([
    ['127.0.0.1:9229', { host: '127.0.0.1', port: 9229, socketPath: null }],
    ['localhost:9229', { host: 'localhost', port: 9229, socketPath: null }],
    ['[::1]:9229', { host: '::1', port: 9229, socketPath: null }],
    ['http://127.0.0.1:9222/json', { host: '127.0.0.1', port: 9222, socketPath: null }],
    ['HTTP://build-7.example:1', { host: 'build-7.example', port: 1, socketPath: null }],
    ['ws://127.0.0.1:9229', { host: '127.0.0.1', port: 9229, socketPath: null }],
    ['ws://[::1]:9229/a-b?c', { host: '::1', port: 9229, socketPath: '/a-b?c' }],
  ])('%s', (text, address) => {
    expect(parseInspectorAddress(text)).toEqual(address);
  });

  test.each([
    'a.heapsnapshot',
    'app.js',
    'C:\\a.js',
    '127.0.0.1:70000',
    'https://a:1',
    'a:b',
    'ws:x',
  ])('%s is none', (text) => {
    expect(parseInspectorAddress(text)).toBeNull();
  });
});

describe('which page', () => {
  const shop = page({ id: 'A1', title: 'Shop', url: 'http://a.test/' });
  const cart = page({ id: 'B2', title: 'Shop', url: 'http://a.test/cart' });
  const menu = page({ id: 'C3', title: 'Menu', url: 'chrome://menu/', type: 'browser_ui' });
  const frame = page({ id: 'D4', title: 'Advert', url: 'http://b.test/', type: 'iframe' });

  test('the only one, whatever else the browser lists', () => {
    expect(choosePage([menu, shop, frame], null, 'a')).toMatchObject({ id: 'A1' });
  });

  test('a part in any letter case; exactly the text beats a part of it', () => {
    expect(choosePage([shop, cart], choice('CART'), 'a')).toMatchObject({ id: 'B2' });
    expect(choosePage([shop, cart], choice('http://a.test/'), 'a')).toMatchObject({ id: 'A1' });
  });

  test('a frame only when it is asked for', () => {
    expect(choosePage([shop, frame], choice('advert'), 'a')).toMatchObject({ id: 'D4' });
  });

  test.each([
    ['several', [shop, cart], null, 'there are 2 pages of "a"; choose one with page'],
    ['several that fit', [shop, cart], choice('shop'), 'page "shop" fits 2 pages of "a"'],
    ['none that fits', [shop, cart], choice('x'), 'no page of "a" matches page "x"'],
  ])('%s: a table of what to type', (_, targets, pick, words) => {
    const error = errorOf(() => choosePage(targets, pick, 'a'));
    expect(error.message).toContain(words);
    expect(error.details).toEqual([
      'page  url                 choose with',
      'Shop  http://a.test/      page A1',
      'Shop  http://a.test/cart  page B2',
    ]);
  });

  test('the text to type survives a shell', () => {
    const odd = page({ id: 'E5', title: "it's $HOME", url: 'http://c.test/' });
    const error = errorOf(() => choosePage([shop, odd], null, 'a'));
    expect(error.details[2]).toMatch(/page 'it'\\''s \$HOME'$/);
  });

  test('no page at all', () => {
    expect(() => choosePage([menu], null, 'a')).toThrow('"a" has no page to look at');
  });
});

describe.each(RUNTIMES)('$name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('a running program is neither paused nor changed, several heaps from one session', async () => {
      const program = await startProgram(execPath, [
        ...['--inspect=127.0.0.1:0', programFile('live-paused.cjs')],
      ]);
      const live = await attachToInspector(place(await program.inspector()));
      const ids: number[] = [];
      for (const expression of ['process.versions', 'globalThis.process.versions']) {
        const facts = await live.look([expression, 'x', '6 * 7']);
        const heap = new CapturedHeap(await readAll(live.takeHeap()));
        expect(facts.frames).toEqual([]);
        const [versions, x, number] = facts.evaluated;
        expect(versions).toMatchObject({ expression, kind: 'object' });
        // a variable of a module is not global: the search in the heap will find it
        expect(x).toMatchObject({ kind: 'error', message: expect.stringContaining('not defined') });
        expect(number).toMatchObject({ kind: 'primitive', text: '42' });
        const { nodeId } = versions as { nodeId: number };
        expect(heap.nameOf(nodeId)).toBe('Object');
        expect(heap.consoleHandles()).toEqual([]);
        ids.push(nodeId);
      }
      expect(new Set(ids).size).toBe(1);
      await live.close();
      await live.close();
      expect(program.child.exitCode).toBeNull();
    });

    test('a program that somebody else has paused: its frames, and it stays paused', async () => {
      const program = await startProgram(execPath, [
        ...['--inspect=127.0.0.1:0', programFile('live-paused.cjs')],
      ]);
      const url = await program.inspector();
      const debug = await connectInspector(url);
      onTestFinished(() => debug.close());
      let resumed = 0;
      debug.on('Debugger.resumed' as never, () => resumed++);
      const paused = new Promise((resolve) => debug.on('Debugger.paused', resolve));
      await debug.send('Debugger.enable', {});
      await paused;
      const source = await openInspector(place(url), { expressions: ['job.input', 'y[2]'] });
      const heap = new CapturedHeap(await readAll(source.bytes));
      await source.close();

      const { frames, evaluated, producer } = source.live as LiveFacts;
      expect(producer).toMatch(/^Node\.js v/);
      expect(frames.map(({ functionName, line }) => [functionName, line])).toEqual([
        ['work', 6],
        ['', 12],
      ]);
      expect(localNames(frames[0])).toEqual(['job']);
      const [input] = evaluated as readonly { nodeId?: number }[];
      expect(heap.nameOf(input?.nodeId ?? 0)).toBe('Array');
      expect(evaluated.map(({ kind }) => kind)).toEqual(['object', 'object']);
      // an answer from the debugger, after ours has gone
      const answer = await evaluate(debug, 'work.name');
      expect(answer.result.className).toBe('ReferenceError');
      expect(resumed).toBe(0);
    });

    test('a console that somebody opens afterwards still shows what was logged', async () => {
      const code = 'console.log({ isLogged: true }); setInterval(() => undefined, 1000);';
      const program = await startProgram(execPath, ['--inspect=127.0.0.1:0', '-e', code]);
      const url = await program.inspector();
      const source = await openInspector(place(url), { expressions: [] });
      const heap = new CapturedHeap(await readAll(source.bytes));
      await source.close();
      expect(heap.consoleHandles()).not.toEqual([]);
      const debug = await connectInspector(url);
      onTestFinished(() => debug.close());
      const logged: unknown[] = [];
      debug.on('Runtime.consoleAPICalled' as never, (event) => logged.push(event));
      await debug.send('Runtime.enable' as never, {} as never);
      expect(logged).toMatchObject([{ type: 'log', args: [{ type: 'object' }] }]);
    });

    test('one worker thread, by number and by name', async () => {
      const program = await startProgram(execPath, [
        ...['--inspect=127.0.0.1:0', programFile('live-workers.cjs')],
      ]);
      const url = await program.inspector();
      for (const worker of [choice('1'), choice('MAIL')]) {
        if (worker.text === 'MAIL' && !(await namesWorkers(url))) continue;
        const source = await openInspector(
          { ...place(url), worker },
          { expressions: ['lastJob.name'] },
        );
        const heap = new CapturedHeap(await readAll(source.bytes));
        await source.close();
        expect(source.live?.evaluated).toMatchObject([{ kind: 'primitive', text: '"of 1"' }]);
        expect(heap.consoleHandles()).toEqual([]);
      }
      const several = openInspector({ ...place(url), worker: choice('live') }, { expressions: [] });
      const error = await several.catch((caught: ShowBackrefError) => caught);
      expect((error as ShowBackrefError).details).toHaveLength(3);
    });

    test('is released when the look is interrupted', async () => {
      const program = await startProgram(execPath, [
        ...['--inspect=127.0.0.1:0', programFile('live-large.cjs')],
      ]);
      const controller = new AbortController();
      const source = await openInspector(place(await program.inspector()), {
        expressions: [],
        signal: controller.signal,
      });
      controller.abort();
      const reading = readAll(source.bytes).then(({ length }) => length);
      await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' });
      expect(program.child.exitCode).toBeNull();
    });

    test('ends while its heap is read', async () => {
      const program = await startProgram(execPath, [
        ...['--inspect=127.0.0.1:0', programFile('live-large.cjs')],
      ]);
      const url = await program.inspector();
      const source = await openInspector(place(url), { expressions: [] });
      const reading = (async () => {
        for await (const _ of source.bytes) program.child.kill('SIGKILL');
      })();
      await expect(reading).rejects.toMatchObject({
        code: 'SOURCE_UNREACHABLE',
        message: expect.stringContaining(`the connection to "${url}" was lost`),
      });
      await source.close();
    });
  });
});

describe('a server that is not an inspector', () => {
  test('a port where nothing listens', async () => {
    const server = await listen(createServer());
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    await expectRefusal(`127.0.0.1:${port}`, 'SOURCE_UNREACHABLE', 'nothing listens on');
  });

  test('a server that speaks something else', async () => {
    const server = await listen(createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    await expectRefusal(hostOf(server), 'SOURCE_REFUSED', 'is not an inspector');
  });

  test('a server that hangs up', async () => {
    const server = await listen(createServer((socket) => socket.destroy()));
    await expectRefusal(hostOf(server), 'SOURCE_REFUSED', 'is not an inspector');
  });

  test('a server that says nothing', async () => {
    const server = await listen(createServer());
    await expectRefusal(hostOf(server), 'SOURCE_UNREACHABLE', 'does not answer');
  });

  test.each([
    ['a web server', 404, '<h1>Not found</h1>'],
    ['a server with other JSON', 200, '["a"]'],
    ['a server with null', 200, 'null'],
  ])('%s', async (_, status, body) => {
    const server = await listen(serve(() => [status, body]));
    for (const source of [hostOf(server), `ws://${hostOf(server)}/x`]) {
      await expectRefusal(source, 'SOURCE_REFUSED', 'is not an inspector');
    }
  });

  test('a server whose answer has no end', async () => {
    const endless = createHttpServer((_, response) => {
      const fill = () => {
        while (response.write(Buffer.alloc(1 << 20, ' ')));
      };
      response.on('drain', fill);
      fill();
    });
    await expectRefusal(hostOf(await listen(endless)), 'SOURCE_REFUSED', 'is not an inspector');
  });

  test('Bun', async () => {
    const bun = serve((path) =>
      path === '/json/version' ? [200, '{"Browser":"Bun"}'] : [404, ''],
    );
    const server = await listen(bun);
    await expectRefusal(hostOf(server), 'SOURCE_REFUSED', 'Bun.generateHeapSnapshot("v8")');
  });

  test('a page that has gone', async () => {
    const browser = serve((path) =>
      path === '/json/version' ? [200, '{"Browser":"Chrome/156.0.0.0"}'] : [404, ''],
    );
    const source = `ws://${hostOf(await listen(browser))}/devtools/page/GONE`;
    await expectRefusal(source, 'SOURCE_UNREACHABLE', `cannot connect to "${source}"`);
  });
});

function place(text: string) {
  const address = parseInspectorAddress(text);
  if (address === null) throw new Error(`${text} is not an address`);
  return { address, name: text, page: null, worker: null };
}

function choice(text: string): Choice {
  return { text, matches: (name) => name.toLowerCase().includes(text.toLowerCase()) };
}

function page(given: Partial<EndpointTarget>): EndpointTarget {
  const socketPath = `/devtools/page/${given.id}`;
  return { id: '', type: 'page', title: '', url: '', socketPath, ...given };
}

function errorOf(work: () => unknown): ShowBackrefError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ShowBackrefError);
    return error as ShowBackrefError;
  }
  throw new Error('it did not throw');
}

type Evaluate = InspectorCommands['Runtime.evaluate']['result'];

async function evaluate(
  session: Awaited<ReturnType<typeof connectInspector>>,
  expression: string,
): Promise<Evaluate> {
  return session.send('Runtime.evaluate', { expression, objectGroup: 'test' });
}

/** True if this Node.js reports the names of its worker threads. */
async function namesWorkers(url: string): Promise<boolean> {
  const session = await connectInspector(url);
  const titles: string[] = [];
  session.on('NodeWorker.attachedToWorker', ({ workerInfo }) => titles.push(workerInfo.title));
  await session.send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  await session.close();
  return titles.some((title) => title.includes('mail'));
}

async function expectRefusal(source: string, code: string, words: string): Promise<void> {
  const error = await openInspector(place(source), { expressions: [] }).catch((caught) => caught);
  expect(error).toBeInstanceOf(ShowBackrefError);
  expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
}

function serve(answer: (path: string) => readonly [number, string]): Server {
  return createHttpServer(({ url = '' }, response) => {
    const [status, body] = answer(url);
    response.writeHead(status).end(body);
  });
}

async function listen(server: Server): Promise<Server> {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return server;
}

function hostOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
