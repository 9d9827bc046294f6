import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readlinkSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { listTargets } from '../../src/source/inspector/inspector-endpoint.js';
import { connectInspector } from '../../src/source/inspector/inspector-session.js';
import { readInspectorOptions } from '../../src/source/process/pid-options.js';
import { attachToProcess, openProcess } from '../../src/source/process/pid-source.js';
import { relaysOf } from '../support/relays.js';
import {
  endProgram,
  listeningPorts,
  programFile,
  type RunningProgram,
  startProgram,
} from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { reserveUsualPort } from '../support/usual-port.js';
import { CapturedHeap } from './captured-heap.js';
import { readAll } from './script-harness.js';

describe('the options for a program’s inspector', () => {
  const usual = {
    ...{ host: '127.0.0.1', port: 9229 },
    ...{ isOpenFromStart: false, isAddressHidden: false },
  };
  const open = { ...usual, isOpenFromStart: true };
  test.each([
    ['node app.js', '', usual],
    ['node --inspect app.js', '', open],
    ['node --inspect=9333 app.js', '', { ...open, port: 9333 }],
    ['node --inspect-brk=0.0.0.0:0 app.js', '', { ...open, host: '0.0.0.0', port: 0 }],
    ['node --inspect-port 9333 app.js', '', { ...usual, port: 9333 }],
    ['node --debug-port=[::1]:9333 app.js', '', { ...usual, host: '::1', port: 9333 }],
    ['node --inspect=build-7 app.js', '', { ...open, host: 'build-7' }],
    ['node app.js', '--inspect-port=1 --inspect-port=2', { ...usual, port: 2 }],
    ['node --inspect-port=3 app.js', '--inspect-port=2', { ...usual, port: 3 }],
    ['node --inspect-publish-uid=stderr app.js', '', { ...usual, isAddressHidden: true }],
    ['node --inspect-publish-uid=stderr,http app.js', '', usual],
  ])('%s with NODE_OPTIONS="%s"', (args, nodeOptions, options) => {
    expect(readInspectorOptions(args.split(' '), nodeOptions)).toEqual(options);
  });
});

