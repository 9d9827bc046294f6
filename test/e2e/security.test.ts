import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { runBin } from '../support/run-bin.js';
import { programFile, startProgram } from '../support/running-program.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SNAPSHOT = resolve('test/fixtures/node-26/scenarios.heapsnapshot.gz');

describe('an expression for a target', () => {
  test.each([
    '(globalThis.ran = true)',
    'globalThis.ran=1',
    'process.exit(7)',
    'require("node:fs").writeFileSync("ran", "")',
    'class:/(?<ran>.){globalThis.ran=1}/',
    'string:/(?{process.exit(7)})/',
    'global:x[(globalThis.ran=1)]',
  ])('on a saved heap is looked up and not run: %s', async (target) => {
    const cwd = temporaryFolder();
    const { code, stdout } = await runCli([SNAPSHOT, `--target=${target}`, '--format', 'json'], {
      cwd,
    });
    expect([1, 2]).toContain(code);
    expect(stdout).toBe('');
    expect(globalThis).not.toHaveProperty('ran');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('on a running program is run there, and only there', async () => {
    const program = await startProgram(process.execPath, [
      ...['--inspect=127.0.0.1:0', programFile('live-waits.cjs')],
    ]);
    const ask = async (target: string) => {
      const argv = [await program.inspector(), '--target', target, '--format', 'json'];
      return runBin(argv);
    };
    const { code, stderr } = await ask('(globalThis.ran = { pid: "is " + process.pid })');
    expect(code, stderr).toBe(0);
    expect((await ask('ran.pid')).stderr).toContain(`"ran.pid" is "is ${program.pid}", a value`);
    expect(globalThis).not.toHaveProperty('ran');
  });
});

describe('text of a heap', () => {
  const HOSTILE = [
    '{{> secret.txt}}',
    '{{title}}',
    '<!--#include file="secret.txt"-->',
    '<%= process.exit(7) %>',
    '<script>globalThis.ran=1</script>',
    '$(touch ran)',
    '`touch ran`',
  ];

  test.each(['dot', 'svg', 'html', 'md', 'txt', 'json', 'mmd'])(
    'is only text in %s',
    async (format) => {
      const cwd = temporaryFolder();
      const heap = new HeapBuilder();
      for (const text of HOSTILE)
        heap.edge(heap.global, 'property', text, heap.node('object', text));
      const argv = ['-', '--target=class:/./', '--all', '--format', format];
      const { code, stdout, stderr } = await runCli(argv, { cwd, stdin: heap.bytes() });
      expect(code, stderr).toBe(0);
      expect(stdout).not.toContain('of another file');
      expect(globalThis).not.toHaveProperty('ran');
      expect(existsSync(join(cwd, 'ran'))).toBe(false);
    },
  );
});

describe('a template', () => {
  const ask = async (text: string, name: string) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'secret.txt'), 'of another file');
    writeFileSync(join(cwd, name), text);
    const argv = [
      SNAPSHOT,
      '--target',
      'class:SharedTarget',
      '--template',
      name,
      '--out',
      `a${name}`,
    ];
    const { code, stderr } = await runCli(argv, { cwd });
    const file = join(cwd, `a${name}`);
    return { code, stderr, written: existsSync(file) ? readFileSync(file, 'utf8') : null };
  };

  test.each([
    '{{> secret.txt}}',
    '{{include secret.txt}}',
    '{{secret.txt}}',
    '{{#include "secret.txt"}}',
  ])('cannot name a file: %s is unknown', async (text) => {
    const { code, stderr, written } = await ask(text, 't.md');
    expect([code, written]).toEqual([2, null]);
    expect(stderr).toContain(`"${text}" is unknown; use one of {{title}}`);
  });

  test.each([
    '<!--#include file="secret.txt"-->',
    '{% include "secret.txt" %}',
    '<%- include("secret.txt") %>',
    '@import secret.txt;',
  ])('includes no file: %s stays unchanged', async (text) => {
    for (const name of ['t.md', 't.html']) {
      expect(await ask(`${text}\n`, name)).toMatchObject({ code: 0, written: `${text}\n` });
    }
  });
});
