import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findNewestSnapshot } from '../../src/source/file/newest-snapshot.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showbackref-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** `modified` in seconds. */
async function make(name: string, modified: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '');
  await utimes(path, modified, modified);
  return path;
}

test.each([
  'a.heapsnapshot',
  'a.heaptimeline',
  'A.HEAPSNAPSHOT',
  'a.heapsnapshot.gz',
  'a.heaptimeline.zst',
])('finds %s', async (name) => {
  const path = await make(name, 1);
  expect(await findNewestSnapshot(folder)).toBe(path);
});

test.each(['heapsnapshot', 'a.heapsnapshot.txt', 'a.heapprofile', 'a.gz'])(
  'does not take %s',
  async (name) => {
    await make(name, 1);
    expect(await findNewestSnapshot(folder)).toBeNull();
  },
);

test('takes the one modified last', async () => {
  await make('c.heapsnapshot', 10);
  const newest = await make('a.heapsnapshot.gz', 30);
  await make('b.heaptimeline', 20);
  await make('z.txt', 40);
  expect(await findNewestSnapshot(folder)).toBe(newest);
});

test('takes the last name of equally old files', async () => {
  await make('Heap.1.heapsnapshot', 10);
  const last = await make('Heap.3.heapsnapshot', 10);
  await make('Heap.2.heapsnapshot', 10);
  expect(await findNewestSnapshot(folder)).toBe(last);
});

test('takes no folder, and finds nothing in a missing folder', async () => {
  await mkdir(join(folder, 'inner.heapsnapshot'));
  expect(await findNewestSnapshot(folder)).toBeNull();
  expect(await findNewestSnapshot(join(folder, 'missing'))).toBeNull();
});
