import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodePng } from '../support/decode-png.js';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const NODE_26 = resolve('test/fixtures/node-26/scenarios.heapsnapshot.gz');
const NODE_24 = resolve('test/fixtures/node-24/scenarios.heapsnapshot.gz');

describe('types', () => {
  test('is a table of at most 20 classes, most objects first', async () => {
    const { code, stdout, stderr } = await runCli(['types', NODE_26]);
    expect([code, stderr]).toEqual([0, '']);
    const [header, , first, ...others] = stdout.split('\n');
    expect(header).toMatch(/^class +count +shallow +retained$/);
    expect(first).toMatch(/^Function +6,071 /);
    expect(others.indexOf('')).toBe(19);
    expect(stdout).toMatch(/Not shown: 12 engine classes such as \S+ \S* ?and /);
  });

  test('JSON has all classes and the documented keys', async () => {
    const { code, stdout } = await runCli(['types', NODE_26, '--format', 'json', '--all']);
    expect(code).toBe(0);
    const { schema, types } = JSON.parse(stdout);
    expect(schema).toBe('showbackref/types@1');
    expect(types.length).toBeGreaterThan(200);
    expect(Object.keys(types[0])).toEqual([
      ...['name', 'count', 'shallowSize', 'retainedSize', 'location'],
    ]);
    expect(types.map(({ name }: { name: string }) => name)).toContain('(string)');
  });

  test.each([
    [
      ['--filter', 'onlyin', '--sort', 'size'],
      ['OnlyInMap', 'OnlyInSet'],
    ],
    [['--filter', '/^SharedT/'], ['SharedTarget']],
    [['--filter', '(number', '--all'], ['(number)']],
    [['--filter', 'no such class'], []],
  ])('%j', async (options, names) => {
    const { stdout } = await runCli(['types', NODE_26, '--format', 'json', ...options]);
    const { types } = JSON.parse(stdout);
    expect(types.map(({ name }: { name: string }) => name).sort()).toEqual(names);
  });

  test('--strings lists texts with copies', async () => {
    const argv = ['types', NODE_26, '--strings', '--filter', 'primordials', '--format', 'json'];
    const { code, stdout } = await runCli(argv);
    expect(code).toBe(0);
    const { schema, strings } = JSON.parse(stdout);
    expect(schema).toBe('showbackref/strings@1');
    expect(strings[0]).toMatchObject({ text: 'primordials', isCut: false });
    expect(strings[0].copies).toBeGreaterThan(50);
  });

  test('--fail-on: exit code 3, a sentence for each limit crossed, and still the table', async () => {
    const limits = ['Function>6000', 'Function>1TB', '/^Only/>1', 'Nowhere>0', 'Function>1 kB'];
    const { code, stdout, stderr } = await runCli([
      ...['types', NODE_26, '--quiet', '--limit', '1', '--filter', 'BuiltinModule'],
      ...limits.flatMap((limit) => ['--fail-on', limit]),
    ]);
    expect(code).toBe(3);
    expect(stdout).toContain('BuiltinModule');
    expect(stderr.replace(/\d+ objects/g, 'N objects').split('\n')).toEqual([
      'showbackref: limit crossed: --fail-on "Function>6000", found N objects',
      'showbackref: limit crossed: --fail-on "/^Only/>1", found N objects',
      'showbackref: limit crossed: --fail-on "Function>1 kB", found 3.1 MB retained',
      '',
    ]);
  });

  test('limits that are kept: exit code 0', async () => {
    const limits = ['--fail-on', 'Function>7000'];
    const { code, stderr } = await runCli(['types', NODE_26, ...limits]);
    expect([code, stderr]).toEqual([0, '']);
  });

  test('a limit on a class that is in no heap says so', async () => {
    const limits = ['Functoin>0', 'Nowhere_at_all>0', '/^Nowhere/>0'];
    const failOn = limits.flatMap((limit) => ['--fail-on', limit]);
    const said = [
      '--fail-on "Functoin>0" fits no class in the heap; did you mean "Function"?',
      '--fail-on "Nowhere_at_all>0" fits no class in the heap, so the limit cannot be crossed.',
      '--fail-on "/^Nowhere/>0" fits no class in the heap, so the limit cannot be crossed.',
    ];
    for (const argv of [
      ['types', NODE_26],
      ['growth', NODE_26, NODE_26],
    ]) {
      const { code, stderr } = await runCli([...argv, ...failOn]);
      expect([code, stderr.trimEnd().split('\n')]).toEqual([0, said]);
    }
  });

  test('--format that no output has is said', async () => {
    const cwd = temporaryFolder();
    const argv = ['types', NODE_26, '--out', 'a.json', '--format'];
    const { stderr } = await runCli([...argv, 'md'], { cwd });
    expect(stderr).toContain('--format md is not used: the extension of --out gives the format.\n');
    expect((await runCli([...argv, 'json'], { cwd })).stderr).not.toContain('--format');
  });

  test('each --out in the format of its extension', async () => {
    const cwd = temporaryFolder();
    const outs = ['a.json', 'b.MD', 'c.txt'].flatMap((out) => ['--out', out]);
    const { code, stdout, stderr } = await runCli(['types', NODE_26, ...outs], { cwd });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('Table written to b.MD\n');
    expect(readFileSync(join(cwd, 'b.MD'), 'utf8')).toMatch(/^\| class \| count \|/);
    expect(readdirSync(cwd).sort()).toEqual(['a.json', 'b.MD', 'c.txt']);
  });
});

