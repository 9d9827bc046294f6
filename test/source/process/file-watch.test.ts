import { closeSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { FileWatch } from '../../../src/source/process/file-watch.js';
import { programFile, startProgram } from '../../support/running-program.js';

test.runIf(process.platform === 'linux')(
  'what has opened nothing is looked at in full once in five times',
  async () => {
    const { pid } = await startProgram(process.execPath, [programFile('live-waits.cjs')]);
    const watch = new FileWatch(pid);
    // what it opens while it starts
    while (await watch.hasChanged()) await wait(50);
    const looks: boolean[] = [];
    for (let i = 0; i < 10; i++) looks.push(await watch.hasChanged());
    expect(looks.filter(Boolean)).toHaveLength(2);
  },
);

test.runIf(process.platform === 'linux')('what has opened something is looked at', async () => {
  const watch = new FileWatch(process.pid);
  await watch.hasChanged();
  const fd = openSync('package.json', 'r');
  onTestFinished(() => closeSync(fd));
  expect(await watch.hasChanged()).toBe(true);
});
