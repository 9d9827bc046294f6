import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { EXCUSE_WORDS } from '../../../src/words/leak-words.js';
import { sampleOf } from '../../support/cases.js';
import { runBin } from '../../support/run-bin.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const PROGRAM = fileURLToPath(new URL('starting.cjs', import.meta.url));
const FLAGS = ['--no-warnings', '--expose-gc', '--enable-source-maps'];
const LONG_MS = 120_000;

for (const runtime of sampleOf(RUNTIMES, RUNTIMES.slice(0, 1))) {
  describeRuntime(runtime, (execPath) => {
    it('a program that starts: nobody is blamed, and all that grew is named, each with its reason', {
      timeout: LONG_MS,
    }, async () => {
      const out = `${temporaryFolder()}/round`;
      const made = await runBin([out], { execPath, bin: PROGRAM, nodeArgs: FLAGS });
      expect(made.code, made.stderr).toBe(0);
      const files = [1, 2, 3].map((round) => `${out}-${round}.heapsnapshot`);
      const { code, stdout, stderr } = await runBin(['leaks', ...files]);
      expect(code, stderr).toBe(0);
      const text = stdout.replace(/\s+/g, ' ');
      expect(text).toContain('No suspect: nothing grew at each of 3 moments.');
      for (const words of Object.values(EXCUSE_WORDS)) expect(text).toContain(`: ${words}.`);
      expect(text).toContain('(30 → 60 → 90): kept by an inspector');
    });
  });
}
