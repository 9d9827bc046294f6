import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decorOf } from '../../src/report/terminal/terminal-decor.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { runBin } from '../support/run-bin.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('what a terminal is given besides text', () => {
  test.each([
    [true, { TERM: 'xterm-256color' }, 'colours'],
    [true, { TERM: 'dumb' }, ''],
    [true, { TERM: 'xterm', NO_COLOR: '1' }, ''],
    [true, { TERM: 'xterm', NO_COLOR: '' }, 'colours'],
    [true, { TERM: 'xterm', NO_COLOR: '1', FORCE_COLOR: '1' }, ''],
    [true, { TERM: 'xterm', FORCE_COLOR: '0' }, ''],
    [false, { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode', VTE_VERSION: '7600' }, ''],
    [false, { FORCE_COLOR: '1' }, 'colours'],
    [true, { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' }, 'colours links'],
    [true, { TERM: 'xterm-256color', VTE_VERSION: '7600' }, 'colours links'],
    [true, { TERM: 'xterm-256color', VTE_VERSION: '4600' }, 'colours'],
    [true, { TERM: 'tmux-256color', TERM_PROGRAM: 'vscode' }, 'colours'],
    [true, { TERM: 'xterm-kitty', NO_COLOR: '1' }, 'links'],
    [true, { TERM: 'xterm-kitty', FORCE_HYPERLINK: '0' }, 'colours'],
  ] as const)('isTTY %s, %o: %s', (isTTY, env, expected) => {
    const { hasColours, hasLinks } = decorOf({ isTTY }, env);
    expect([hasColours ? 'colours' : '', hasLinks ? 'links' : ''].join(' ').trim()).toBe(expected);
  });

  test('targets are red, roots green, and a place leads to its line', async () => {
    const cwd = temporaryFolder();
    const heap = new HeapBuilder();
    const file = '/srv/it\u001bs a/app.js';
    const run = heap.closure('run', { file, line: 6, column: 2 });
    heap.edge(heap.global, 'property', 'run', run);
    writeFileSync(join(cwd, 'a.heapsnapshot'), heap.bytes());
    const argv = ['a.heapsnapshot', '--target', 'fn:run', '--format', 'txt'];
    const ask = (env: Record<string, string>) => runBin(argv, { cwd, env });
    const plain = await ask({ FORCE_COLOR: '', NO_COLOR: '' });
    expect(plain.stdout).not.toContain('\u001b');
    const { stdout, stderr } = await ask({ FORCE_COLOR: '1', FORCE_HYPERLINK: '1', NO_COLOR: '' });
    expect(stderr).toBe('');
    // as text, for the eye: escape sequences begin with a control character
    const seen = stdout.replaceAll('\u001b', '<ESC>');
    expect(seen.replace(/<ESC>\[\d*m|<ESC>\]8;;.*?<ESC>\\/g, '')).toBe(plain.stdout);
    expect(seen).toMatch(/^<ESC>\[31mrun\(\) @\d+/);
    expect(seen).toContain('<ESC>[32m.run ← globalThis');
    expect(seen).toContain('<ESC>]8;;file:///srv/it%1Bs%20a/app.js#6<ESC>\\app.js:6:2<ESC>]8;;');
  });
});
