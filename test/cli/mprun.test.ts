import { describe, expect, test } from 'vitest';
import type { LineProfile } from '../../src/profile/line-profile.js';
import { runBin } from '../support/run-bin.js';
import { programFile } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';

/** Two words of head, then 8 bytes for each element; 16 more for the array itself. */
const GARBAGE = 2000 * (16 + 16 + 8 * 1000);
const KEPT = 16 + 16 + 8e6;

describe.each(RUNTIMES)('mprun on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('16 MB of garbage are allocated, 8 MB are kept', async () => {
      const { functions, notes } = await profile(execPath, ['memory.mjs', '-f', 'work']);
      const [work] = functions;
      expect(notes).toEqual([]);
      expect(work?.lines.map(({ hits }) => hits)).toEqual([0, 1, 2001, 2000, 0, 1, 1, 0]);
      const increments = work?.lines.map(({ increment }) => increment ?? 0) ?? [];
      // what V8 tells of a collection is good to some 0.1 MB, and there are about ten of them
      expect(within(increments[3], GARBAGE)).toBeLessThan(0.2);
      expect(within(increments[5], KEPT)).toBeLessThan(0.1);
      expect(work?.lines[5]?.usage).toBeGreaterThan(KEPT);
      expect(work?.lines[3]?.isShort).toBe(false);
    });

    test('--live: of 1.6 MB of garbage nothing stays, the 8 MB do', async () => {
      const argv = ['memory.mjs', '-f', 'little', '--live'];
      const { functions, notes } = await profile(execPath, argv);
      expect(notes).toEqual([]);
      const increments = functions[0]?.lines.map(({ increment }) => increment ?? 0) ?? [];
      expect(increments[3]).toBeLessThan(40_000);
      expect(within(increments[5], KEPT)).toBeLessThan(0.01);
    });
  });
});

test('the table has the columns of memory_profiler', async () => {
  const { stdout } = await runBin(['mprun', programFile('memory.mjs'), '-f', 'work']);
  expect(stdout).toMatch(/Line # +Mem usage +Increment +Occurrences {2}Line Contents\n=+\n/);
  expect(stdout).toContain('garbage included');
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
