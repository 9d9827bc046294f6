import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const FIXTURES = fileURLToPath(new URL('../fixtures/leaks/', import.meta.url));

interface Answer {
  readonly schema: string;
  readonly suspects: readonly {
    readonly evidence: string;
    readonly holder: { readonly id: string; readonly label: string };
    readonly items: { readonly class: string; readonly ids: readonly string[] };
    readonly counts: readonly number[];
    readonly fingerprint: string;
    readonly known: { readonly id: string } | null;
    readonly path: readonly string[];
  }[];
  readonly alsoGrew: readonly { readonly what: string; readonly why: string }[];
}

async function leaks(sources: readonly string[], ...options: readonly string[]): Promise<Answer> {
  const { stdout, stderr } = await runCli(['leaks', ...sources, '--format', 'json', ...options]);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Answer;
}

/** Real leaks: the fixture, and the holder that was blamed in the bug report. */
const SIX = [
  ['observers-of-mobx', 'observers of ObservableValue (Array of Reaction) · mobx.js:2404', 3],
  ['listener-of-i18next', 'instance (I18n) · node.js', 2],
  ['timer-of-react-query', 'timer 300000 ms (Timeout) · query.js:56', 3],
  ['instances-of-side-effect', 'mountedInstances (Array of SideEffect) · index.js:39', 3],
  ['children-of-module', 'children of Module (Array of Module)', 5],
  [
    'registers-of-styled-components',
    'reverseRegister (Map of strings) · styled-components.cjs.js',
    3,
  ],
] as const;

describe('of six leaks of public packages the blamed holder is the only suspect', () => {
  test.each(SIX)('%s, three moments', async (name, label, first) => {
    const heap = join(FIXTURES, `${name}.heapsnapshot.gz`);
    const trees = [1, 2].map((moment) => join(FIXTURES, `${name}-${moment}.tree`));
    const { suspects } = await leaks([...trees, heap]);
    expect(suspects.map(({ holder }) => holder.label)).toEqual([label]);
    expect(suspects[0]?.evidence).toBe('leak');
    const step = name === 'registers-of-styled-components' ? 300 : 60;
    expect(suspects[0]?.counts).toEqual([first, first + step, first + 2 * step]);
  });

  test.each(SIX)('%s, two moments', async (name, label) => {
    const heap = join(FIXTURES, `${name}.heapsnapshot.gz`);
    const { suspects } = await leaks([join(FIXTURES, `${name}-1.tree`), heap]);
    expect(suspects.map(({ holder }) => holder.label)).toEqual([label]);
    expect(suspects[0]?.evidence).toBe('growth');
  });

  test.each(SIX.filter(([name]) => name !== 'registers-of-styled-components'))(
    '%s: the first of one snapshot',
    async (name, label) => {
      const { suspects } = await leaks([join(FIXTURES, `${name}.heapsnapshot.gz`)]);
      const [holder] = label.split(' (');
      expect(suspects[0]?.holder.label.startsWith(holder ?? '')).toBe(true);
      expect(suspects[0]?.evidence).toBe('size');
    },
  );
});

/**
 * global ──.list──> Array ──[i]──> Session, ten more at each moment; the name of one is a secret.
 */
function heapAt(moment: number): HeapBuilder {
  const heap = new HeapBuilder();
  const list = heap.node('object', 'Array', { id: 2001, size: 16 });
  heap.edge(heap.global, 'property', 'list', list);
  for (let i = 0; i < 40; i++) {
    const node = heap.node('object', 'Lasting', { id: 1001 + 2 * i, size: 16 });
    heap.edge(heap.global, 'property', `lasting${i}`, node);
  }
  const secret = heap.node('object', `AKIA${'QWERTZUIOPASDFGH'}`, { id: 2003, size: 16 });
  heap.edge(heap.global, 'property', 'key', secret);
  for (let i = 0; i < 10 * (moment + 1); i++) {
    heap.edge(list, 'element', i, heap.node('object', 'Session', { id: 3001 + 2 * i, size: 64 }));
  }
  return heap;
}

function savedHeaps(moments: number): { cwd: string; names: readonly string[] } {
  const cwd = temporaryFolder();
  const names = Array.from({ length: moments }, (_, moment) => {
    const name = `${moment + 1}.heapsnapshot`;
    writeFileSync(join(cwd, name), heapAt(moment).bytes());
    return name;
  });
  return { cwd, names };
}

