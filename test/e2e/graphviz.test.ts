import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runBin } from '../support/run-bin.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const isInstalled = spawnSync('dot', ['-V']).error === undefined;
const title = 'one answer from standard input as SVG, JSON and DOT; native Graphviz draws the DOT';

async function check(): Promise<void> {
  const folder = temporaryFolder();
  const out = (name: string) => ['--out', join(folder, name)];
  const { code, stderr } = await runBin(
    [
      '-',
      '--target',
      'class:Captured',
      '--largest',
      ...out('a.svg'),
      ...out('a.json'),
      ...out('a.dot'),
    ],
    { stdin: readFileSync('test/fixtures/node-26/scenarios.heapsnapshot.gz') },
  );
  expect(code, stderr).toBe(0);
  const dot = spawnSync('dot', ['-Tsvg', join(folder, 'a.dot')], { encoding: 'utf8' });
  expect(dot.status, dot.stderr).toBe(0);
  // the native program warns about the fonts of the machine, never about the text it was given
  expect(dot.stderr).not.toMatch(/syntax|error|label/i);
  const nodes = (svg: string) => svg.match(/class="node"/g)?.length;
  expect(nodes(dot.stdout)).toBe(nodes(readFileSync(join(folder, 'a.svg'), 'utf8')));
}

if (isInstalled) test(title, check);
else if (process.env.CI === 'true') test(title, () => expect.fail('Graphviz is not installed'));
else test.skip(`${title}: Graphviz is not installed`, () => undefined);
