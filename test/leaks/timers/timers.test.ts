import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sampleOf } from '../../support/cases.js';
import { runBin } from '../../support/run-bin.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const PROGRAM = fileURLToPath(new URL('pollers.cjs', import.meta.url));
const LONG_MS = 120_000;

for (const runtime of sampleOf(RUNTIMES, RUNTIMES.slice(0, 1))) {
  describeRuntime(runtime, (execPath) => {
    it('timers that pile up, by how long they wait and what they call', {
      timeout: LONG_MS,
    }, async () => {
      const out = `${temporaryFolder()}/round`;
      const made = await runBin([out], { execPath, bin: PROGRAM, nodeArgs: ['--expose-gc'] });
      expect(made.code, made.stderr).toBe(0);
      const files = [1, 2, 3].map((round) => `${out}-${round}.heapsnapshot`);
      const { stdout, stderr } = await runBin(['leaks', ...files, '--no-known', '--width', '200']);
      expect(stderr).toBe('');
      const rows = stdout.split('\n').filter((line) => /^\d/.test(line));
      expect(rows).toEqual([
        expect.stringContaining('interval 30000 ms (Timeout) · pollers.cjs:8'),
        expect.stringContaining('timer 60000 ms (Timeout) · pollers.cjs:17'),
        expect.stringContaining('timer 90000 ms (Timeout) · pollers.cjs:27'),
      ]);
      for (const row of rows) expect(row).toContain('leak      20 → 40 → 60');
      const text = stdout.replace(/\s+/g, ' ');
      expect(text).toContain('The newest call an anonymous function (pollers.cjs:8).');
      expect(text).toContain('The newest call function run (pollers.cjs:17).');
      expect(text).toContain('The newest call function write (pollers.cjs:27).');
    });
  });
}
