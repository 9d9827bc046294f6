import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toDot } from '../../src/report/dot/to-dot.js';
import { edge, node, subgraph } from '../report/build-subgraph.js';
import { HOSTILE_STRINGS } from '../report/hostile-strings.js';
import { checkSvg } from '../support/check-output.js';
import { declareMissing } from '../support/declare-missing.js';
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

function checkHostile(): void {
  const nodes = HOSTILE_STRINGS.map((text, i) => node(text, { id: `@${i}`, preview: text }));
  const edges = HOSTILE_STRINGS.slice(1).map((text, i) => edge(`@${i + 1}`, '@0', text));
  const input = toDot(subgraph(nodes, edges), { legend: true, title: HOSTILE_STRINGS.join(' ') });
  const { status, stdout, stderr } = spawnSync('dot', ['-Tsvg'], { input, encoding: 'utf8' });
  expect([status, stderr.match(/^.*(?:syntax|error:).*$/im)]).toEqual([0, null]);
  checkSvg(stdout);
  expect(stdout.match(/class="node"/g)).toHaveLength(nodes.length);
  expect(stdout.match(/class="edge"/g)).toHaveLength(edges.length);
}

const TESTS = { [title]: check, 'native Graphviz draws hostile text as text': checkHostile };

for (const [name, run] of Object.entries(TESTS)) {
  if (isInstalled) test(name, run);
  else declareMissing(name, 'Graphviz is not installed');
}
