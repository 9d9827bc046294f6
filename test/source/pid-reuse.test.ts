import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { isRunning, readProcess } from '../../src/source/process/pid-facts.js';
import { attachToProcess } from '../../src/source/process/pid-source.js';
import {
  endProgram,
  listeningPorts,
  programFile,
  startProgram,
} from '../support/running-program.js';
import { reserveUsualPort } from '../support/usual-port.js';

const LAST_PID = '/proc/sys/kernel/ns_last_pid';
const WAITS = programFile('live-waits.cjs');
/** The number of tries, because others start processes, too. */
const TRIES = 200;
/** Twice the unit of proc(5). */
const TICK_MS = 20;

/**
 * True to pretend that the process of that number had ended after it was read, and another one had
 * got the number.
 */
const readEarlier = vi.hoisted(() => ({ is: false }));
vi.mock('../../src/source/process/pid-facts.js', async (original) => {
  const facts = await original<typeof import('../../src/source/process/pid-facts.js')>();
  return {
    ...facts,
    async readProcess(pid: number) {
      const read = await facts.readProcess(pid);
      return readEarlier.is ? { ...read, startedAt: read.startedAt - 1 } : read;
    },
  };
});

// /proc shows what a process is, and since when
describe.runIf(process.platform === 'linux')('a number that another process has by now', () => {
  test('is distinguished from the first one by its start', async (context) => {
    const first = spawn('sleep', ['600']);
    const facts = { pid: first.pid as number, startedAt: startOf(first) };
    expect(await isRunning(facts)).toBe(true);
    await endProgram(first);
    expect(await isRunning(facts)).toBe(false);
    // two that start in the same tick of the clock cannot be distinguished
    await wait(TICK_MS);
    const second = await spawnAs(facts.pid);
    if (second === null) return context.skip('who gets a number cannot be chosen here');
    expect(second.pid).toBe(facts.pid);
    expect(await isRunning(facts)).toBe(false);
    expect(await isRunning({ ...facts, startedAt: startOf(second) })).toBe(true);
    return undefined;
  });

  test('a zombie is not taken for it either', async () => {
    // a shell that does not wait for the process it has started
    const code = 'sleep 0 & echo $!; exec sleep 600';
    const { firstLine } = await startProgram('/bin/sh', ['-c', code]);
    const pid = Number(firstLine);
    const state = () => /\) (.)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];
    await vi.waitUntil(() => state() === 'Z');
    expect(await isRunning({ pid, startedAt: startOf({ pid }) })).toBe(false);
  });

  test('is not signalled', async () => {
    await reserveUsualPort();
    const { pid, child, stderr } = await startProgram(process.execPath, [WAITS]);
    await expectEnded(pid);
    expect(listeningPorts(pid)).toEqual([]);
    expect([child.exitCode, child.signalCode, stderr()]).toEqual([null, null, '']);
  });

  test('is not looked at, though its inspector is open', async () => {
    const { pid, child } = await startProgram(process.execPath, ['--inspect=127.0.0.1:0', WAITS]);
    const open = listeningPorts(pid);
    await expectEnded(pid);
    expect(listeningPorts(pid)).toEqual(open);
    expect(child.exitCode).toBeNull();
  });
});

async function expectEnded(pid: number): Promise<void> {
  readEarlier.is = true;
  onTestFinished(() => {
    readEarlier.is = false;
  });
  const notes: string[] = [];
  const onNote = (sentence: string) => void notes.push(sentence);
  await expect(attachToProcess({ pid, worker: null, onNote })).rejects.toMatchObject({
    code: 'SOURCE_UNREACHABLE',
    message: expect.stringContaining(`process ${pid} ended while it was looked at`),
  });
  expect(notes).toEqual([]);
  readEarlier.is = false;
  expect((await readProcess(pid)).pid).toBe(pid);
}

/** Field 22 of proc(5), `/proc/pid/stat`; the names here have no blanks. */
function startOf({ pid }: { readonly pid?: number | undefined }): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(' ')[21]);
}

/** A process with this number; null if the kernel does not let us choose. */
async function spawnAs(pid: number): Promise<ChildProcess | null> {
  for (let i = 0; i < TRIES; i++) {
    try {
      writeFileSync(LAST_PID, String(pid - 1));
    } catch {
      return null;
    }
    const child = spawn('sleep', ['600']);
    onTestFinished(() => endProgram(child));
    await once(child, 'spawn');
    if (child.pid === pid) return child;
    await endProgram(child);
  }
  return null;
}
