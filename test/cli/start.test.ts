import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesOfHeap } from '../../src/entry/start.js';
import { temporaryFolder } from '../support/temporary-folder.js';

test.each([
  ['a heap', ['a.heapsnapshot', '--target', 'x'], 5],
  ['after a command and an option', ['types', '--limit', '3', 'b.heaptimeline'], 7],
  ['the first of two', ['growth', 'a.heapsnapshot', 'b.heaptimeline'], 5],
  ['the first that is there', ['growth', 'none.heapsnapshot', 'b.heaptimeline'], 7],
  ['a path through a file', ['a.heapsnapshot/x.heapsnapshot'], 0],
  ['a script', ['c.js', '--target', 'x'], 0],
  ['an argument of the script', ['c.js', '--', 'a.heapsnapshot'], 0],
  ['the help', ['a.heapsnapshot', '--help'], 0],
  ['nothing', [], 0],
])('%s', (_, argv, bytes) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.heapsnapshot'), '12345');
  writeFileSync(join(folder, 'b.heaptimeline'), '1234567');
  writeFileSync(join(folder, 'c.js'), '123456789');
  const isFile = (word: string) => /\.(heap|js)/.test(word);
  expect(bytesOfHeap(argv.map((word) => (isFile(word) ? join(folder, word) : word)))).toBe(bytes);
});

test('a folder with the name of a heap needs no thread', () => {
  const folder = join(temporaryFolder(), 'a.heapsnapshot');
  mkdirSync(folder);
  expect(bytesOfHeap([folder])).toBeLessThan(1 << 20);
});
