import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RandomAccess, readSnapshotFile } from '../../src/snapshot/read-snapshot.js';
import type { SnapshotTables } from '../../src/snapshot/snapshot-tables.js';
import { openFile } from '../../src/source/file/file-source.js';
import { SecondThread } from '../../src/util/second-thread.js';
import { largeHeapText } from '../support/large-heap-text.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Several blocks for each of the two threads. */
const NODES = 100_000;

interface Reading {
  readonly tables: SnapshotTables;
  /** Bytes the first thread did not read. */
  readonly skipped: number;
}

async function read(text: string, leastBytesForTwo: number): Promise<Reading> {
  const path = join(temporaryFolder(), 'large.heapsnapshot');
  writeFileSync(path, text);
  const source = await openFile(path);
  const file = source.file as RandomAccess;
  const wasRead = new Uint8Array(file.size);
  const counting: RandomAccess = {
    fd: file.fd,
    size: file.size,
    read: async (into, position) => {
      const bytes = await file.read(into, position);
      wasRead.fill(1, position, position + bytes);
      return bytes;
    },
  };
  try {
    const second = SecondThread.openFor(file.size, leastBytesForTwo);
    const tables = await readSnapshotFile(counting, { name: 'large', second });
    second?.retire();
    return { tables, skipped: wasRead.filter((byte) => byte === 0).length };
  } finally {
    await source.close();
  }
}

function failure(text: string, leastBytesForTwo: number): Promise<Error> {
  return read(text, leastBytesForTwo).then(
    () => new Error('was read'),
    (error: Error) => error,
  );
}

/** The content of the tables; long columns as digests, because comparing them takes seconds. */
function plain({ strings, locations, ...columns }: SnapshotTables) {
  const short = Object.entries(columns).map(([name, column]) => [
    name,
    ArrayBuffer.isView(column) ? createHash('sha1').update(column).digest('hex') : column,
  ]);
  const texts = Array.from({ length: strings.count }, (_, i) => strings.get(i));
  return { ...Object.fromEntries(short), locations, strings: texts };
}

describe('a large file read by two threads', () => {
  it.each([
    ['one line per section', {}],
    ['a line break before the comma', { separator: '\n,' as const }],
    ['a line break after the comma', { separator: ',\n' as const }],
    [
      'large and negative element indexes',
      { edges: { 9: '1,4294967294,7', 399990: '1,-2,7', 450000: '1,4294967293,14' } },
    ],
  ])('gives the same tables as one: %s', async (_, style) => {
    const text = largeHeapText(NODES, style);
    const alone = await read(text, Number.POSITIVE_INFINITY);
    const both = await read(text, 0);
    expect(alone.skipped).toBe(0);
    expect(plain(both.tables)).toEqual(plain(alone.tables));
    expect(both.tables.edgeNames.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('the second thread reads a part of it', async () => {
    // the first thread may be so quick that the second one, still starting, finds nothing left
    const skipped: number[] = [];
    for (let attempt = 0; attempt < 10 && !skipped.some((bytes) => bytes > 0); attempt++) {
      skipped.push((await read(largeHeapText(4 * NODES, { separator: '\n,' }), 0)).skipped);
    }
    expect(Math.max(...skipped)).toBeGreaterThan(1 << 19);
  });

  it('continues alone if the file is arranged in another way', async () => {
    const text = largeHeapText(NODES, { nextKey: 'something_else' });
    const { tables, skipped } = await read(text, 0);
    expect(skipped).toBe(0);
    expect(tables.edgeCount).toBe(5 * NODES);
  });

  it('is not misled by strings that look like the end of the edges', async () => {
    const strings = ['x', 'y', 'z', '],"trace_function_infos":[', `${'7,'.repeat(5000)}],`];
    const text = largeHeapText(NODES, { strings });
    expect(plain((await read(text, 0)).tables)).toEqual(
      plain((await read(text, Number.POSITIVE_INFINITY)).tables),
    );
  });

  it.each([
    ['a letter', '2,x,7'],
    ['a number more', '2,1,7,7'],
    ['a number less', '2,1'],
    ['a reference into the middle of a node', '2,1,8'],
    ['a reference after the last node', `2,1,${7 * NODES}`],
    ['a negative name', '2,-1,7'],
    ['a name beyond the strings', '2,999,7'],
    ['a comma too many', '2,1,7,'],
    ['no number', '2,,7'],
    ['an index of 33 bits', '1,4294967299,7'],
    ['a byte that is not a digit', '\u00e2,1,7'],
  ])('names the same damage as one thread does: %s', async (_, edge) => {
    for (const at of [10, 5 * NODES - 10]) {
      const text = largeHeapText(NODES, { edges: { [at]: edge } });
      const alone = await failure(text, Number.POSITIVE_INFINITY);
      expect(alone.message).toContain('"large" is not a valid heap snapshot');
      expect((await failure(text, 0)).message).toBe(alone.message);
    }
  });

  it('names the place where a cut file ends', async () => {
    const text = largeHeapText(NODES).slice(0, -3_000_000);
    const alone = await failure(text, Number.POSITIVE_INFINITY);
    expect(alone.message).toContain('is truncated');
    expect((await failure(text, 0)).message).toBe(alone.message);
  });
});
