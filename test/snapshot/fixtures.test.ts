import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../src/snapshot/read-snapshot.js';
import type { SnapshotTables } from '../../src/snapshot/snapshot-tables.js';
import { FIXTURE_NAMES, fixtureBytes, fixtureTables } from '../support/fixtures.js';
import { inChunks } from '../support/heap-builder.js';

/** A fixture as JSON.parse gives it. */
interface RawSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[]];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly [readonly string[]];
      readonly location_fields: readonly string[];
    };
    readonly node_count: number;
    readonly edge_count: number;
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly locations: readonly number[];
  readonly strings: readonly string[];
}

/** Every stride-th number from `offset`: one field of all records. */
function field(values: readonly number[], fields: readonly string[], name: string): number[] {
  const offset = fields.indexOf(name);
  const length = values.length / fields.length;
  return Array.from({ length }, (_, i) => values[i * fields.length + offset] ?? Number.NaN);
}

/**
 * The position of the first difference, -1 for none: a diff of 300,000 numbers would be unreadable.
 */
function firstDifference<T>(a: ArrayLike<T>, b: ArrayLike<T>): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return i;
  return -1;
}

describe.each(FIXTURE_NAMES)('%s agrees with JSON.parse on', async (name) => {
  const raw = JSON.parse(fixtureBytes(name).toString('utf8')) as RawSnapshot;
  const tables = await fixtureTables(name);
  const { meta } = raw.snapshot;
  const node = (which: string) => field(raw.nodes, meta.node_fields, which);
  const edge = (which: string) => field(raw.edges, meta.edge_fields, which);

  it('the counts of the header', () => {
    expect(tables.nodeCount).toBe(raw.snapshot.node_count);
    expect(tables.edgeCount).toBe(raw.snapshot.edge_count);
    expect(tables.nodeCount).toBe(raw.nodes.length / meta.node_fields.length);
    expect(tables.edgeCount).toBe(raw.edges.length / meta.edge_fields.length);
    expect(tables.strings.count).toBe(raw.strings.length);
  });

  it('every node', () => {
    const types = Array.from(tables.nodeTypes, (type) => tables.nodeTypeNames[type]);
    const rawTypes = node('type').map((type) => meta.node_types[0][type]);
    expect(firstDifference(types, rawTypes)).toBe(-1);
    expect(firstDifference(tables.nodeNames, node('name'))).toBe(-1);
    expect(firstDifference(tables.nodeIds, node('id'))).toBe(-1);
    const sizes = Array.from(tables.selfSizes, (size, n) => tables.largeSelfSizes.get(n) ?? size);
    expect(firstDifference(sizes, node('self_size'))).toBe(-1);
    const edgeCounts = Array.from(node('edge_count').keys(), (n) => edgesOf(tables, n));
    expect(firstDifference(edgeCounts, node('edge_count'))).toBe(-1);
    if (!meta.node_fields.includes('detachedness')) expect(tables.detachedness).toBeNull();
    else expect(firstDifference(tables.detachedness ?? [], node('detachedness'))).toBe(-1);
  });

  it('every edge', () => {
    const types = Array.from(tables.edgeTypes, (type) => tables.edgeTypeNames[type]);
    const rawTypes = edge('type').map((type) => meta.edge_types[0][type]);
    expect(firstDifference(types, rawTypes)).toBe(-1);
    // V8 from 13.6 prints element indexes from 2^31 as negative numbers
    const names = edge('name_or_index').map((index) => (index < 0 ? index + 2 ** 32 : index));
    expect(firstDifference(tables.edgeNames, names)).toBe(-1);
    const targets = edge('to_node').map((offset) => offset / meta.node_fields.length);
    expect(firstDifference(tables.edgeTargets, targets)).toBe(-1);
  });

  it('every string', () => {
    const strings = Array.from(raw.strings.keys(), (i) => tables.strings.get(i));
    expect(firstDifference(strings, raw.strings)).toBe(-1);
  });

  it('every location, in order of nodes', () => {
    if (meta.location_fields === undefined || raw.locations.length === 0) {
      expect(tables.locations.nodes).toHaveLength(0);
      return;
    }
    tables.locations.sort();
    const of = (which: string) => field(raw.locations, meta.location_fields, which);
    const nodes = of('object_index').map((offset) => offset / meta.node_fields.length);
    const order = [...nodes.keys()].sort((a, b) => (nodes[a] ?? 0) - (nodes[b] ?? 0));
    const sorted = (values: readonly number[]) => order.map((row) => values[row] ?? -1);
    expect(firstDifference(tables.locations.nodes, sorted(nodes))).toBe(-1);
    expect(firstDifference(tables.locations.scriptIds, sorted(of('script_id')))).toBe(-1);
    expect(firstDifference(tables.locations.lines, sorted(of('line')))).toBe(-1);
    expect(firstDifference(tables.locations.columns, sorted(of('column')))).toBe(-1);
  });
});

function edgesOf(tables: SnapshotTables, node: number): number {
  return (tables.firstEdge[node + 1] ?? 0) - (tables.firstEdge[node] ?? 0);
}

describe('a real file in pieces', () => {
  it('gives the same columns in chunks of 997 bytes as in one', async () => {
    const whole = await fixtureTables('node-12');
    const pieces = await readSnapshot(inChunks(fixtureBytes('node-12'), 997), { name: 'x' });
    const { strings: _whole, locations: wholePlaces, ...wholeColumns } = whole;
    const { strings, locations, ...columns } = pieces;
    for (const [key, column] of Object.entries(wholeColumns)) {
      if (!ArrayBuffer.isView(column)) continue;
      const other = columns[key as keyof typeof columns] as unknown as ArrayLike<number>;
      expect([key, firstDifference(other, column as Uint32Array)]).toEqual([key, -1]);
    }
    wholePlaces.sort();
    locations.sort();
    expect(locations).toEqual(wholePlaces);
    const all = (from: SnapshotTables) =>
      Array.from({ length: strings.count }, (_, i) => from.strings.get(i));
    expect(firstDifference(all(pieces), all(whole))).toBe(-1);
  });
});
