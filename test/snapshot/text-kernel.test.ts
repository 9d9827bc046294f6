import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { EdgeColumns } from '../../src/snapshot/edge-columns.js';
import { IntegerReader } from '../../src/snapshot/integer-reader.js';
import { LocationColumns } from '../../src/snapshot/location-columns.js';
import { NodeColumns } from '../../src/snapshot/node-columns.js';
import { parseSnapshotLayout } from '../../src/snapshot/snapshot-layout.js';
import { StringReader } from '../../src/snapshot/string-reader.js';
import { TEXT_BYTES, TextKernel } from '../../src/snapshot/text-kernel.js';
import type { ValueReader } from '../../src/snapshot/value-reader.js';
import { seededRandom } from '../support/random-heap.js';

const RECORDS = 9_000;
const NODE_TYPES = [['hidden', 'array', 'string', 'object', 'code'], 'string', 'number'];
const EDGE_TYPES = [['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak']];

/** A heap of so many nodes and edges, with a node of this many fields. */
function layoutOf(nodeFields = 7, nodeCount = RECORDS) {
  const node_fields = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id'];
  while (node_fields.length < nodeFields) node_fields.push(`more${node_fields.length}`);
  const meta = {
    node_fields: node_fields.slice(0, nodeFields),
    ...{ node_types: NODE_TYPES, edge_types: EDGE_TYPES },
    edge_fields: ['type', 'name_or_index', 'to_node'],
    location_fields: ['object_index', 'script_id', 'line', 'column'],
  };
  const header = { meta, node_count: nodeCount, edge_count: RECORDS };
  return parseSnapshotLayout(JSON.stringify(header));
}

/** The result of a reader for a text, or its error. */
function outcomeOf(
  make: (kernel: TextKernel | null) => [ValueReader, () => unknown],
  text: string,
) {
  const bytes = Buffer.from(text, 'latin1');
  const read = (kernel: TextKernel | null, chunk: Uint8Array) => {
    const [reader, finish] = make(kernel);
    try {
      const end = reader.read(chunk, 0);
      return { end, found: finish() };
    } catch (error) {
      return { error: (error as Error).message };
    }
  };
  const kernel = TextKernel.open() as TextKernel;
  const [area] = kernel.areas;
  expect(bytes.length).toBeLessThan(TEXT_BYTES);
  area.set(bytes);
  return {
    careful: read(null, bytes),
    copied: read(kernel, bytes),
    inPlace: read(kernel, area.subarray(0, bytes.length)),
  };
}

function expectSame(
  make: (kernel: TextKernel | null) => [ValueReader, () => unknown],
  text: string,
) {
  const { careful, copied, inPlace } = outcomeOf(make, text);
  // for columns of thousands of numbers, `toEqual` is only used to show what differs
  if (!isDeepStrictEqual(copied, careful)) expect(copied).toEqual(careful);
  if (!isDeepStrictEqual(inPlace, careful)) expect(inPlace).toEqual(careful);
  return careful;
}

const edges =
  (layout = layoutOf()) =>
  (kernel: TextKernel | null): [ValueReader, () => unknown] => {
    const columns = new EdgeColumns(layout, null, kernel);
    const { count, highestName } = columns;
    return [new IntegerReader(3, columns), () => ({ ...columns.finish(), count, highestName })];
  };

const nodes =
  (layout = layoutOf()) =>
  (kernel: TextKernel | null): [ValueReader, () => unknown] => {
    const columns = new NodeColumns(layout, null, kernel);
    return [
      new IntegerReader(layout.node.stride, columns),
      () => ({ ...columns.finish(), edges: columns.edges, highestName: columns.highestName }),
    ];
  };

const locations =
  (layout = layoutOf()) =>
  (kernel: TextKernel | null): [ValueReader, () => unknown] => {
    const columns = new LocationColumns(layout, kernel);
    return [
      new IntegerReader(4, columns),
      () => {
        const table = columns.finish();
        table.sort();
        return { table, firstStray: columns.firstStray };
      },
    ];
  };

const strings = (kernel: TextKernel | null): [ValueReader, () => unknown] => {
  const reader = new StringReader(0, kernel);
  return [
    reader,
    () => {
      const table = reader.finish();
      const texts = Array.from({ length: table.count }, (_, i) => table.get(i));
      return { texts, found: table.find('text 7'), escaped: table.find('"7"') };
    },
  ];
};

/** Numbers of all lengths up to `digits`. */
function numbersOf(seed: number, digits: number) {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return { below, number: () => below(10 ** (1 + below(digits))) };
}

const list = (records: readonly (readonly (number | string)[])[], separator = '\n,') =>
  `[${records.map((record) => record.join(',')).join(separator)}]`;

