import { expect, test } from 'vitest';
import { readCommand, roleOf, shortCommand } from '../../../src/source/process/process-command.js';

const CASES: readonly (readonly [string, string | null, string, string])[] = [
  ['node app.js', 'app.js', 'program', 'node app.js'],
  [
    '/usr/bin/node --max-old-space-size=4000 -r tsx src/app.ts --port 1',
    'src/app.ts',
    'program',
    'node app.ts',
  ],
  ['node --import tsx/esm app.ts', 'app.ts', 'program', 'node app.ts'],
  ['node --watch app.js', 'app.js', 'starter', 'node app.js'],
  ['node --watch-path src app.js', 'app.js', 'starter', 'node app.js'],
  ['node app.js --watch', 'app.js', 'program', 'node app.js'],
  [
    'node /usr/lib/node_modules/npm/bin/npm-cli.js start',
    '/usr/lib/node_modules/npm/bin/npm-cli.js',
    'starter',
    'node npm-cli.js',
  ],
  ['node /x/node_modules/.bin/tsx app.ts', '/x/node_modules/.bin/tsx', 'starter', 'node tsx'],
  [
    'node /x/node_modules/tsx/dist/cli.mjs app.ts',
    '/x/node_modules/tsx/dist/cli.mjs',
    'starter',
    'node cli.mjs',
  ],
  ['node -e 1+1 x', null, 'program', 'node -e'],
  ['node', null, 'program', 'node'],
  ['node -- app.js', 'app.js', 'program', 'node app.js'],
];

test.each(CASES)('%s', (line, script, role, short) => {
  const args = line.split(' ');
  const command = readCommand(args);
  expect(command.script).toBe(script);
  expect(roleOf(args, command, ['HOME=/x'])).toBe(role);
  expect(shortCommand({ args, script })).toBe(short);
});

test('a title that a process has given itself, and the worker of a cluster', () => {
  const title = ['npm run start'];
  expect(roleOf(title, readCommand(title), [])).toBe('starter');
  expect(shortCommand({ args: title, script: null })).toBe('npm run start');
  const worker = ['node', 'app.js'];
  expect(roleOf(worker, readCommand(worker), ['NODE_UNIQUE_ID=1'])).toBe('worker');
});
