import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assertCollectable } from '../../../src/entry/assert.js';
import { decodePng } from '../../support/decode-png.js';
import { runBin } from '../../support/run-bin.js';
import { programFile } from '../../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe.each(RUNTIMES)('assertCollectable under node:test on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('fails for a held object, with the chain and its picture, and passes for others', async () => {
      const png = join(temporaryFolder(), 'leak.png');
      const { code, stdout } = await runBin([png], {
        execPath,
        nodeArgs: ['--test-reporter=tap'],
        bin: programFile('library-collectable.mjs'),
      });
      expect(code).toBe(1);
      expect(stdout.match(/^(not )?ok .*$/gm)?.map((line) => line.replace(/ #.*/, ''))).toEqual([
        'not ok 1 - leaks',
        'not ok 2 - leaks, asked by its WeakRef',
        'ok 3 - is let go of',
        'ok 4 - is let go of, asked by its WeakRef',
        'not ok 5 - is not a subject',
        'not ok 6 - makes no object',
      ]);
      const words = 'is in Map clients under "anna", a module variable of library-collectable.mjs.';
      expect(stdout).toMatch(/Session @\d+ is not collectable: it is still held\./);
      expect(stdout).toContain(words);
      expect(stdout).toMatch(/└─ Map\["anna"\] ← Map @\d+/);
      expect(stdout.match(/Picture: .*/g)).toEqual([`Picture: ${png}`]);
      expect(decodePng(readFileSync(png)).height).toBeGreaterThan(200);
      expect(stdout).toContain(
        'assertCollectable got the object itself, which would keep it alive',
      );
      expect(stdout).toContain('assertCollectable got a function that returned "7"');
    });
  });
});

describe('within a test of vitest', () => {
  const kept: object[] = [];

  test('several at once find their own object', async () => {
    // pushed in the order of the calls
    const make = (index: number) => () => {
      const object = { index };
      kept.push(object);
      return object;
    };
    const messages = await Promise.all(
      [0, 1].map((index) =>
        assertCollectable(make(index), { out: false }).then(
          () => 'passed',
          (error: Error) => error.message,
        ),
      ),
    );
    expect(messages[0]).toMatch(/^Object @\d+ is element 0 of Array @\d+, /m);
    expect(messages[1]).toMatch(/^Object @\d+ is element 1 of Array @\d+, /m);
    expect(messages.join()).not.toContain('Picture');
  });

  test('a variable of the test itself is named as such', async () => {
    const session = new (class Session {})();
    const reference = new WeakRef(session);
    await expect(assertCollectable(reference, { out: false })).rejects.toThrow(
      /^Session @\d+ is a local variable of the suspended async function/m,
    );
    expect(session).toBeDefined();
  });

  test('a picture that cannot be written does not hide the chain', async () => {
    const object = {};
    kept.push(object);
    const failure = assertCollectable(() => object, { out: '/dev/null/leak.png' });
    await expect(failure).rejects.toThrow(
      /is not collectable[\s\S]*No picture: cannot write "\/dev\/null\/leak\.png"/,
    );
  });
});
