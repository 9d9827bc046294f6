import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { runBin } from '../support/run-bin.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SNAPSHOT = 'test/fixtures/node-26/scenarios.heapsnapshot.gz';
const DRAWING = /wasm|to-dot|resvg/;

test.each([
  ['the help', ['--help']],
  ['a usage error', [SNAPSHOT, '--target', 'x', '--out', 'a.bmp']],
  ['a text tree', [SNAPSHOT, '--target', 'onlyMap', '--format', 'txt']],
  ['JSON', [SNAPSHOT, '--target', 'onlyMap', '--format', 'json']],
])('%s loads nothing that draws', async (_, argv) => {
  const loaded = await modulesLoadedBy(argv);
  expect(loaded.some((url) => url.includes('/dist/bundle/main.cjs'))).toBe(true);
  expect(loaded.filter((url) => DRAWING.test(url))).toEqual([]);
});

test('a picture does load it, so the tests above can fail', async () => {
  const loaded = await modulesLoadedBy([SNAPSHOT, '--target', 'onlyMap', '--format', 'dot']);
  expect(loaded.some((url) => DRAWING.test(url))).toBe(true);
});

test('the supervising thread loads neither the options nor what reads heaps', async () => {
  const loaded = await modulesLoadedBy([SNAPSHOT, '--target', 'onlyMap', '--format', 'json']);
  const byMain = loaded.filter((line) => line.startsWith('0 '));
  expect(byMain.some((line) => line.endsWith('/dist/bundle/supervisor.cjs'))).toBe(true);
  expect(byMain.filter((line) => /(?:main|heap)\.cjs$/.test(line))).toEqual([]);
  // the other thread does, so this can fail
  expect(loaded.some((line) => /^[1-9].*heap\.cjs$/.test(line))).toBe(true);
});

/**
 * Every module that the process loaded, in any thread: imported ones, and required ones with the
 * number of the thread.
 */
async function modulesLoadedBy(argv: readonly string[]): Promise<readonly string[]> {
  const folder = temporaryFolder();
  const list = join(folder, 'loaded.txt');
  const hooks = join(folder, 'hooks.mjs');
  const register = join(folder, 'register.mjs');
  writeFileSync(list, '');
  writeFileSync(
    hooks,
    `import { appendFileSync } from 'node:fs';
     export async function load(url, context, next) {
       appendFileSync(${JSON.stringify(list)}, url + '\\n');
       return next(url, context);
     }`,
  );
  writeFileSync(
    register,
    `import { appendFileSync } from 'node:fs';
     import Module, { register } from 'node:module';
     import { threadId } from 'node:worker_threads';
     register(${JSON.stringify(pathToFileURL(hooks).href)});
     const resolve = Module._resolveFilename;
     Module._resolveFilename = function (...args) {
       const file = resolve.apply(this, args);
       appendFileSync(${JSON.stringify(list)}, threadId + ' ' + file + '\\n');
       return file;
     };`,
  );
  await runBin(argv, { nodeArgs: ['--import', pathToFileURL(register).href] });
  return readFileSync(list, 'utf8').trim().split('\n');
}
