import { describe, expect, test } from 'vitest';
import { runProgram } from '../support/picture.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';

describe.each(RUNTIMES)('source maps of the program itself on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('are followed by default', async () => {
      const [mapped, plain] = await runProgram<[string[], string[]]>(
        'library-source-maps.cjs',
        [],
        { execPath },
      );
      expect(mapped).toEqual(
        expect.arrayContaining(['src/sessions.cts:8:3', 'src/sessions.cts:17:27']),
      );
      expect(plain).toEqual(expect.arrayContaining(['sessions.cjs:7:16', 'sessions.cjs:15:20']));
      expect(plain.join()).not.toContain('src/');
    });
  });
});
