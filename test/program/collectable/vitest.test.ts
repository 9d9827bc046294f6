import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { decodePng } from '../../support/decode-png.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const VITEST = dirname(createRequire(import.meta.url).resolve('vitest/package.json'));

const SUITE = `
import { expect, test } from 'vitest';
import { toBeCollectable } from 'showbackref/vitest';
expect.extend({ toBeCollectable });
class Session {}
const clients = new Map();
function open(isFixed) {
  const session = new Session();
  clients.set('anna', session);
  if (isFixed) clients.delete('anna');
  return session;
}
const isFixed = process.env.IS_FIXED === 'yes';
test('a closed session goes away', async () => {
  await expect(() => open(isFixed)).toBeCollectable();
});
test('an open one stays', async () => {
  const session = open(true);
  await expect(new WeakRef(session)).not.toBeCollectable();
  expect(session).toBeDefined();
});
test('negated, it fails for what goes away', async () => {
  const failure = expect(() => open(true)).not.toBeCollectable();
  await expect(failure).rejects.toThrow('expected the object to stay alive, but nothing holds it');
});
`;

/** A project with our package in it. */
function project(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules', 'showbackref'));
  symlinkSync(VITEST, join(folder, 'node_modules', 'vitest'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'vitest.config.js'),
    'export default { test: { testTimeout: 60_000 } };',
  );
  writeFileSync(join(folder, 'leak.test.js'), SUITE);
  return folder;
}

function runVitest(cwd: string, pool: string, isFixed: boolean) {
  const argv = [join(VITEST, 'vitest.mjs'), 'run', '--pool', pool, '--reporter', 'json'];
  const env = {
    ...process.env,
    IS_FIXED: isFixed ? 'yes' : 'no',
    VITEST: undefined,
    NO_COLOR: '1',
  };
  return new Promise<{ passed: readonly boolean[]; messages: string }>((done) => {
    execFile(process.execPath, argv, { cwd, env }, (_, stdout) => {
      const { testResults } = JSON.parse(stdout.slice(stdout.indexOf('{')));
      const results: { status: string; failureMessages: string[] }[] =
        testResults[0].assertionResults;
      done({
        passed: results.map(({ status }) => status === 'passed'),
        messages: results.flatMap(({ failureMessages }) => failureMessages).join('\n'),
      });
    });
  });
}

test.each(['forks', 'vmThreads'])('toBeCollectable in a run of vitest, %s', async (pool) => {
  const folder = project();
  const leaking = await runVitest(folder, pool, false);
  expect(leaking.passed, leaking.messages).toEqual([false, true, true]);
  expect(leaking.messages).toMatch(/Session @\d+ is in Map @\d+ under "anna", which is /);
  expect(leaking.messages).toMatch(/└─ Map\["anna"\] ← Map @\d+/);
  const picture = 'out/collectable-a-closed-session-goes-away.png';
  expect(leaking.messages).toContain(`Picture: ${picture}`);
  expect(decodePng(readFileSync(join(folder, picture))).height).toBeGreaterThan(200);
  const fixed = await runVitest(folder, pool, true);
  expect(fixed.passed, fixed.messages).toEqual([true, true, true]);
});
