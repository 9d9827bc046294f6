import { describe, expect, test } from 'vitest';
import type { LineProfile } from '../../src/lines/run/line-profile.js';
import { runBin } from '../support/run-bin.js';
import { programFile } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';

/** Two words of head, then 8 bytes for each element; 16 more for the array itself. */
const GARBAGE = 2000 * (16 + 16 + 8 * 1000);
const KEPT = 16 + 16 + 8e6;

/**
 * Code, and V8's data about it, created when lines first run: it stays, and does not belong to any
 * line.
 */
const V8_OWN = 30_000;

describe.each(RUNTIMES)('mprun on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('16 MB of garbage are allocated, 8 MB are kept', async () => {
      const { functions, notes } = await profile(execPath, ['memory.mjs', '-f', 'work']);
      const [work] = functions;
      expect(notes).toEqual([]);
      expect(work?.lines.map(({ hits }) => hits)).toEqual([0, 1, 2001, 2000, 0, 1, 1, 0]);
      const increments = work?.lines.map(({ increment }) => increment ?? 0) ?? [];
      expect(within(increments[3], GARBAGE)).toBeLessThan(0.05);
      expect(within(increments[5], KEPT)).toBeLessThan(0.01);
      expect(work?.lines[5]?.usage).toBeGreaterThan(KEPT);
      expect(work?.lines[3]?.isShort).toBe(false);
    });

    test('--live: of 1.6 MB of garbage nothing stays, while the 8 MB do', async () => {
      const argv = ['memory.mjs', '-f', 'little', '--live'];
      const { functions, notes } = await profile(execPath, argv);
      expect(notes).toEqual([]);
      const increments = functions[0]?.lines.map(({ increment }) => increment ?? 0) ?? [];
      expect(Math.abs(increments[3] ?? 0)).toBeLessThan(V8_OWN);
      expect(within(increments[5], KEPT)).toBeLessThan(0.001);
    });

    test('--live: garbage of a turn is not counted for its header or the next turn', async () => {
      const argv = ['memory.mjs', '-f', 'turns', '--live'];
      const { functions } = await profile(execPath, argv);
      const lines = functions[0]?.lines ?? [];
      expect(lines.map(({ hits }) => hits)).toEqual([0, 1, 21, 20, 20, 0, 4, 3, 3, 0, 1, 0]);
      // a turn that is kept alive would be 40 kB
      for (const { increment } of lines) expect(Math.abs(increment ?? 0)).toBeLessThan(V8_OWN);
    });

    test('contents of Buffers are outside of the heap', async () => {
      const { functions } = await profile(execPath, ['memory.mjs', '-f', 'buffers']);
      const lines = functions[0]?.lines ?? [];
      expect(within(lines[3]?.external ?? 0, 100e6)).toBeLessThan(0.01);
      expect(within(lines[5]?.external ?? 0, 50e6)).toBeLessThan(0.01);
      expect(lines[5]?.increment).toBeLessThan(V8_OWN);
      expect(lines[5]?.usage).toBeGreaterThan(50e6);
    });
  });
});

test('the table has the columns of memory_profiler', async () => {
  const file = programFile('memory.mjs');
  const { stdout } = await runBin(['mprun', file, '-f', 'work']);
  expect(stdout).toMatch(/Line # +Mem usage +Increment +Occurrences {2}Line Contents\n=+\n/);
  expect(stdout).toContain('garbage included');
  const buffers = await runBin(['mprun', file, '-f', 'buffers']);
  expect(buffers.stdout).toMatch(/Increment +External +Occurrences {2}Line Contents\n=+\n/);
  expect(buffers.stdout).toMatch(/50\.000 MB +1 {2,}const kept/);
});

function within(found: number | undefined, truth: number): number {
  return Math.abs((found ?? 0) / truth - 1);
}

async function profile(execPath: string, [script = '', ...more]: readonly string[]) {
  const argv = ['mprun', programFile(script), ...more, '--format', 'json'];
  const { code, stdout, stderr } = await runBin(argv, { execPath });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as LineProfile;
}
