import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { attachToProcess } from '../../../src/source/process/pid-source.js';
import { killTool } from '../../support/kill-tool.js';
import { relaysOf } from '../../support/relays.js';
import { listeningPorts, programFile, startProgram } from '../../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { reserveUsualPort } from '../../support/usual-port.js';

const MOST_MS = 60_000;
const place = (pid: number, notes: string[] = []) => ({
  ...{ pid, worker: null },
  onNote: (sentence: string) => void notes.push(sentence),
});

/** Checks that the inspector is closed, no process of ours is left, and the program goes on. */
async function expectLeft(pid: number, ports: readonly number[] = []): Promise<void> {
  const label = `pid:${pid}`;
  await vi.waitUntil(() => relaysOf(label).length === 0, { timeout: MOST_MS });
  expect(listeningPorts(pid)).toEqual(ports);
  expect(readFileSync(`/proc/${pid}/stat`, 'latin1')).not.toMatch(/\) Z /);
}

// what a process has open is read from /proc
describe.runIf(process.platform === 'linux')('a process whose tool is killed', () => {
  describe.each(RUNTIMES)('$name', (runtime) => {
    describeRuntime(runtime, (execPath) => {
      test.each([0, 3, 15])('%i ms after the signal', async (ms) => {
        await reserveUsualPort();
        const { pid } = await startProgram(execPath, [programFile('live-waits.cjs')]);
        await killTool({ pid, source: `pid:${pid}`, port: 9229 }, { after: 'the signal', ms });
        await expectLeft(pid);
      });

      test('while it is stopped: the inspector opens when it goes on, and is closed', async () => {
        await reserveUsualPort();
        const { pid } = await startProgram(execPath, [programFile('live-waits.cjs')]);
        process.kill(pid, 'SIGSTOP');
        await killTool({ pid, source: `pid:${pid}`, port: 9229 }, { after: 'the signal', ms: 20 });
        expect(relaysOf(`pid:${pid}`)).toHaveLength(1);
        process.kill(pid, 'SIGCONT');
        await expectLeft(pid);
      });

      test('whose program has put its own things in place of process and its methods', async () => {
        await reserveUsualPort();
        const code = `const { stdout } = process;
          process._debugEnd = () => undefined;
          globalThis.process = { pid: 1 };
          setInterval(() => undefined, 1000);
          stdout.write('ready\\n');`;
        const { pid } = await startProgram(execPath, ['-e', code]);
        const moment = { after: 'the port is open', ms: 60 } as const;
        await killTool({ pid, source: `pid:${pid}`, port: 9229 }, moment);
        await expectLeft(pid);
      });
    });
  });

  test('is not kept from ending', async () => {
    await reserveUsualPort();
    const { pid, child } = await startProgram(process.execPath, [programFile('live-waits.cjs')]);
    process.kill(pid, 'SIGSTOP');
    await killTool({ pid, source: `pid:${pid}`, port: 9229 }, { after: 'the signal', ms: 0 });
    child.kill('SIGKILL');
    await vi.waitUntil(() => relaysOf(`pid:${pid}`).length === 0, { timeout: MOST_MS });
  });
});

describe.runIf(process.platform === 'linux')('a process', () => {
  test('that opens its inspector after the tool has given up: it is closed', async () => {
    await reserveUsualPort();
    const code = `process.stdout.write('ready\\n', () => {
      require('node:child_process').spawnSync('sleep', ['12']);
      setInterval(() => undefined, 1000);
    });`;
    const { pid } = await startProgram(process.execPath, ['-e', code]);
    const notes: string[] = [];
    await expect(attachToProcess(place(pid, notes))).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringContaining('opened no inspector'),
    });
    expect(notes).toEqual([]);
    expect(relaysOf(`pid:${pid}`)).toHaveLength(1);
    await expectLeft(pid);
  });

  test('whose relay is killed: one sentence, and the inspector is closed', async () => {
    await reserveUsualPort();
    const { pid } = await startProgram(process.execPath, [programFile('live-waits.cjs')]);
    const live = await attachToProcess(place(pid));
    for (const relay of relaysOf(`pid:${pid}`)) process.kill(relay, 'SIGKILL');
    await expect(live.look([])).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    await live.close();
    await expectLeft(pid);
  });

  test('an interrupted search for its inspector leaves nothing', async () => {
    await reserveUsualPort();
    const { pid } = await startProgram(process.execPath, [programFile('live-waits.cjs')]);
    process.kill(pid, 'SIGSTOP');
    const controller = new AbortController();
    const attaching = attachToProcess(place(pid), controller.signal);
    setTimeout(() => controller.abort(), 500);
    await expect(attaching).rejects.toMatchObject({ code: 'INTERRUPTED' });
    process.kill(pid, 'SIGCONT');
    await expectLeft(pid);
  });
});