// what a process has open is read from /proc
describe.runIf(process.platform === 'linux')('a running process', () => {
  describe.each(RUNTIMES)('$name', (runtime) => {
    describeRuntime(runtime, (execPath) => {
      test('several heaps, in which nothing is ours; then unchanged', async () => {
        await reserveUsualPort();
        const { pid } = await startProgram(execPath, [programFile('live-waits.cjs')]);
        const notes: string[] = [];
        const live = await attachToProcess(place(pid, notes));
        for (let round = 1; round <= 2; round++) {
          const { evaluated, producer } = await live.look(['process.versions']);
          expect(producer).toMatch(/^Node\.js v/);
          const heap = new CapturedHeap(await readAll(live.takeHeap()));
          const [versions] = evaluated as unknown as readonly { nodeId: number }[];
          expect(heap.nameOf(versions?.nodeId ?? 0)).toBe('Object');
          expect(heap.consoleHandles()).toEqual([]);
          expect(listeningPorts(pid)).toEqual([9229]);
        }
        await live.close();
        expect(listeningPorts(pid)).toEqual([]);
        expect(notes).toEqual([]);
      });

      test('whose program has put its own things in place of process and process._debugEnd', async () => {
        await reserveUsualPort();
        const code = `const { stdout } = process;
          process._debugEnd = () => undefined;
          globalThis.process = { pid: 1 };
          setInterval(() => undefined, 1000);
          stdout.write('ready\\n');`;
        const { pid } = await startProgram(execPath, ['-e', code]);
        const notes: string[] = [];
        const live = await attachToProcess(place(pid, notes));
        await live.look([]);
        expect(await sizeOf(live.takeHeap())).toBeGreaterThan(100_000);
        await live.close();
        expect(listeningPorts(pid)).toEqual([]);
        expect(notes).toEqual([]);
      });

      test('whose port another process has for a while: waits for it', async () => {
        await reserveUsualPort();
        const others = createServer().listen(9229, '127.0.0.1');
        await once(others, 'listening');
        const program = await startProgram(execPath, [programFile('live-waits.cjs')]);
        const attaching = attachToProcess(place(program.pid));
        await wait(300);
        expect(listeningPorts(program.pid)).toEqual([]);
        others.close();
        const live = await attaching;
        expect(listeningPorts(program.pid)).toEqual([9229]);
        await live.close();
        expect(listeningPorts(program.pid)).toEqual([]);
        // it was not asked before it could do it
        expect(program.stderr()).not.toContain('failed');
      });
    });
  });

  test('whose port another process keeps: says which, and what to type; neither is touched', async () => {
    await reserveUsualPort();
    const waits = programFile('live-waits.cjs');
    const other = await startProgram(process.execPath, ['--inspect=127.0.0.1:9229', waits]);
    const { pid, stderr } = await startProgram(process.execPath, [waits]);
    await expect(attachToProcess(place(pid))).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringMatching(
        `process ${pid} cannot open its inspector, because process ${other.pid} \\(node\\) has 127.0.0.1:9229; .*--inspect-port=0`,
      ),
    });
    expect([listeningPorts(pid), stderr()]).toEqual([[], '']);
    expect(listeningPorts(other.pid)).toEqual([9229]);
  });

  test('two at once, which both open their inspectors on one port', async () => {
    await reserveUsualPort();
    const waits = programFile('live-waits.cjs');
    const programs = await Promise.all(
      [1, 2, 3].map(() => startProgram(process.execPath, [waits])),
    );
    await Promise.all(
      programs.map(async ({ pid }) => {
        const live = await attachToProcess(place(pid));
        await live.look([]);
        expect(await sizeOf(live.takeHeap())).toBeGreaterThan(100_000);
        await live.close();
      }),
    );
    for (const { pid, stderr } of programs) {
      expect(listeningPorts(pid)).toEqual([]);
      expect(stderr()).not.toContain('failed');
    }
  });

  test('with several clients: all get their heap, and the last one closes the inspector', async () => {
    await reserveUsualPort();
    const { pid } = await startProgram(process.execPath, [programFile('live-waits.cjs')]);
    const look = async () => {
      const live = await attachToProcess(place(pid));
      await live.look([]);
      expect(await sizeOf(live.takeHeap())).toBeGreaterThan(100_000);
      await live.close();
    };
    await Promise.all([look(), look(), look()]);
    // the run that had it opened may still be waiting for the others
    await vi.waitUntil(() => listeningPorts(pid).length === 0, { timeout: 30_000 });
  });

  test('an inspector that somebody else uses by now is closed after they have gone', async () => {
    await reserveUsualPort();
    const { pid } = await startProgram(process.execPath, [programFile('live-waits.cjs')]);
    const live = await attachToProcess(place(pid));
    const [target] = await listTargets({ host: '127.0.0.1', port: 9229, socketPath: null });
    const debug = await connectInspector(`ws://127.0.0.1:9229${target?.socketPath}`);
    await live.close();
    const asked = { expression: '6 * 7', objectGroup: 'test' };
    expect((await debug.send('Runtime.evaluate', asked)).result.value).toBe(42);
    await debug.close();
    await vi.waitUntil(() => listeningPorts(pid).length === 0, { timeout: 30_000 });
  });

  test('a program of another kind in a file that is called node is not signalled', async () => {
    const file = join(temporaryFolder(), 'node');
    copyFileSync('/bin/sleep', file);
    const child = spawn(file, ['600']);
    onTestFinished(() => endProgram(child));
    await once(child, 'spawn');
    const pid = child.pid as number;
    await expect(attachToProcess(place(pid))).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringContaining(`process ${pid} is ${JSON.stringify(file)} and not Node.js`),
    });
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  });

  test('that has only just been started', async () => {
    await reserveUsualPort();
    const program = await startProgram('/bin/sh', [
      ...['-c', `echo ready; exec "${process.execPath}" "${programFile('live-waits.cjs')}"`],
    ]);
    await becomes(program, process.execPath);
    const live = await attachToProcess(place(program.pid));
    await live.close();
    expect(listeningPorts(program.pid)).toEqual([]);
    expect(program.child.exitCode).toBeNull();
  });

  test('busy with a loop that never ends', async () => {
    await reserveUsualPort();
    const { pid, child } = await startProgram(process.execPath, [
      ...['-e', 'process.stdout.write("ready\\n", () => { for (;;); })'],
    ]);
    const source = await openProcess(place(pid), { expressions: ['process.versions'] });
    expect(source.live?.evaluated).toMatchObject([{ kind: 'object' }]);
    expect(await sizeOf(source.bytes)).toBeGreaterThan(100_000);
    await source.close();
    expect(listeningPorts(pid)).toEqual([]);
    expect(child.exitCode).toBeNull();
  });

  test('is left unchanged when the look is interrupted', async () => {
    await reserveUsualPort();
    const { pid, child } = await startProgram(process.execPath, [programFile('live-large.cjs')]);
    const controller = new AbortController();
    const request = { expressions: [], signal: controller.signal };
    const notes: string[] = [];
    const source = await openProcess(place(pid, notes), request);
    controller.abort();
    await expect(sizeOf(source.bytes)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    // the requested heap is finished first
    await vi.waitUntil(() => listeningPorts(pid).length === 0, { timeout: 60_000 });

    await expect(openProcess(place(pid, notes), request)).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    await vi.waitUntil(() => relaysOf(`pid:${pid}`).length === 0, { timeout: 60_000 });
    expect(listeningPorts(pid)).toEqual([]);
    expect(notes).toEqual([]);
    expect(child.exitCode).toBeNull();
  });

  test('that ends while its heap is read', async () => {
    await reserveUsualPort();
    const { pid, child } = await startProgram(process.execPath, [programFile('live-large.cjs')]);
    const source = await openProcess(place(pid), { expressions: [] });
    const reading = (async () => {
      for await (const _ of source.bytes) child.kill('SIGKILL');
    })();
    await expect(reading).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: expect.stringContaining(`process ${pid} ended while it was looked at`),
    });
    await source.close();
  });

  test('that exits while it is looked at, and is not kept from it', async () => {
    await reserveUsualPort();
    const { pid, child } = await startProgram(process.execPath, [programFile('live-waits.cjs')]);
    const exited = once(child, 'exit');
    const opening = openProcess(place(pid), { expressions: ['process.exit(3)'] });
    await expect(opening).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    expect(await exited).toEqual([3, null]);
  });

  test('whose inspector the program itself has opened, at an unusual port: left open', async () => {
    await reserveUsualPort();
    const code = `require('node:inspector').open(0, '127.0.0.1');
      process.debugPort = 9229;
      setInterval(() => undefined, 1000);
      process.stdout.write('ready\\n');`;
    const { pid } = await startProgram(process.execPath, ['-e', code]);
    const before = listeningPorts(pid);
    const live = await attachToProcess(place(pid));
    await live.close();
    expect(before).toHaveLength(1);
    expect(listeningPorts(pid)).toEqual(before);
  });
});

