import { describe, expect, test } from 'vitest';
import { runBin } from '../support/run-bin.js';
import { programFile } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';

const LOADER = `--node-arg=--import=${new URL('../programs/type-loader.mjs', import.meta.url)}`;

describe.each(RUNTIMES)('scripts in TypeScript on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    const hasTypes = !/v20\./.test(runtime.name);

    test.each(['typed.ts', 'typed.mts'])('%s, through a loader', async (script) => {
      const { code, stdout, stderr } = await ask(execPath, script, LOADER);
      expect(code, stderr).toBe(0);
      expect(stdout).toContain(`x ← module ${script}:3`);
    });

    test.each(['typed.ts', 'typed.mts'])(
      `%s, ${hasTypes ? 'as it is' : 'refused'}`,
      async (script) => {
        const { code, stdout, stderr } = await ask(execPath, script);
        expect(code, stderr).toBe(hasTypes ? 0 : 1);
        expect(stdout).toMatch(hasTypes ? /x ← module typed\.m?ts:3/ : /^$/);
        if (!hasTypes)
          expect(stderr).toContain('may need a loader for TypeScript, such as --node-arg=');
      },
    );
  });
});

function ask(execPath: string, script: string, ...more: readonly string[]) {
  const argv = [programFile(script), '--target', 'x', '--format', 'txt', ...more];
  return runBin(argv, { execPath });
}
