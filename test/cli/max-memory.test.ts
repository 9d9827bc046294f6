import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';

const NODE_26 = resolve('test/fixtures/node-26/scenarios.heapsnapshot.gz');
const ASK = ['--target', 'onlyMap', '--format', 'json'];

describe('--max-memory', () => {
  test('changes nothing if it is enough', async () => {
    const { stdout } = await runCli([NODE_26, ...ASK]);
    expect(await runCli([NODE_26, ...ASK, '--max-memory', '1GB'])).toMatchObject({
      code: 0,
      stdout,
      stderr: '',
    });
  });

  test('refuses in one sentence a heap that needs more', async () => {
    const { code, stdout, stderr } = await runCli([NODE_26, ...ASK, '--max-memory', '50MB']);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^showbackref: ".*scenarios\.heapsnapshot\.gz" takes about \d+ MB of memory, but --max-memory allows 50 MB; allow more or capture a smaller heap\n$/,
    );
  });

  test.each([
    ['types', [NODE_26]],
    ['types', [NODE_26, '--strings']],
    ['growth', [NODE_26, NODE_26]],
    ['info', [NODE_26]],
  ])('holds for %s %j too', async (command, argv) => {
    const refused = await runCli([command, ...argv, '--max-memory', '50MB']);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('--max-memory allows 50 MB');
    expect((await runCli([command, ...argv, '--max-memory', '1GB'])).code).toBe(0);
    expect((await runCli([command, ...argv, '--max-memory', 'much'])).code).toBe(2);
  });

  test('counts the memory for retained sizes', async () => {
    const need = async (argv: readonly string[]) => {
      const { stderr } = await runCli([...argv, '--max-memory', '1MB']);
      return Number(/about (\d+) MB/.exec(stderr)?.[1]);
    };
    expect(await need(['types', NODE_26])).toBeGreaterThan(await need(['info', NODE_26]));
  });

  test('counts the text, which no header announces, before all of it has arrived', async () => {
    const heap = new HeapBuilder();
    heap.edge(heap.root, 'element', 0, heap.node('string', 'x'.repeat(30_000_000)));
    const stdin = heap.bytes();
    const argv = ['-', '--target', '@3', '--format', 'json', '--max-memory'];
    expect((await runCli([...argv, '90MB'], { stdin })).code).toBe(1);
    expect((await runCli([...argv, '110MB'], { stdin })).code).toBe(0);
  });

  test('does not trust headers: announced records have not arrived yet', async () => {
    const bytes = gunzipSync(readFileSync(NODE_26));
    const text = bytes
      .toString('latin1')
      .replace(/"edge_count":\d+/, '"edge_count":99999999999999');
    const stdin = Buffer.from(text, 'latin1');
    const plain = await runCli(['-', ...ASK], { stdin });
    expect(plain.stderr).toContain('This heap takes about 1100 TB of memory.\n');
    expect(plain.stderr).toContain('it announces 99999999999999 edges');
    const limited = await runCli(['-', ...ASK, '--max-memory', '4GB'], { stdin });
    expect(limited.stderr).toContain('"standard input" takes about 1100 TB of memory');
  });

  test.each(['much', '-1GB', '4 G', '', '1e9'])('"%s" is not a size', async (size) => {
    const { code, stderr } = await runCli([NODE_26, ...ASK, `--max-memory=${size}`]);
    expect(code).toBe(2);
    expect(stderr).toContain(`--max-memory "${size}" is not a size; write it like 800MB or 4GB`);
  });
});
