import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { showBackrefs } from '../../src/entry/index.js';
import { decodePng } from '../support/decode-png.js';
import { referencesOf, runProgram, SEED } from '../support/picture.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

test('works from its sources, and within a test', async () => {
  const x = [1];
  const holder = { x };
  const graph = await showBackrefs(x, { depth: 1 });
  const label = 'local x in (anonymous)()';
  expect(graph.edges.map((edge) => edge.label)).toEqual(expect.arrayContaining(['.x', label]));
  expect(graph.source.kind).toBe('process');
  expect(holder.x).toBe(x);
});

describe.each(RUNTIMES)('showBackrefs(x) in the seed on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test.each(['cjs', 'mjs'])('%s', async (extension) => {
      const folder = temporaryFolder();
      const png = join(folder, 'new', 'backrefs.png');
      const json = join(folder, 'backrefs.json');
      await runProgram(`library-seed.${extension}`, [png, json], { execPath });

      const graph = JSON.parse(readFileSync(json, 'utf8')) as Subgraph;
      expect(referencesOf(graph)).toEqual(SEED);
      const frame = graph.nodes.find(({ id }) => id === 'frame:0');
      expect(frame?.label).toBe(`module library-seed.${extension}:5`);
      expect(graph.limits).toEqual({ depth: false, fanIn: false, nodes: false });
      const { width, height } = decodePng(readFileSync(png));
      expect(Math.min(width, height)).toBeGreaterThan(400);
      expect(readdirSync(folder).sort()).toEqual(['backrefs.json', 'new']);
      expect(readdirSync(join(folder, 'new'))).toEqual(['backrefs.png']);
    });
  });
});