describe('the answer', () => {
  test('is a table, sentences, and the next command', async () => {
    const { cwd, names } = savedHeaps(3);
    const { code, stdout } = await runCli(['leaks', ...names, '--width', '100'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 {2}leak +10 → 20 → 30 .* globalThis\.list \(Array of Session\)$/m);
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'It went from 10 to 20 to 30 elements; the newest are Session objects.',
    );
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'Next: showbackref 3.heapsnapshot --target @3059 --target @3057 --target @3055 --out leak.png',
    );
  });

  test('text that does not fit beside the numbers continues on the next line', async () => {
    const { cwd, names } = savedHeaps(3);
    const { stdout } = await runCli(['leaks', ...names, '--width', '60'], { cwd });
    expect(stdout).toMatch(/ globalThis\.lis\n +t\n +\(Array of\n +Session\)\n/);
  });

  test('JSON has the documented keys', async () => {
    const { cwd, names } = savedHeaps(3);
    const { stdout } = await runCli(['leaks', ...names, '--format', 'json'], { cwd });
    const { schema, suspects, alsoGrew } = JSON.parse(stdout) as Answer;
    expect(schema).toBe('showbackref/leaks@1');
    expect(alsoGrew).toEqual([]);
    expect(suspects).toHaveLength(1);
    expect(suspects[0]).toMatchObject({
      rank: 1,
      evidence: 'leak',
      holder: { id: '@2001', location: null },
      items: { class: 'Session', location: null },
      counts: [10, 20, 30],
      bytes: 30 * 64,
      bytesPerRound: 10 * 64,
      known: null,
      path: ['<global> -> global', '.list -> Array', '[*] -> Session'],
    });
  });

  test('without a suspect, a sentence says so and the exit code is 0', async () => {
    const { cwd, names } = savedHeaps(1);
    const same = [...names, ...names, ...names];
    const { code, stdout } = await runCli(['leaks', ...same, '--fail-on', 'leak'], { cwd });
    expect(stdout).toContain('No suspect: nothing grew at each of 3 moments.');
    expect(code).toBe(0);
  });

  test('--fail-on ends with 3 for the evidence it names, and not for any other', async () => {
    const { cwd, names } = savedHeaps(3);
    const failed = await runCli(['leaks', ...names, '--fail-on', 'leak'], { cwd });
    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain('limit crossed: --fail-on leak, found 1');
    const passed = await runCli(['leaks', ...names, '--fail-on', 'proof'], { cwd });
    expect(passed.code).toBe(0);
  });

  test('a picture shows the newest items and the holder', async () => {
    const { cwd, names } = savedHeaps(3);
    const { code } = await runCli(['leaks', ...names, '--out', 'leak.dot'], { cwd });
    expect(code).toBe(0);
    const dot = readFileSync(join(cwd, 'leak.dot'), 'utf8');
    expect(dot).toContain('leak: globalThis.list (Array of Session): 10 → 20 → 30');
    expect(dot).toContain('Session x 3');
    expect(dot).toContain('Array @2001');
  });

  test('--draw all draws each suspect, and excludes --nth', async () => {
    const { cwd, names } = savedHeaps(3);
    const all = await runCli(['leaks', ...names, '--draw', 'all', '--out', 'leak.dot'], { cwd });
    expect(all.code).toBe(0);
    expect(existsSync(join(cwd, 'leak-1.dot'))).toBe(true);
    const both = await runCli(
      ['leaks', ...names, '--draw', 'all', '--nth', '1', '--out', 'a.dot'],
      {
        cwd,
      },
    );
    expect(both.code).toBe(2);
  });
});

describe('a saved tree', () => {
  test('stands for its moment, masked and small', async () => {
    const { cwd, names } = savedHeaps(3);
    const [first = '', ...others] = names;
    const saved = await runCli(['leaks', first, '--save-tree', 'first.tree'], { cwd });
    expect(saved.stderr).toContain('Tree saved as first.tree');
    const bytes = readFileSync(join(cwd, 'first.tree'));
    expect(gunzipSync(bytes).toString()).not.toContain('AKIA');
    const { stdout } = await runCli(['leaks', 'first.tree', ...others, '--format', 'json'], {
      cwd,
    });
    expect((JSON.parse(stdout) as Answer).suspects[0]?.counts).toEqual([10, 20, 30]);
  });

  test.each([
    ['nothing packed', Buffer.from('{}')],
    ['an empty file', Buffer.alloc(0)],
  ])('%s is refused by its name', async (_, content) => {
    const { cwd, names } = savedHeaps(1);
    writeFileSync(join(cwd, 'bad.tree'), content);
    const { code, stderr } = await runCli(['leaks', 'bad.tree', ...names], { cwd });
    expect(stderr).toContain('"bad.tree" is not a tree that leaks saved with --save-tree');
    expect(code).toBe(1);
  });

  test('needs a heap after it', async () => {
    const { cwd, names } = savedHeaps(1);
    await runCli(['leaks', ...names, '--save-tree', 'only.tree'], { cwd });
    const { code, stderr } = await runCli(['leaks', 'only.tree'], { cwd });
    expect(stderr).toContain('leaks needs a heap at the end');
    expect(code).toBe(1);
  });
});