describe('a probable secret', () => {
  const SECRET = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz';

  function secretive(): string {
    const cwd = temporaryFolder();
    const heap = new HeapBuilder();
    for (const at of [0, 1]) {
      const text = heap.node('string', `token ${SECRET}`, { size: 56 });
      heap.edge(heap.global, 'element', at, text);
    }
    const odd = heap.node('object', `Session ${SECRET}`, { size: 8 });
    heap.edge(heap.global, 'property', 'odd', odd);
    writeFileSync(join(cwd, 'a.heapsnapshot'), heap.bytes());
    return cwd;
  }

  test.each([
    ['types', ['types', 'a.heapsnapshot']],
    ['types --strings', ['types', 'a.heapsnapshot', '--strings']],
    [
      'growth',
      ['growth', 'a.heapsnapshot', resolve('test/fixtures/node-26/scenarios.heapsnapshot.gz')],
    ],
  ])('is masked and counted in %s, whatever the format', async (_, argv) => {
    const cwd = secretive();
    for (const format of ['txt', 'json', 'md']) {
      // wide enough for whole names
      const limit = ['--limit', 'all', '--format', format, '--width', '140'];
      const { stdout } = await runCli([...argv, ...limit], { cwd });
      expect(stdout).not.toContain(SECRET);
      expect(stdout).toMatch(/1 secret masked\.|"masked": 1/);
      expect(stdout).toMatch(/<[a-z ]+ 1>|&lt;[a-z ]+ 1&gt;/);
      const open = await runCli([...argv, ...limit, '--redact', 'none'], { cwd });
      expect(open.stdout).toContain(
        SECRET.slice(0, 20).replaceAll('_', format === 'md' ? '\\_' : '_'),
      );
    }
  });

  test('--redact all masks every text and file', async () => {
    const { stdout } = await runCli([
      'types',
      NODE_26,
      '--strings',
      '--redact',
      'all',
      '--limit',
      '5',
    ]);
    expect(stdout.match(/"<text \d>"/g)).toHaveLength(5);
    const argv = ['types', NODE_26, '--redact', 'all', '--filter', 'OnlyIn', '--format', 'json'];
    expect((await runCli(argv)).stdout).toContain('"location": "<file 1>:');
  });
});

describe('info', () => {
  test('says who wrote the snapshot and what is in it', async () => {
    const { code, stdout } = await runCli(['info', NODE_26]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^producer +Node\.js v26\./m);
    expect(stdout).toMatch(/^\(Global handles\) +\d+$/m);
    const { stdout: json } = await runCli(['info', NODE_26, '--format', 'json']);
    expect(JSON.parse(json)).toMatchObject({ schema: 'showbackref/info@1' });
  });

  test('shows allocation traces', async () => {
    const timeline = resolve('test/fixtures/node-22/timeline.heaptimeline.gz');
    const { stdout } = await runCli(['info', timeline]);
    expect(stdout).toMatch(/^allocation traces +[\d,]+ functions$/m);
  });
});

