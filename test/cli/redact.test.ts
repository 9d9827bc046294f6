import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const TOKEN = `ghp_${'aB3dE5gH7jK9'.repeat(3)}`;

/** global ──.config──> Object ──.password──> "hunter2", ──.note──> a token; a text twice as `key` */
function folderWithHeap(): string {
  const heap = new HeapBuilder();
  const config = heap.node('object', 'Object');
  heap.edge(heap.global, 'property', 'config', config);
  heap.edge(config, 'property', 'password', heap.node('string', 'hunter2'));
  heap.edge(config, 'property', 'note', heap.node('string', `see ${TOKEN}`));
  heap.edge(config, 'property', TOKEN, heap.node('object', 'Thing'));
  for (const text of ['correct horse', 'battery staple']) {
    const context = heap.context({ password: heap.node('string', text) });
    heap.edge(heap.global, 'property', `f${text.length}`, heap.closure('f', { context }));
  }
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.heapsnapshot'), heap.bytes());
  return cwd;
}

const ask = (cwd: string, ...argv: string[]) => runCli(['a.heapsnapshot', ...argv], { cwd });

describe('--redact', () => {
  test('secrets is the default, in every format and on standard error', async () => {
    const cwd = folderWithHeap();
    const outs = ['a.svg', 'a.dot', 'a.json', 'a.txt'];
    const targets = ['--target', 'config.password', '--target', 'config.note'];
    const files = outs.flatMap((out) => ['--out', out]);
    const { code, stderr } = await ask(cwd, ...targets, ...files);
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/hunter2|ghp_/);
    for (const out of outs) {
      const text = readFileSync(join(cwd, out), 'utf8');
      expect(text, out).not.toMatch(/hunter2|aB3dE5/);
      expect(text, out).toMatch(out === 'a.json' ? /"masked": 2/ : /2 secrets masked\./);
    }
    const { nodes } = JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')) as Subgraph;
    expect(nodes.map(({ preview }) => preview)).toEqual(
      expect.arrayContaining(['"<secret 1>"', '"see <github token 1>" 44 chars']),
    );
  });

  test('none shows everything, all shows no string', async () => {
    const cwd = folderWithHeap();
    const argv = ['--target', 'config.note', '--format', 'txt', '--redact'];
    expect((await ask(cwd, ...argv, 'none')).stdout).toContain('see ghp_aB3dE5');
    const { stdout } = await ask(cwd, ...argv, 'all');
    expect(stdout).toContain('"<text 1>"');
    expect(stdout).toMatch(/^\d+ texts masked: all strings and file names\.$/m);
    expect(stdout).not.toContain('see');
  });

  test('an unknown word is a usage error', async () => {
    const { code, stderr } = await ask(folderWithHeap(), '--target', 'x', '--redact', 'some');
    expect(code).toBe(2);
    expect(stderr).toBe('showbackref: --redact "some" is unknown; use one of secrets, all, none\n');
  });

  test('the table of candidates says what kind they are, not what they contain', async () => {
    const { code, stderr } = await ask(folderWithHeap(), '--target', 'password');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^@\d+ +string +scope/m);
    expect(stderr).not.toMatch(/horse|staple/);
  });

  test('suggestions are masked, too', async () => {
    const cwd = folderWithHeap();
    const argv = ['--target', `config.${TOKEN}x`];
    expect((await ask(cwd, ...argv)).stderr).toContain('did you mean "config.<github token 1>"?');
    expect((await ask(cwd, ...argv, '--redact', 'none')).stderr).toContain(`"config.${TOKEN}"?`);
  });
});
