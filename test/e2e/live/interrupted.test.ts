import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Subgraph } from '../../../src/collect/picture/subgraph.js';
import { relaysOf } from '../../support/relays.js';
import { runBin } from '../../support/run-bin.js';
import {
  endProgram,
  listeningPorts,
  programFile,
  type RunningProgram,
  startProgram,
} from '../../support/running-program.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { reserveUsualPort } from '../../support/usual-port.js';

const BIN = fileURLToPath(new URL('../../../bin/showbackref.js', import.meta.url));
const LARGE = programFile('live-large.cjs');
const SAVED = 'kept.heapsnapshot';
const POLL_MS = 10;

// what a process has open is read from /proc
describe.runIf(process.platform === 'linux')('half-way through the heap of a process', () => {
  test('Ctrl-C: exit code 130, one sentence, no file, no inspector', async () => {
    const { program, tool, closed, folder, stderr } = await startLooking();
    tool.kill('SIGINT');
    expect(await closed).toEqual([130, null]);
    expect(stderr()).toBe('showbackref: interrupted\n');
    await expectUntouched(program, folder);
  });

  test('the process is killed: exit code 1, one sentence, no file', async () => {
    const { program, closed, folder, stderr } = await startLooking();
    program.child.kill('SIGKILL');
    expect(await closed).toEqual([1, null]);
    expect(stderr()).toMatch(
      /(?:^|\n)showbackref: process \d+ ended while it was looked at, .*\n$/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('the tool is killed: the inspector is closed nevertheless, and no process is left', async () => {
    const { program, tool, closed } = await startLooking();
    const relays = () => relaysOf(`pid:${program.pid}`);
    expect(relays()).toHaveLength(1);
    tool.kill('SIGKILL');
    expect(await closed).toEqual([null, 'SIGKILL']);
    while (listeningPorts(program.pid).length > 0) await wait(POLL_MS);
    while (relays().length > 0) await wait(POLL_MS);
    expect(program.child.exitCode).toBeNull();
  });
});

test.runIf(process.platform === 'linux')('after a look no process is left', async () => {
  await reserveUsualPort();
  const { pid } = await startProgram(process.execPath, [programFile('live-waits.cjs')]);
  await runBin([`pid:${pid}`, '--target', 'process.versions', '--format', 'txt']);
  while (relaysOf(`pid:${pid}`).length > 0) await wait(POLL_MS);
  expect(listeningPorts(pid)).toEqual([]);
});

describe('--keep', () => {
  const TARGET = ['--target', 'items[7]', '--format', 'json'];

  test.runIf(process.platform === 'linux')('of a process', async () => {
    await reserveUsualPort();
    const { pid } = await startProgram(process.execPath, [LARGE]);
    await expectKept(`pid:${pid}`);
  });

  test('of an inspector', async () => {
    const program = await startProgram(process.execPath, ['--inspect=127.0.0.1:0', LARGE]);
    await expectKept(await program.inspector());
  });

  /** Checks that it is readable only by its owner, and gives the same answer again. */
  async function expectKept(source: string): Promise<void> {
    const file = join(temporaryFolder(), SAVED);
    const live = await runBin([source, ...TARGET, '--keep', file]);
    expect(live.code, live.stderr).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const saved = await runBin([file, ...TARGET]);
    expect(saved.code, saved.stderr).toBe(0);
    const [first, second] = [live, saved].map(({ stdout }) => JSON.parse(stdout) as Subgraph);
    expect(second?.targets).toEqual(first?.targets);
    expect(second?.edges).toEqual(first?.edges);
    expect(second?.nodes).toEqual(first?.nodes);
  }
});

interface Look {
  readonly program: RunningProgram;
  readonly tool: ChildProcess;
  /** Its exit code and signal. */
  readonly closed: Promise<unknown[]>;
  readonly folder: string;
  readonly stderr: () => string;
}

/** Resolves when the tool has requested the heap: it then has opened the file to save it to. */
async function startLooking(): Promise<Look> {
  await reserveUsualPort();
  const program = await startProgram(process.execPath, [LARGE]);
  const folder = temporaryFolder();
  const argv = [BIN, `pid:${program.pid}`, '--target', 'items', '--keep', join(folder, SAVED)];
  const tool = spawn(process.execPath, [...argv, '--out', join(folder, 'a.png')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => endProgram(tool));
  let text = '';
  tool.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const closed = once(tool, 'close');
  while (readdirSync(folder).length === 0) await wait(POLL_MS);
  return { program, tool, closed, folder, stderr: () => text };
}

/**
 * Checks that the program is untouched. A requested heap may have to be finished before the
 * inspector is closed.
 */
async function expectUntouched({ pid, child }: RunningProgram, folder: string): Promise<void> {
  expect(readdirSync(folder)).toEqual([]);
  while (listeningPorts(pid).length > 0) await wait(POLL_MS);
  expect(child.exitCode).toBeNull();
}