describe.runIf(process.platform === 'linux')('where there is no /proc', () => {
  test('a process whose inspector is closed: opened, and closed again', async () => {
    await reserveUsualPort();
    const { pid } = await startProgram(process.execPath, [programFile('live-waits.cjs')]);
    const live = await attachToProcess({ ...place(pid), platform: 'darwin' });
    await live.look([]);
    expect(await sizeOf(live.takeHeap())).toBeGreaterThan(100_000);
    await live.close();
    expect(listeningPorts(pid)).toEqual([]);
  });

  test('a process beside one that has its port: that one is not touched', async () => {
    await reserveUsualPort();
    const waits = programFile('live-waits.cjs');
    const other = await startProgram(process.execPath, ['--inspect=127.0.0.1:9229', waits]);
    const { pid } = await startProgram(process.execPath, [waits]);
    const attaching = attachToProcess({ ...place(pid), platform: 'darwin' });
    await expect(attaching).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringContaining(`because process ${other.pid} has 127.0.0.1:9229`),
    });
    expect(listeningPorts(other.pid)).toEqual([9229]);
    expect(listeningPorts(pid)).toEqual([]);
    const debug = await connectInspector(await other.inspector());
    onTestFinished(() => debug.close());
  });

  test('something that is not Node.js is not signalled', async () => {
    await reserveUsualPort();
    const { pid, child } = await startProgram('/bin/sh', ['-c', 'echo ready; exec sleep 600']);
    const attaching = attachToProcess({ ...place(pid), platform: 'darwin' });
    await expect(attaching).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    expect(child.signalCode).toBeNull();
  });
});

function place(pid: number, notes: string[] = []) {
  return { pid, worker: null, onNote: (sentence: string) => void notes.push(sentence) };
}

/** The size of the bytes, because a failed expectation would print the bytes themselves. */
async function sizeOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  return (await readAll(bytes)).length;
}

/** Waits until a shell has become the program that it starts in its place. */
async function becomes({ pid }: RunningProgram, program: string): Promise<void> {
  while (readlinkSync(`/proc/${pid}/exe`) !== realpathSync(program)) {
    await new Promise(setImmediate);
  }
}
