import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';

const BIN = resolve('bin/showbackref.js');

/** Runs the command in a Node.js that claims another version; its own modules fail to load. */
function runAs(version: string) {
  const preload = join(temporaryFolder(), 'version.cjs');
  writeFileSync(
    preload,
    `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });
     Object.defineProperty(process, 'version', { value: 'v${version}' });
     require('node:module').prototype.require = () => { throw new Error('something is loaded'); };`,
  );
  return spawnSync(process.execPath, ['--require', preload, BIN, '--version'], {
    encoding: 'utf8',
  });
}

test.each(['14.21.3', '18.20.8', '20.18.3'])('Node.js %s gets one sentence', (version) => {
  const { status, stdout, stderr } = runAs(version);
  expect([status, stdout, stderr]).toEqual([
    1,
    '',
    `showbackref: Node.js v${version} is too old; use 20.19 or later to run it (heaps of older ones can be read)\n`,
  ]);
});

test.each(['20.19.0', '22.1.0'])('Node.js %s is new enough', (version) => {
  expect(runAs(version).stderr).toContain('something is loaded');
});