test('known leaks are named with cause, fix and link, and --no-known leaves them out', async () => {
  const name = join(FIXTURES, 'instances-of-side-effect');
  const sources = [`${name}-1.tree`, `${name}-2.tree`, `${name}.heapsnapshot.gz`];
  const named = await leaks(sources);
  expect(named.suspects[0]?.known?.id).toBe('react-side-effect-rewind');
  const unnamed = await leaks(sources, '--no-known');
  expect(unnamed.suspects[0]?.known).toBeNull();
  expect(unnamed.suspects[0]?.fingerprint).toBe(named.suspects[0]?.fingerprint);
});

describe('a list of accepted leaks', () => {
  const fail = ['--fail-on', 'leak', '--accept', 'leaks.json'];

  function listIn(cwd: string) {
    return JSON.parse(readFileSync(join(cwd, 'leaks.json'), 'utf8')) as {
      fingerprint: string;
      holder: string;
      reason: string;
      since: string;
    }[];
  }

  function explain(cwd: string, reason: string): void {
    const list = listIn(cwd);
    for (const row of list) row.reason = reason;
    writeFileSync(join(cwd, 'leaks.json'), JSON.stringify(list));
  }

  test('--update-accept writes a row for each suspect, which fails until it has a reason', async () => {
    const { cwd, names } = savedHeaps(3);
    const made = await runCli(['leaks', ...names, ...fail, '--update-accept'], { cwd });
    expect(made.code).toBe(0);
    expect(made.stderr).toContain('written to leaks.json: 1 without a reason');
    expect(listIn(cwd)).toMatchObject([
      { reason: '', since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    ]);

    const open = await runCli(['leaks', ...names, ...fail], { cwd });
    expect(open.code).toBe(3);
    expect(open.stderr).toContain('has no reason: write why it is accepted');

    explain(cwd, 'kept on purpose until the next release');
    const filled = await runCli(['leaks', ...names, ...fail], { cwd });
    expect(filled.code).toBe(0);
    expect(filled.stderr).toContain('kept on purpose until the next release');
  });

  test('a suspect that is not on the list ends with 3', async () => {
    const { cwd, names } = savedHeaps(3);
    writeFileSync(join(cwd, 'leaks.json'), '[]');
    const { code, stderr } = await runCli(['leaks', ...names, ...fail], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('limit crossed: --fail-on leak, found 1');
  });

  test('a row whose leak is gone has to be removed, which --update-accept does', async () => {
    const { cwd, names } = savedHeaps(3);
    await runCli(['leaks', ...names, ...fail, '--update-accept'], { cwd });
    explain(cwd, 'known');
    const [first = ''] = names;
    const mended = await runCli(['leaks', first, first, first, ...fail], { cwd });
    expect(mended.code).toBe(0);
    expect(mended.stderr).toContain('No longer a suspect');
    expect(mended.stderr).toContain('Remove its row from leaks.json.');
    await runCli(['leaks', first, first, first, ...fail, '--update-accept'], { cwd });
    expect(listIn(cwd)).toEqual([]);
  });

  test('a list that is missing, damaged or not named is reported', async () => {
    const { cwd, names } = savedHeaps(3);
    const missing = await runCli(['leaks', ...names, ...fail], { cwd });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('--accept "leaks.json" cannot be read');
    writeFileSync(join(cwd, 'leaks.json'), '[{"fingerprint":"1"}]');
    const odd = await runCli(['leaks', ...names, ...fail], { cwd });
    expect(odd.code).toBe(2);
    expect(odd.stderr).toContain('is not a list of accepted leaks');
    const nameless = await runCli(['leaks', ...names, '--update-accept'], { cwd });
    expect(nameless.code).toBe(2);
    expect(nameless.stderr).toContain('writes the file of --accept; name it');
  });
});
