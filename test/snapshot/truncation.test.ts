import { describe, expect, it } from 'vitest';
import { ShowBackrefError } from '../../src/errors.js';
import { readSnapshot } from '../../src/snapshot/read-snapshot.js';
import { NOT_THE_FORMAT } from '../../src/snapshot/value-reader.js';
import { caseStep } from '../support/cases.js';
import { fixtureBytes } from '../support/fixtures.js';
import { HeapBuilder, inChunks } from '../support/heap-builder.js';

const FILE = fixtureBytes('node-12');
const SECTIONS = [
  'snapshot',
  'nodes',
  'edges',
  'trace_function_infos',
  'trace_tree',
  'samples',
  'locations',
  'strings',
];

/** The position at which a section's value begins, by its key. */
function startOf(section: string): number {
  const key = Buffer.from(`"${section}":`);
  return FILE.indexOf(key) + key.length;
}

async function errorOf(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  name = 'cut',
): Promise<ShowBackrefError> {
  const chunks = bytes instanceof Uint8Array ? inChunks(bytes, 65_536) : bytes;
  const error = await readSnapshot(chunks, { name }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ShowBackrefError);
  return error as ShowBackrefError;
}

describe('a file cut short', () => {
  it('an empty one is called empty', async () => {
    const { code, message } = await errorOf(new Uint8Array(0), 'a.heapsnapshot');
    expect(code).toBe('SNAPSHOT_TRUNCATED');
    expect(message).toBe('"a.heapsnapshot" is empty; capture it again');
  });

  it.each(SECTIONS)('names the section %s and the byte', async (section) => {
    const at = startOf(section) + 1;
    const { code, message } = await errorOf(FILE.subarray(0, at));
    expect(code).toBe('SNAPSHOT_TRUNCATED');
    const progress = / \(0 % of \d+ (nodes|edges)\)/.exec(message)?.[0] ?? '';
    expect(message).toBe(
      `"cut" is truncated: it ends in section "${section}" at byte ${at}${progress}; capture it again`,
    );
  });

  it.each(SECTIONS.slice(1))('names the section before the key %s', async (section) => {
    const at = startOf(section) - section.length - 2;
    const before = SECTIONS[SECTIONS.indexOf(section) - 1];
    const { code, message } = await errorOf(FILE.subarray(0, at));
    expect(code).toBe('SNAPSHOT_TRUNCATED');
    expect(message).toBe(
      `"cut" is truncated: it ends after section "${before}" at byte ${at}; capture it again`,
    );
  });

  it.each([
    ['nodes', '50 % of 28901 nodes'],
    ['edges', '50 % of 121471 edges'],
  ])('says how far it got in %s', async (section, progress) => {
    const start = startOf(section);
    const end = FILE.indexOf(']', start);
    const { message } = await errorOf(FILE.subarray(0, Math.round((start + end) / 2)));
    const share = Number(/\((\d+) %/.exec(message)?.[1]);
    expect(message.replace(/\d+ %/, '50 %')).toContain(`(${progress})`);
    expect(share).toBeGreaterThan(40);
    expect(share).toBeLessThan(60);
  });

  it.each(Array.from({ length: 25 }, (_, i) => Math.floor((FILE.length * (i + 0.5)) / 25)))(
    'is reported at byte %i',
    async (at) => {
      const { code, message } = await errorOf(FILE.subarray(0, at));
      expect(code).toBe('SNAPSHOT_TRUNCATED');
      const section = SECTIONS.findLast((name) => startOf(name) <= at);
      expect(message).toContain(`it ends in section "${section}" at byte ${at}`);
    },
  );

  it('is reported if only the last bracket is missing', async () => {
    const end = FILE.lastIndexOf('}');
    const { message } = await errorOf(FILE.subarray(0, end));
    expect(message).toContain(`it ends after section "strings" at byte ${end};`);
  });

  it('at every byte of a small heap', async () => {
    const heap = new HeapBuilder();
    heap.edge(heap.root, 'property', 'é"\\', heap.node('string', '\ud83d\ude00 \n'));
    const bytes = heap.bytes({ nonAscii: 'raw', whitespace: 'records' });
    for (let at = 1; at < bytes.length; at += caseStep(1)) {
      const error = await errorOf(bytes.subarray(0, at));
      expect([at, error.code]).toEqual([at, 'SNAPSHOT_TRUNCATED']);
      expect(error.message).toContain(` at byte ${at}`);
    }
  });
});

describe('a header that announces a heap of gigabytes', () => {
  it('gets no memory for missing data', async () => {
    const heap = new HeapBuilder();
    for (let i = 0; i < 22; i++) heap.edge(heap.root, 'element', i, heap.node('object', 'Foo'));
    const bytes = heap.bytes({ snapshot: { node_count: 26_000_000, edge_count: 100_000_000 } });
    const before = process.memoryUsage();
    let during = before;
    async function* measured(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, -1);
      during = process.memoryUsage();
      yield bytes.subarray(-1);
    }
    const { code, message } = await errorOf(measured());
    expect(code).toBe('SNAPSHOT_INVALID');
    expect(message).toBe(
      `"cut" is not a valid heap snapshot: it announces 26000000 nodes and has 23; ${NOT_THE_FORMAT}`,
    );
    // the columns of such a heap take 1.4 GB; some of it may be reserved, but next to nothing used
    expect(during.arrayBuffers - before.arrayBuffers).toBeLessThan(600e6);
    expect(during.rss - before.rss).toBeLessThan(100e6);
  });

  it('nor for counts no memory could hold', async () => {
    const counts = { node_count: Number.MAX_SAFE_INTEGER, edge_count: Number.MAX_SAFE_INTEGER };
    const { message } = await errorOf(new HeapBuilder().bytes({ snapshot: counts }));
    expect(message).toContain('it announces 9007199254740991 nodes and has 1; copy it');
  });
});
