import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { decodePng } from '../support/decode-png.js';
import { referencesOf, SEED } from '../support/picture.js';
import { runBin } from '../support/run-bin.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe.each(RUNTIMES)('the seed on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('gives exactly the references of the contract, and a picture of them', async () => {
      const folder = temporaryFolder();
      const png = join(folder, 'backrefs.png');
      const json = join(folder, 'backrefs.json');
      const argv = ['examples/seed.js', '--target', 'x', '--out', png, '--out', json];
      const { code, stdout, stderr } = await runBin(argv, { execPath });
      expect(stderr).toContain(`Image generated as ${png} (5 of 5 nodes, 7 references)\n`);
      expect(code).toBe(0);
      expect(stdout).toBe('');
      const graph = JSON.parse(readFileSync(json, 'utf8')) as Subgraph;
      expect(referencesOf(graph)).toEqual(SEED);
      expect(graph.nodes.find(({ id }) => id === 'frame:0')?.label).toBe('module seed.js:4');
      expect(graph.limits).toEqual({ depth: false, fanIn: false, nodes: false });
      const { width, height } = decodePng(readFileSync(png));
      expect(width).toBeGreaterThan(400);
      expect(height).toBeGreaterThan(400);
    });

    test.each([
      ['CommonJS', 'seed.cjs', 'module seed.cjs:'],
      ['an ES module', 'seed.mjs', 'module seed.mjs:'],
    ])('as %s', async (_, file, label) => {
      const graph = await ask(execPath, [`test/programs/${file}`, '--target', 'x']);
      expect(referencesOf(graph)).toEqual(SEED);
      expect(graph.nodes.find(({ id }) => id === 'frame:0')?.label).toContain(label);
    });

    test('inside a function, with one more holder in a block', async () => {
      const argv = ['test/programs/seed-in-function.cjs', '--target', 'x'];
      const graph = await ask(execPath, argv);
      expect(referencesOf(graph)).toEqual(
        [
          ...SEED.map((line) => line.replace(/^frame -(.)->/, 'frame -local $1 in main()->')),
          'Object {x} -.x-> target',
          'frame -local inBlock in main()-> Object {x}',
        ].sort(),
      );
    });

    test('a variable of the module that the program no longer uses', async () => {
      const graph = await ask(execPath, ['test/programs/captured.cjs', '--target', 'kept']);
      expect(referencesOf(graph)).toEqual(['module captured.cjs -kept-> target']);
    });
  });
});

async function ask(execPath: string, argv: readonly string[]): Promise<Subgraph> {
  const { code, stdout, stderr } = await runBin([...argv, '--format', 'json'], { execPath });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Subgraph;
}
