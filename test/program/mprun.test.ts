import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { LineProfile } from '../../src/lines/run/line-profile.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const LIBRARY = new URL('../../dist/entry/index.js', import.meta.url).href;

const PROGRAM = `
import { mprun } from ${JSON.stringify(LIBRARY)};
function work(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += new Array(50_000).fill(i).length;
  }
  const kept = new Array(1e6).fill(0);
  const buffer = Buffer.alloc(5e6);
  return [kept, buffer, sum];
}
const before = work.toString();
const { value, profile, text } = await mprun(() => work(40), [work]);
const live = await mprun(() => work(10), [work], { live: true });
const failure = await mprun(() => { throw new Error('passed on'); }, [work]).catch(({ message }) => message);
console.log(JSON.stringify({
  sum: value[2], same: before === work.toString(), text, failure, profile, live: live.profile,
}));
`;

/** Two words of head, then 8 bytes for each element; 16 more for the array itself. */
const ONE = 16 + 16 + 8 * 50_000;
const KEPT = 16 + 16 + 8e6;

describe.each(RUNTIMES)('mprun() within a program on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('bytes of lines, inside of the heap and outside', async () => {
      const file = join(temporaryFolder(), 'program.mjs');
      writeFileSync(file, PROGRAM);
      const { stdout } = await promisify(execFile)(execPath, [file]);
      const { profile, live, text, ...seen } = JSON.parse(stdout) as {
        profile: LineProfile;
        live: LineProfile;
        text: string;
      };
      expect(seen).toEqual({ sum: 2_000_000, same: true, failure: 'passed on' });
      expect(text).toContain('Memory of the heap');
      const lines = profile.functions[0]?.lines ?? [];
      expect(lines.map(({ hits }) => hits)).toEqual([0, 1, 41, 40, 0, 1, 1, 1, 0]);
      expect(within(lines[3]?.increment, 40 * ONE)).toBeLessThan(0.1);
      expect(within(lines[5]?.increment, KEPT)).toBeLessThan(0.1);
      // other buffers of the process come and go meanwhile
      expect(within(lines[6]?.external, 5e6)).toBeLessThan(0.05);
      const alive = live.functions[0]?.lines ?? [];
      expect(alive[3]?.increment).toBeLessThan(ONE / 4);
      expect(within(alive[5]?.increment, KEPT)).toBeLessThan(0.01);
      expect(within(alive[6]?.external, 5e6)).toBeLessThan(0.01);
    });
  });
});

function within(found: number | null | undefined, truth: number): number {
  return Math.abs((found ?? 0) / truth - 1);
}
