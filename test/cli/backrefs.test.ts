import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { runCli } from '../support/fake-io.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { reserveUsualPort } from '../support/usual-port.js';

const FIXTURES = resolve('test/fixtures');
const NODE_26 = join(FIXTURES, 'node-26/scenarios.heapsnapshot.gz');

describe('where the answer goes', () => {
  test('one run writes every --out in the format of its extension, any letter case', async () => {
    const cwd = temporaryFolder();
    const outs = ['a.SVG', 'b.json', 'c.dot', 'd.txt', 'new/folder/e.PNG'];
    const { code, stdout, stderr } = await runCli(
      [NODE_26, '--target', 'class:SharedTarget', ...outs.flatMap((out) => ['--out', out])],
      { cwd },
    );
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(readFileSync(join(cwd, 'a.SVG'), 'utf8')).toMatch(/^<\?xml/);
    const graph = JSON.parse(readFileSync(join(cwd, 'b.json'), 'utf8')) as Subgraph;
    expect(graph.schema).toBe('showbackref/graph@1');
    expect(readFileSync(join(cwd, 'c.dot'), 'utf8')).toMatch(/^digraph/);
    expect(readFileSync(join(cwd, 'd.txt'), 'utf8')).toContain('(target)');
    expect(readFileSync(join(cwd, 'new/folder/e.PNG')).subarray(1, 4).toString()).toBe('PNG');
    expect(stderr).toContain('Image generated as new/folder/e.PNG (5 of 5 nodes, 6 references)\n');
    expect(stderr).toContain('Graph written to b.json (5 of 5 nodes, 6 references)\n');
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('--format without --out writes only to stdout', async () => {
    const { stdout, stderr } = await runCli([NODE_26, '--target', 'onlyMap', '--format', 'json']);
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stderr).toBe('');
  });

  test('with neither, a tree on stdout and a picture in out/ whose name is printed', async () => {
    const cwd = temporaryFolder();
    const { stdout, stderr } = await runCli([NODE_26, '--target', 'class:OnlyInMap'], { cwd });
    expect(stdout).toMatch(/^OnlyInMap @\d+ .*\(target\)\n└─ Map\[OnlyMapKey @\d+\] ← Map/);
    expect(readdirSync(join(cwd, 'out'))).toEqual(['backrefs-class-OnlyInMap.png']);
    expect(stderr).toContain(join('out', 'backrefs-class-OnlyInMap.png'));
  });

  test('--quiet prints nothing', async () => {
    const cwd = temporaryFolder();
    const { stdout, stderr } = await runCli(
      [NODE_26, '--target', 'onlyMap', '--out', 'a.txt', '-q'],
      { cwd },
    );
    expect([stdout, stderr]).toEqual(['', '']);
  });

  test('bytes are not written to a terminal', async () => {
    const { code, stderr } = await runCli([NODE_26, '--target', 'onlyMap', '--format', 'png'], {
      isTerminal: true,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('standard output is a terminal');
  });

  test('an existing picture is replaced', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.txt'), 'old');
    await runCli([NODE_26, '--target', 'onlyMap', '--out', 'a.txt'], { cwd });
    expect(readFileSync(join(cwd, 'a.txt'), 'utf8')).toContain('Map @');
  });

  test('the same question gives the same bytes', async () => {
    const ask = async () =>
      (await runCli([NODE_26, '--target', 'class:Captured', '--format', 'png'])).stdoutBytes;
    expect((await ask()).equals(await ask())).toBe(true);
  });
});

describe('where the heap comes from', () => {
  test('a plain snapshot and its gzip on standard input give the same answer as the file', async () => {
    const packed = readFileSync(NODE_26);
    const argv = ['--target', 'class:Captured', '--format', 'json'];
    const { stdout } = await runCli([NODE_26, ...argv]);
    expect((await runCli(['-', ...argv], { stdin: packed })).stdout).toBe(stdout);
    expect((await runCli(['-', ...argv], { stdin: gunzipSync(packed) })).stdout).toBe(stdout);
  });

  test('without a source, the newest snapshot of the folder is taken and named', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'heap.heapsnapshot'), gunzipSync(readFileSync(NODE_26)));
    const { code, stderr } = await runCli(['--target', 'onlyMap', '--format', 'txt'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toBe('Looking at heap.heapsnapshot\n');
  });

  test('the default command may be written out', async () => {
    const { code } = await runCli(['backrefs', NODE_26, '--target', 'onlyMap', '--format', 'txt']);
    expect(code).toBe(0);
  });
});

describe('a question that cannot be answered: one sentence, exit code 1, no file', () => {
  const JSC = join(FIXTURES, 'bun-1.4/inspector.json.gz');
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    [
      'a file that is not there',
      ['nope.heapsnapshot', '--target', 'x'],
      'nope.heapsnapshot": check',
    ],
    ['a folder', [FIXTURES, '--target', 'x'], 'folder'],
    ['a script that is not there', ['nope.js', '--target', 'x'], 'nope.js": check'],
    ['another format', [JSC, '--target', 'x'], 'JavaScriptCore'],
    ['not a heap', [join(FIXTURES, 'README.md'), '--target', 'x'], 'not a'],
    ['an unknown class', [NODE_26, '--target', 'class:Captrued'], 'did you mean "class:Captured"?'],
    ['an unknown name', [NODE_26, '--target', 'refrence1'], '"reference1"'],
    ['an unknown id', [NODE_26, '--target', '@4000000000'], '"@4000000000"'],
    [
      'one --nth too many',
      [NODE_26, '--target', 'class:Captured', '--nth', '4'],
      'matches 3 objects',
    ],
  ];
  test.each(cases)('%s', async (_, argv, words) => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runCli([...argv, '--out', 'a.png'], { cwd });
    expect(stderr).toContain(words);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('no source at all, and no inspector at the default address of Node.js', async () => {
    await reserveUsualPort();
    const { code, stderr } = await runCli(['--target', 'x'], { cwd: temporaryFolder() });
    expect(stderr).toContain('no inspector on 127.0.0.1:9229; name a .heapsnapshot file, -');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
  });

  test('a name of several objects: a table with what to type for each', async () => {
    const cwd = temporaryFolder();
    const argv = [NODE_26, '--target', 'var:target', '--out', 'a.png'];
    const { code, stderr } = await runCli(argv, { cwd });
    expect(code).toBe(1);
    const [sentence, header, ...rows] = stderr.trimEnd().split('\n');
    expect(sentence).toContain(`"var:target" matches ${rows.length} objects`);
    expect(header).toMatch(/^id +class +where +shallow size +choose with$/);
    for (const row of rows) expect(row).toMatch(/^(@\d+) .* \d+ B +--target \1$/);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('a snapshot cut anywhere names the section and the byte', async () => {
    const cwd = temporaryFolder();
    const whole = gunzipSync(readFileSync(join(FIXTURES, 'node-12/scenarios.heapsnapshot.gz')));
    for (let cut = 1; cut <= 10; cut++) {
      const length = Math.floor((whole.length * cut) / 10) - 1;
      writeFileSync(join(cwd, 'cut.heapsnapshot'), whole.subarray(0, length));
      const argv = ['cut.heapsnapshot', '--target', 'class:Captured', '--out', 'a.png'];
      const { code, stderr } = await runCli(argv, { cwd });
      expect(code).toBe(1);
      expect(stderr).toContain('cut.heapsnapshot" is truncated');
      expect(stderr).toContain(`at byte ${length}`);
    }
    expect(readdirSync(cwd)).toEqual(['cut.heapsnapshot']);
  });

  test.each([
    ['a folder in the way', 'taken.png'],
    ['a file where a folder should be', 'file.txt/a.png'],
    ['a folder that cannot be made', '/proc/nowhere/a.png'],
    ['a name that is too long', `${'n'.repeat(300)}.png`],
  ])('%s', async (_, out) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'taken.png'));
    writeFileSync(join(cwd, 'file.txt'), '');
    const { code, stderr } = await runCli([NODE_26, '--target', 'onlyMap', '--out', out], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^showbackref: cannot write /);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(cwd).sort()).toEqual(['file.txt', 'taken.png']);
  });

  test.skipIf(process.getuid?.() === 0)('a folder without permission (not for root)', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'locked'));
    chmodSync(join(cwd, 'locked'), 0o500);
    const { code, stderr } = await runCli(
      [NODE_26, '--target', 'onlyMap', '--out', 'locked/a.png'],
      { cwd },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('permission denied');
    expect(existsSync(join(cwd, 'locked/a.png'))).toBe(false);
  });
});

test('facts that Bun does not record are reported instead of drawn as unreachable', async () => {
  const bun = join(FIXTURES, 'bun-1.4/scenarios.heapsnapshot.gz');
  const { code, stdout, stderr } = await runCli([
    bun,
    '--target',
    'class:OnlyInMap',
    '--format',
    'txt',
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('no holder recorded');
  expect(stderr).toMatch(/^No holder of OnlyInMap @\d+ is recorded in this heap\.\n$/);
});

test('Ctrl-C ends with 130 and leaves nothing', async () => {
  const cwd = temporaryFolder();
  const controller = new AbortController();
  controller.abort();
  const argv = [NODE_26, '--target', 'onlyMap', '--out', 'a.png'];
  const { code, stderr } = await runCli(argv, { cwd, signal: controller.signal });
  expect(code).toBe(130);
  expect(stderr).toBe('showbackref: interrupted\n');
  expect(readdirSync(cwd)).toEqual([]);
});
