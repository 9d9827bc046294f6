import { describe, expect, test } from 'vitest';
import { runBin } from '../support/run-bin.js';
import { programFile, startProgram } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { reserveUsualPort } from '../support/usual-port.js';

interface Change {
  readonly name: string;
  readonly added: number | null;
  readonly removed: number | null;
  readonly delta: number;
}

interface GrowthDocument {
  readonly comparedBy: string;
  readonly types: readonly Change[];
  readonly steps: readonly { readonly comparedBy: string; readonly types: readonly Change[] }[];
}

describe.each(RUNTIMES)('$name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('20,000 objects of a class are on top of types', async () => {
      const argv = ['types', programFile('big-fat.cjs')];
      const { code, stdout, stderr } = await runBin(argv, { execPath });
      expect(code, stderr).toBe(0);
      expect(stdout.split('\n')[2]).toMatch(/^MyBigFatObject +20,000 /);
    });

    test('growth from one "debugger;" to the next is what the program did', async () => {
      const argv = ['growth', programFile('growing.cjs'), '--format', 'json'];
      const { code, stdout, stderr } = await runBin(argv, { execPath });
      expect(code, stderr).toBe(0);
      const document: GrowthDocument = JSON.parse(stdout);
      const [first, second, ...others] = document.steps;
      expect(others).toEqual([]);
      expect(first && numbersOf(first.types)).toEqual(['Session +150 -0']);
      expect(second && numbersOf(second.types)).toEqual(['Session +50 -30']);
      expect(numbersOf(document.types)).toEqual(['Session +170 -0']);
      // nothing else, except for storage: the Map got larger
      const others2 = document.types.filter(({ name }) => name !== 'Session');
      expect(others2.map(({ name, delta }) => `${name} ${delta}`)).toEqual(['Map 0']);
      expect(new Set(document.steps.map(({ comparedBy }) => comparedBy))).toEqual(new Set(['id']));
    });

    test.runIf(process.platform === 'linux')('growth of a process', async () => {
      await reserveUsualPort();
      const { pid, stderr: said } = await startProgram(execPath, [
        programFile('growing-server.cjs'),
      ]);
      const pace = ['--every', '200ms', '--count', '3', '--format', 'json'];
      const argv = ['growth', `pid:${pid}`, ...pace, '--fail-on', 'Session>20'];
      const { code, stdout, stderr } = await runBin(argv);
      expect(code, stderr).toBe(3);
      expect(stderr).toMatch(/limit crossed: --fail-on "Session>20", found \d+ more objects\n/);
      const document: GrowthDocument = JSON.parse(stdout);
      expect(document.steps).toHaveLength(2);
      for (const { types, comparedBy } of document.steps) {
        const sessions = types.find(({ name }) => name === 'Session');
        expect(sessions?.delta).toBeGreaterThan(20);
        expect([comparedBy, sessions?.removed]).toEqual(['id', 0]);
      }
      // one session for all three looks
      expect(said().match(/Debugger attached/g)).toHaveLength(1);
    });
  });
});

function numbersOf(types: readonly Change[]): readonly string[] {
  return types
    .filter(({ added, removed }) => added !== 0 || removed !== 0)
    .map(({ name, added, removed }) => `${name} +${added} -${removed}`);
}
