import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LineProfile, ProfiledFunction } from '../../src/lines/run/line-profile.js';
import { runBin } from '../support/run-bin.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const FOLDER = join(import.meta.dirname, 'profiled');
const missing = existsSync(join(FOLDER, 'node_modules/lodash'))
  ? null
  : 'not installed: run npm ci in test/e2e/profiled';

describe.each(RUNTIMES)('functions of real packages on $name', (runtime) => {
  describeRuntime({ ...runtime, missing: runtime.missing ?? missing }, (execPath) => {
    test('chunk() of lodash', async () => {
      // 10 in pieces of 3: four turns, five tests
      const [chunk] = await profile(execPath, 'lodash/chunk.js:chunk', [
        "const chunk = require('lodash/chunk');",
        'if (chunk([...Array(10).keys()], 3).length !== 4) throw new Error();',
        'if (chunk([], 3).length !== 0) throw new Error();',
      ]);
      expect(chunk?.calls).toBe(2);
      expect(hitsAt(chunk, 'if ((guard')).toBe(2);
      expect(hitsAt(chunk, 'return [];')).toBe(1);
      expect(hitsAt(chunk, 'while (index < length)')).toBe(5);
      expect(hitsAt(chunk, 'result[resIndex++]')).toBe(4);
      expect(hitsAt(chunk, 'return result;')).toBe(1);
    });

    test('handle() of the router of express', async () => {
      const [handle] = await profile(execPath, 'router/index.js:handle', [
        "const Router = require('router');",
        'const router = Router();',
        'let count = 0;',
        'for (let i = 0; i < 3; i++) router.use((req, res, next) => { count++; next(); });',
        "router.get('/x', (req, res) => { count += 10; });",
        "for (let i = 0; i < 5; i++) router.handle({ url: '/x', method: 'GET' }, {}, () => {});",
        'if (count !== 65) throw new Error(String(count));',
      ]);
      expect(handle?.calls).toBe(5);
      // next() runs once for each of the four layers of a request
      expect(hitsAt(handle, 'const path = getPathname(req)')).toBe(20);
      // four layers are examined, one each time
      expect(hitsAt(handle, 'layer = stack[idx++]')).toBe(20);
    });
  });
});

async function profile(
  execPath: string,
  name: string,
  program: readonly string[],
): Promise<readonly ProfiledFunction[]> {
  const file = join(temporaryFolder(), 'program.cjs');
  const from = JSON.stringify(join(FOLDER, 'program.cjs'));
  const head = `require = require('node:module').createRequire(${from});`;
  writeFileSync(file, [head, ...program].join('\n'));
  const argv = ['lprun', file, '-f', name, '--format', 'json'];
  const { code, stdout, stderr } = await runBin(argv, { execPath });
  expect(code, stderr).toBe(0);
  expect(stderr).not.toContain('ended with code');
  return (JSON.parse(stdout) as LineProfile).functions;
}

/** The hits of the only line that has this text and ran. */
function hitsAt(profiled: ProfiledFunction | undefined, text: string): number | undefined {
  return profiled?.lines.find((line) => line.text.includes(text))?.hits;
}
