import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HeapFacts } from '../../../src/engine/heap-facts.js';
import { HeapGraph } from '../../../src/graph/heap-graph.js';
import { readSnapshot } from '../../../src/snapshot/read-snapshot.js';
import { startBrowser, untilTitled } from '../../support/browser.js';
import { inChunks } from '../../support/heap-builder.js';
import { runBin } from '../../support/run-bin.js';
import { programFile } from '../../support/running-program.js';
import { CHROMIUM, describeRuntime } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const PIECE = 1 << 20;

interface Suspect {
  readonly proof: string | null;
  readonly sentence: string;
  readonly counts: readonly number[];
  readonly items: { readonly class: string };
}

describeRuntime(CHROMIUM, (chromium) => {
  test('variables that no function that is alive uses, and none of the others', async () => {
    const file = await captureOf(chromium, 'captured-variables.html');
    const source = readFileSync(programFile('captured-variables.html'), 'utf8');
    const expected = new Set(source.match(/\bunused\w+/g));
    expect(expected.size).toBeGreaterThan(7);
    expect(await unusedIn(file)).toEqual([...expected].sort());

    const picture = await runBin([file, '--target', 'var:unusedByHandler', '--format', 'txt']);
    expect(picture.stdout).toContain('unusedByHandler (unused) ← handler()');
    const words =
      'is held as "unusedByHandler", which no function that is alive uses, by function handler';
    expect(picture.stdout.replace(/\s+/g, ' ')).toContain(words);

    const [first] = await suspectsIn(file);
    expect(first).toMatchObject({ proof: 'unused-capture', counts: [5] });
    expect(first?.sentence).toContain('The scope of replaceThing()');
  });

  test('windows that are closed, and removed elements', async () => {
    const file = await captureOf(chromium, 'ended-things.html');
    const found = (await suspectsIn(file)).flatMap(({ proof, counts, items, sentence }) => {
      const [variable] = /elements|handlers/.exec(sentence) ?? [];
      return proof === null ? [] : [`${proof} ${counts} ${variable} ${items.class}`];
    });
    expect(found).toEqual([
      'closed-window 3 handlers Window [JSGlobalObject]',
      'detached-dom 6 elements Detached <section>',
    ]);
  });
});

/** The heap of a page of test/programs that shows in its title when it is ready. */
async function captureOf(chromium: string, page: string): Promise<string> {
  const { port, stop } = await startBrowser(chromium, `file://${programFile(page)}`);
  onTestFinished(stop);
  await untilTitled(port, 'ready');
  const file = join(temporaryFolder(), 'page.heapsnapshot');
  const { code, stderr } = await runBin(['capture', `127.0.0.1:${port}`, '--out', file]);
  expect(code, stderr).toBe(0);
  return file;
}

async function suspectsIn(file: string): Promise<readonly Suspect[]> {
  const { code, stdout, stderr } = await runBin(['leaks', file, '--format', 'json']);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout).suspects;
}

async function unusedIn(file: string): Promise<readonly string[]> {
  const tables = await readSnapshot(inChunks(readFileSync(file), PIECE), { name: file });
  const facts = new HeapFacts(new HeapGraph(tables));
  const names = [...facts.unusedCaptures.keys()].map((edge) => facts.graph.edgeNameOf(edge));
  return [...new Set(names)].sort();
}
