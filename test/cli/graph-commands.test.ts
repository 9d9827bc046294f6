import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { runCli } from '../support/fake-io.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const NODE_26 = resolve('test/fixtures/node-26/scenarios.heapsnapshot.gz');

async function ask(...argv: readonly string[]): Promise<Subgraph> {
  const { stdout, stderr, code } = await runCli([...argv, '--format', 'json']);
  expect([code, stderr.includes('showbackref:')]).toEqual([0, false]);
  return JSON.parse(stdout) as Subgraph;
}

describe('refs', () => {
  test('draws what an object holds', async () => {
    const { command, edges } = await ask('refs', NODE_26, '--target', 'onlyMap');
    expect(command).toBe('refs');
    expect(edges.map(({ label }) => label.replace(/ @\d+/, ''))).toEqual(
      expect.arrayContaining(['Map key', 'Map[OnlyMapKey] →']),
    );
  });

  test('as a tree with arrows that point away, and a picture with a name of its own', async () => {
    const cwd = temporaryFolder();
    const { stdout } = await runCli(['refs', NODE_26, '--target', 'onlyMap'], { cwd });
    expect(stdout).toMatch(/^Map @\d+ .*\(target\)\n(?:├|└)─ Map.* → OnlyMap/);
    expect(readdirSync(resolve(cwd, 'out'))).toEqual(['refs-onlyMap.png']);
  });
});

describe('chain', () => {
  test('draws one path and nothing else; --paths draws more', async () => {
    const one = await ask('chain', NODE_26, '--target', 'class:SharedTarget');
    expect([one.command, one.edges.length]).toEqual(['chain', 2]);
    const three = await ask('chain', NODE_26, '--target', 'class:SharedTarget', '--paths', '3');
    expect(three.edges).toHaveLength(6);
  });

  test.each([['chain'], ['backrefs']])(
    '%s answers that nothing holds an object',
    async (command) => {
      const cut = ['--cut', 'globalThis->/^reference[123]$/', '--cut', 'Object->SharedTarget'];
      const argv = [command, NODE_26, '--target', 'class:SharedTarget', ...cut, '--format', 'txt'];
      const { code, stdout, stderr } = await runCli(argv);
      expect(code).toBe(0);
      expect(stdout).toContain('not reachable, ');
      expect(stderr).toContain('Cut globalThis->/^reference[123]$/: 3 references removed.');
      expect(stderr).toMatch(/^That would free \d+ objects, /m);
      expect(stderr).toMatch(
        /^SharedTarget @\d+ is not reachable by strong references any more\.$/m,
      );
    },
  );
});

describe('many targets of one class', () => {
  test('are one node, unless --no-group', async () => {
    const merged = await ask(NODE_26, '--target', 'class:Captured');
    expect(merged.targets).toHaveLength(1);
    expect(merged.nodes[0]).toMatchObject({ count: 3, role: 'target' });
    const total = merged.patterns?.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(3);
    const apart = await ask(NODE_26, '--target', 'class:Captured', '--no-group');
    expect(apart.targets).toHaveLength(3);
  });
});

describe('usage errors', () => {
  test.each([
    [['refs', NODE_26, '--target', 'x', '--paths', '2'], 'paths'],
    [['chain', NODE_26, '--target', 'x', '--depth', '2'], 'depth'],
    [['chain', NODE_26, '--target', 'x', '--paths', '0'], '--paths "0" is not a whole number'],
    [[NODE_26, '--target', 'x', '--cut', 'Map'], '--cut "Map" is not a reference'],
  ])('%j', async (argv, words) => {
    const { code, stdout, stderr } = await runCli(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
});
