import { closeSync, openSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ShowBackrefError } from '../../src/errors.js';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import type { EdgeOrdinal } from '../../src/graph/ordinals.js';
import { openHeap } from '../../src/program/open-heap.js';
import { capacityFor, grownCapacity } from '../../src/snapshot/columns.js';
import { type EdgeArrays, EdgeColumns } from '../../src/snapshot/edge-columns.js';
import { EdgesFromEnd } from '../../src/snapshot/edges-from-end.js';
import { IntegerReader } from '../../src/snapshot/integer-reader.js';
import { parseSnapshotLayout } from '../../src/snapshot/snapshot-layout.js';
import { TextKernel } from '../../src/snapshot/text-kernel.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const BEYOND_31_BITS = 2 ** 31 + 3;

/** A heap of two nodes and an edge, with a header that announces other counts. */
function announcing(nodes: number, edges: number): string {
  const heap = new HeapBuilder();
  return heap
    .edge(heap.root, 'property', 'a', heap.node('object', 'A'))
    .text()
    .replace(/"node_count":\d+/, `"node_count":${nodes}`)
    .replace(/"edge_count":\d+/, `"edge_count":${edges}`);
}

function layoutOf(text: string) {
  const header = text.slice('{"snapshot":'.length, text.indexOf('"nodes"'));
  return parseSnapshotLayout(header.slice(0, header.lastIndexOf('}') + 1));
}

/** Columns of that length which contain only what is put into them. */
function sparse(length: number): EdgeArrays {
  const column = () =>
    Object.create(
      {
        set(this: number[], values: ArrayLike<number>, at: number) {
          for (let i = 0; i < values.length; i++) this[at + i] = values[i];
        },
      },
      { length: { value: length } },
    ) as Uint8Array & Uint32Array;
  return { types: column(), names: column(), targets: column() };
}

function entriesOf(column: ArrayLike<number>) {
  return Object.entries(column);
}

describe('more than 2^31 edges', () => {
  it.each([
    ['with loops in WebAssembly', TextKernel.open()],
    ['without', null],
  ])('are numbered on by the reader from the front: %s', (_, kernel) => {
    const layout = layoutOf(announcing(3, BEYOND_31_BITS));
    const arrays = sparse(BEYOND_31_BITS);
    const columns = new EdgeColumns(layout, null, kernel, arrays);
    const records = 20;
    columns.adopt({ count: BEYOND_31_BITS - records, highestName: 0 });
    const { stride } = layout.node;
    const ways = Array.from({ length: records }, (_, i) => i % 3);
    const text = ways.map((target) => `2,5,${stride * target}`).join('\n,');
    new IntegerReader(3, columns).read(Buffer.from(`[${text}]`), 0);
    expect(columns.count).toBe(BEYOND_31_BITS);
    expect([columns.firstBad, columns.firstStray, columns.firstHuge]).toEqual([-1, -1, -1]);
    const first = BEYOND_31_BITS - records;
    expect(entriesOf(arrays.targets)).toEqual(ways.map((target, i) => [`${first + i}`, target]));
  });

  it('are numbered back by the reader from the end', () => {
    const layout = layoutOf(announcing(3, BEYOND_31_BITS));
    const arrays = sparse(BEYOND_31_BITS);
    const edges = new EdgesFromEnd(layout, arrays, TextKernel.open() as TextKernel);
    const { stride } = layout.node;
    const record = `\n,2,5,${stride}`;
    const text = `${' '.repeat(80)}[2,5,${stride}${record.repeat(9)}`;
    edges.read(Buffer.from(text));
    expect(edges.count).toBe(9);
    const ordinals = entriesOf(arrays.names).map(([ordinal]) => Number(ordinal));
    const expected = ordinals.map((_, i) => BEYOND_31_BITS - ordinals.length + i);
    expect(ordinals.sort((a, b) => a - b)).toEqual(expected);
  });

  it('have the right owners', () => {
    const firstEdge = Uint32Array.of(0, 2 ** 31, BEYOND_31_BITS, 2 ** 32 - 1);
    const tables = { nodeCount: 3, edgeCount: 2 ** 32 - 1, rootOrdinal: 0, firstEdge };
    const graph = new HeapGraph(tables as never, { rules: {} as never });
    const owners = [2 ** 31 - 1, 2 ** 31, BEYOND_31_BITS - 1, BEYOND_31_BITS, 2 ** 32 - 2];
    expect(owners.map((edge) => graph.ownerOf(edge as EdgeOrdinal))).toEqual([0, 1, 1, 2, 2]);
  });
});

describe('more records than can be numbered', () => {
  it('get no room', () => {
    expect(capacityFor(2 ** 40, 2 ** 50, 6)).toBe(2 ** 32 - 1);
    expect(grownCapacity(2 ** 31, 2 ** 31 + 1, 2 ** 40)).toBe(1.5 * 2 ** 31);
    expect(grownCapacity(2 ** 32 - 9, 2 ** 32 - 1, 2 ** 40)).toBe(2 ** 32 - 1);
    expect(() => grownCapacity(2 ** 32 - 1, 2 ** 32, 2 ** 40)).toThrow('more than 4294967295');
  });

  // most of the file is a hole: it takes no room on the disk, but more memory than there is
  it.each([
    ['nodes', 2 ** 36, 1],
    ['edges', 2, 2 ** 36],
  ])('are refused in one sentence: %s', async (_, nodes, edges) => {
    const path = join(temporaryFolder(), 'huge.heapsnapshot');
    const file = openSync(path, 'w');
    writeSync(file, announcing(nodes, edges));
    closeSync(file);
    truncateSync(path, 2 ** 42);
    const error = await openHeap(path).then(
      () => null,
      (reason: ShowBackrefError) => reason,
    );
    expect(['OUT_OF_MEMORY', 'SNAPSHOT_INVALID']).toContain(error?.code);
    expect(error?.message).toMatch(/^".*huge\.heapsnapshot" (has more|is not a valid).*; [a-z ]+$/);
  });
});