describe('growth', () => {
  /** global ──> lasting objects, and this many Sessions. */
  function snapshot(folder: string, name: string, ids: readonly number[]): void {
    const heap = new HeapBuilder();
    for (let i = 0; i < 100; i++) {
      const node = heap.node('object', 'Lasting', { id: 1001 + 2 * i, size: 8 });
      heap.edge(heap.global, 'element', i, node);
    }
    for (const id of ids) {
      const node = heap.node('object', 'Session', { id, size: 40 });
      heap.edge(heap.global, 'property', `s${id}`, node);
    }
    writeFileSync(join(folder, name), heap.bytes());
  }

  function three(): { cwd: string; files: readonly string[] } {
    const cwd = temporaryFolder();
    snapshot(cwd, 'a.heapsnapshot', [501, 503, 505]);
    snapshot(cwd, 'b.heapsnapshot', [503]);
    snapshot(cwd, 'c.heapsnapshot', [503, 507]);
    return { cwd, files: ['a.heapsnapshot', 'b.heapsnapshot', 'c.heapsnapshot'] };
  }

  test('of two snapshots of one process: by id', async () => {
    const { cwd, files } = three();
    const { code, stdout } = await runCli(['growth', ...files.slice(0, 2)], { cwd });
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'From a.heapsnapshot to b.heapsnapshot',
      'class    before  after  added  removed  delta   size',
      '----------------------------------------------------',
      'Session       3      1      0        2     -2  -80 B',
    ]);
    expect(stdout).toContain('\nCompared by object id.\n');
  });

  test('of three: step by step, then from the first to the last', async () => {
    const { cwd, files } = three();
    const { stdout } = await runCli(['growth', ...files, '--format', 'json'], { cwd });
    const document = JSON.parse(stdout);
    expect(document.schema).toBe('showbackref/growth@1');
    const [first, second] = document.steps;
    expect(first.types).toMatchObject([{ name: 'Session', added: 0, removed: 2, delta: -2 }]);
    expect(second.types).toMatchObject([{ name: 'Session', added: 1, removed: 0, delta: 1 }]);
    expect(document.types).toMatchObject([{ name: 'Session', added: 1, removed: 2, delta: -1 }]);
  });

  test('--peak does not list classes that had as many objects before', async () => {
    const { cwd, files } = three();
    const argv = ['growth', ...files, '--peak', '--format', 'json'];
    const { types, steps } = JSON.parse((await runCli(argv, { cwd })).stdout);
    expect([types, ...steps.map((step: { types: unknown }) => step.types)]).toEqual([[], [], []]);
  });

  test('of snapshots of different processes: by class, and it says so', async () => {
    const { code, stdout } = await runCli(['growth', NODE_24, NODE_26, '--filter', 'Function']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Function +5,\d+ +6,071 +\? +\? +\+\d+ /m);
    expect(stdout).toContain('Compared by class only');
  });

  test('--draw draws who holds new objects', async () => {
    const { cwd } = three();
    const argv = ['growth', 'b.heapsnapshot', 'c.heapsnapshot', '--draw'];
    const outs = ['--out', 'new.png', '--out', 'new.dot', '--out', 'table.md'];
    const { code, stdout, stderr } = await runCli([...argv, ...outs], { cwd });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('Image generated as new.png (2 of 2 nodes, 1 reference)\n');
    expect(stderr).toContain('Drawn: 1 new Session.\n');
    const dot = readFileSync(join(cwd, 'new.dot'), 'utf8');
    expect(dot).toContain('Session @507');
    expect(dot).not.toContain('Session @503');
    expect(decodePng(readFileSync(join(cwd, 'new.png'))).width).toBeGreaterThan(50);
    expect(readFileSync(join(cwd, 'table.md'), 'utf8')).toContain('<code>Session</code>');
  });

  test('--draw draws all new objects as one node, however many there are', async () => {
    const cwd = temporaryFolder();
    const counts = { 'a.heapsnapshot': 1, 'b.heapsnapshot': 1501 };
    for (const [name, count] of Object.entries(counts)) {
      const ids = Array.from({ length: count }, (_, at) => 2001 + 2 * at);
      snapshot(cwd, name, ids);
    }
    const argv = [
      'growth',
      ...Object.keys(counts),
      '--draw',
      '--out',
      'new.json',
      '--out',
      'new.dot',
    ];
    const { code, stderr } = await runCli(argv, { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('Drawn: 1500 new Session.\n');
    const dot = readFileSync(join(cwd, 'new.dot'), 'utf8');
    expect(dot).toContain('Session x 1,500');
  });

  test.each([
    ['nothing has grown', ['a.heapsnapshot', 'b.heapsnapshot'], 'no class listed has grown'],
    ['of different processes', [NODE_24, NODE_26], 'needs heaps of one process'],
  ])('--draw where %s is an error', async (_, files, words) => {
    const { cwd } = three();
    const { code, stderr } = await runCli(['growth', ...files, '--draw'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain(words);
    expect(readdirSync(cwd)).not.toContain('out');
  });

  test('--fail-on checks the change from the first moment to the last', async () => {
    const { cwd, files } = three();
    const [, b, c] = files as [string, string, string];
    const crossed = await runCli(['growth', b, c, '--fail-on', 'Session>0'], { cwd });
    expect(crossed.code).toBe(3);
    expect(crossed.stderr).toContain('--fail-on "Session>0", found 1 more object\n');
    const kept = ['--fail-on', 'Session>0', '--fail-on', 'Nowhere>0', '--fail-on', 'Session>1B'];
    expect((await runCli(['growth', ...files, ...kept], { cwd })).code).toBe(0);
    const size = await runCli(['growth', b, c, '--fail-on', 'Session>39B'], { cwd });
    expect(size.stderr).toContain('--fail-on "Session>39B", found 40 B more\n');
  });

  test('an error in the second heap is an error', async () => {
    const { cwd, files } = three();
    writeFileSync(join(cwd, 'broken.heapsnapshot'), '{"snapshot":{');
    const argv = ['growth', files[0] as string, 'broken.heapsnapshot'];
    const { code, stdout, stderr } = await runCli(argv, { cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('broken.heapsnapshot" is truncated');
  });
});
