import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { terminalColumns } from '../../src/cli/terminal-columns.js';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const FILE = `/srv/app/${'very-long-folder-name/'.repeat(4)}handlers-of-all-connections.js`;

/** global ──.handler──> closure in a file with a long path ──context──> scope ──session──> Session */
function heap(): Uint8Array {
  const heap = new HeapBuilder();
  const session = heap.node('object', 'Session', { size: 24 });
  const context = heap.context({ session });
  const onMessage = heap.closure('onMessage', { file: FILE, line: 7, context });
  heap.edge(heap.global, 'property', 'handler', onMessage);
  heap.node('object', `C${'x'.repeat(200)}`, { size: 16 });
  return heap.bytes();
}

const ASK = ['-', '--target', 'Session'];
const longest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length));

async function shown(argv: readonly string[], columns?: number): Promise<string> {
  const { stdout, stderr } = await runCli(argv, {
    stdin: heap(),
    ...(columns === undefined ? {} : { columns }),
  });
  expect(stderr).toBe('');
  return stdout;
}

describe('the width of text', () => {
  test('is 80 columns by default, else that of the terminal', async () => {
    const argv = [...ASK, '--format', 'txt'];
    expect(longest(await shown(argv))).toBeLessThanOrEqual(80);
    const wide = await shown(argv, 200);
    expect(longest(wide)).toBeGreaterThan(80);
    expect(longest(wide)).toBeLessThanOrEqual(200);
    expect(longest(await shown(argv, 3))).toBeGreaterThan(3);
  });

  test('is that of --width, for a file, too', async () => {
    const out = join(temporaryFolder(), 'a.txt');
    expect(longest(await shown([...ASK, '--format', 'txt', '--width', '60'], 200))).toBeLessThan(
      61,
    );
    await runCli([...ASK, '--out', out, '--width', '60'], { stdin: heap() });
    expect(longest(readFileSync(out, 'utf8'))).toBeLessThan(61);
  });

  test.each(['a.txt', 'a.md'])('does not end the lines of %s', async (name) => {
    const out = join(temporaryFolder(), name);
    await runCli([...ASK, '--out', out], { stdin: heap(), columns: 50 });
    expect(longest(readFileSync(out, 'utf8'))).toBeGreaterThan(100);
  });

  test.each(['types', 'info'])('of a table: %s', async (command) => {
    expect(longest(await shown([command, '-', '--width', '60']))).toBeLessThanOrEqual(60);
    expect(longest(await shown([command, '-'], 50))).toBeLessThanOrEqual(50);
  });

  test('does not cut names in a table that goes to a file', async () => {
    const out = join(temporaryFolder(), 'a.txt');
    await runCli(['types', '-', '--out', out], { stdin: heap(), columns: 50 });
    expect(readFileSync(out, 'utf8')).toContain(`C${'x'.repeat(200)}`);
  });

  test.each([[[...ASK, '--format', 'txt']], [['types', '-']]])(
    'must be a number, checked before any work: %j',
    async (argv) => {
      for (const width of ['39', '0', '-1', 'wide', '80.5']) {
        const { code, stderr } = await runCli([...argv, `--width=${width}`], {
          stdin: Buffer.from('no heap'),
        });
        expect(code).toBe(2);
        expect(stderr).toContain(`--width "${width}" is not a whole number from 40 up`);
      }
    },
  );

  test('is that of COLUMNS, before the terminal’s', () => {
    expect(terminalColumns({ columns: 120 }, { COLUMNS: '90' })).toBe(90);
    expect(terminalColumns({ columns: 120 }, {})).toBe(120);
    expect(terminalColumns({}, {})).toBeUndefined();
    for (const COLUMNS of ['', '0', '-5', 'wide', '1e3', '999999']) {
      expect(terminalColumns({ columns: 120 }, { COLUMNS })).toBe(120);
    }
  });
});

test('a file name in a sentence is whole', async () => {
  const text = await shown([...ASK, '--format', 'txt', '--width', '1000']);
  const sentences = text.split('\n').filter((line) => line.startsWith('Session @'));
  expect(sentences.join('\n')).toContain('handlers-of-all-connections.js');
  expect(sentences.join('\n')).not.toContain('…');
});