describe('the loops in WebAssembly read as the careful loop does', () => {
  it.each(['\n,', ',', ',\n'])('edges with %j between them', (separator) => {
    const { below, number } = numbersOf(1, 6);
    const records = Array.from({ length: RECORDS }, () => [below(7), number(), 7 * below(RECORDS)]);
    const { found } = expectSame(edges(), list(records, separator)) as { found: never };
    expect(Array.from((found as { edgeNames: Uint32Array }).edgeNames)).toEqual(
      records.map(([, name]) => name),
    );
  });

  it('edges with an index or an offset of up to eleven digits', () => {
    const layout = layoutOf(7, 2 ** 32 - 1);
    const { below, number } = numbersOf(2, 10);
    const records = Array.from({ length: RECORDS }, () => [
      ...[1, number() % 2 ** 32, 7 * below(10 ** (1 + below(9)))],
    ]);
    expectSame(edges(layout), list(records));
  });

  it.each([
    ['a letter', '2,x,7'],
    ['a byte after the digits', '2,1:,7'],
    ['a number more', '2,1,7,7'],
    ['a number less', '2,1'],
    ['two digits of a type', '17,1,7'],
    ['a negative index', '1,-2,7'],
    ['an index of 33 bits', '1,4294967296,7'],
    ['a reference between two nodes', '2,1,8'],
    ['a reference after the last node', `2,1,${7 * RECORDS}`],
    ['a space', '2, 1,7'],
    ['nothing', '2,,7'],
    ['a leading zero', '2,01,7'],
    ['a very long number', '2,1,0000000000000000000007'],
  ])('edges with %s', (_, odd) => {
    for (const at of [0, 1, 5000, RECORDS - 1]) {
      const records: (string | number)[][] = Array.from({ length: RECORDS }, (_, i) => [
        2,
        i,
        7 * i,
      ]);
      records[at] = [odd];
      expectSame(edges(), list(records));
    }
  });

  it.each([5, 6, 7, 8, 11])('nodes of %i fields', (fields) => {
    const layout = layoutOf(fields);
    const { below, number } = numbersOf(fields, 9);
    const records = Array.from({ length: RECORDS }, (_, i) => [
      ...[below(20), number(), 2 * i + 1, number(), below(30)],
      ...Array.from({ length: fields - 5 }, () => below(300)),
    ]);
    expectSame(nodes(layout), list(records));
  });

  it.each([
    ['an id of 33 bits', '3,1,4294967296,8,0,0,0'],
    ['a negative number', '3,1,5,-8,0,0,0'],
    ['a letter', '3,1,5,8,0,0,z'],
    ['a field less', '3,1,5,8,0,0'],
    ['a size of five gigabytes', '3,1,5,5000000000,0,0,0'],
  ])('nodes with %s', (_, odd) => {
    const records: (string | number)[][] = Array.from({ length: RECORDS }, (_, i) => [
      ...[3, i, 2 * i + 1, 24, 1, 0, 0],
    ]);
    records[777] = [odd];
    expectSame(nodes(), list(records));
  });

  it('locations, including unknown ones', () => {
    const { below, number } = numbersOf(3, 5);
    const records = Array.from({ length: RECORDS }, () => [
      ...[7 * below(RECORDS), number(), below(9) === 0 ? -1 : number(), number()],
    ]);
    expectSame(locations(), list(records));
    records[4000] = [3, 1, 1, 1];
    expectSame(locations(), list(records));
  });

  it.each(['\n', '', ' '])('strings with a comma and %j between them', (space) => {
    const { below } = numbersOf(4, 3);
    const texts = Array.from({ length: RECORDS }, (_, i) => {
      const text = ['', `text ${i % 9}`, '\\', '"7"', '\\"', 'x'.repeat(below(90))][below(6)];
      return JSON.stringify(text);
    });
    const { found } = expectSame(strings, `[${texts.join(`,${space}`)}]`) as { found: never };
    expect(found).toBeDefined();
    expect((found as { texts: string[] }).texts).toEqual(texts.map((text) => JSON.parse(text)));
  });

  it('strings of which one is longer than a piece', () => {
    const texts = Array.from({ length: 50 }, (_, i) => 'y'.repeat(i === 20 ? 300_000 : i));
    expectSame(strings, JSON.stringify(texts));
  });
});

describe('the records that the loops take', () => {
  const shape = { separator: { word: 0x2c0a, bytes: 2 as const }, stride: 7, nodeCount: 2 ** 31 };
  const window = ' '.repeat(64);

  it.each([
    ['short numbers', '2,1,7'],
    ['an index of ten digits', '1,4294967294,7'],
    ['an offset of eleven digits', `1,3,${7 * (2 ** 31 - 1)}`],
  ])('edges with %s', (_, record) => {
    const kernel = TextKernel.open() as TextKernel;
    const text = Buffer.from(`${record}\n,`.repeat(100) + window);
    const last = text.length - window.length;
    expect(kernel.readEdges(text, 0, last, shape)).toBe(last);
    expect(kernel.count).toBe(100);
    const [, name, offset] = record.split(',').map(Number);
    expect(kernel.edges.names[99]).toBe(name);
    expect(kernel.edges.targets[99]).toBe((offset as number) / 7);
  });

  it('well-formed rows', () => {
    const kernel = TextKernel.open() as TextKernel;
    const text = Buffer.from(`${'4294967295,8,9\n,'.repeat(20)}x,8,9${window}`);
    const end = kernel.readRows(text, 0, text.length - 64, { fields: 3, ...shape });
    expect([end, kernel.count]).toEqual([20 * '4294967295,8,9\n,'.length, 20]);
    expect(kernel.rows.numbers(0)[19]).toBe(4294967295);
    expect(kernel.rows.addUp(1, 5)).toBe(165);
  });

  it('strings, up to the one that is cut', () => {
    const kernel = TextKernel.open() as TextKernel;
    const text = Buffer.from(`"a",\n"\\"b",\n"ccc"${window}`);
    expect(kernel.findStrings(text, 0, text.length - 16, 1000)).toBe(text.indexOf(window));
    expect([...kernel.starts]).toEqual([1001, 1006, 1013]);
    expect(kernel.findStrings(text, 0, text.indexOf('c'), 0)).toBe(10);
  });
});
