import { expect, test } from 'vitest';
import { lookAtProcesses } from '../../../src/source/process/look-at-processes.js';
import { programFile, startProgram } from '../../support/running-program.js';

test.runIf(process.platform !== 'win32')('without /proc: what ps says', async () => {
  // for a process of the test itself, its children are left out
  const program = await startProgram('/bin/sh', [
    '-c',
    `"${process.execPath}" "${programFile('live-waits.cjs')}" & wait`,
  ]);
  expect(program.firstLine).toBe('ready');
  const rows = await lookAtProcesses('darwin');
  const row = rows.find(({ script }) => script === programFile('live-waits.cjs'));
  expect(row).toMatchObject({ engine: 'node', role: 'program', inspector: null, workers: null });
  expect(row?.rss).toBeGreaterThan(10e6);
  process.kill(row?.pid as number);
});

test('on Windows: one sentence', async () => {
  await expect(lookAtProcesses('win32')).rejects.toThrow('processes cannot be listed on Windows');
});
