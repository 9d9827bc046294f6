import { ShowBackrefError } from '../../src/errors.js';
import { checkTables } from '../../src/snapshot/check-tables.js';
import { EdgesFromEnd } from '../../src/snapshot/edges-from-end.js';
import { findEdgesEnd } from '../../src/snapshot/find-edges-end.js';
import { readSnapshot } from '../../src/snapshot/read-snapshot.js';
import { SectionReader } from '../../src/snapshot/section-reader.js';
import type { SnapshotTables } from '../../src/snapshot/snapshot-tables.js';
import { TextKernel } from '../../src/snapshot/text-kernel.js';
import { FormatError } from '../../src/snapshot/value-reader.js';
import { inChunks } from '../support/heap-builder.js';
import type { PlainHeap } from '../support/plain-reader.js';

const KERNEL = TextKernel.open() as TextKernel;

/** Tables, or the one sentence that refuses them. */
export type Reading = { readonly tables: SnapshotTables } | { readonly refusal: string };

export async function readInChunks(bytes: Uint8Array, size: number): Promise<Reading> {
  try {
    return { tables: await readSnapshot(inChunks(bytes, size), { name: 'case' }) };
  } catch (error) {
    return { refusal: refusalOf(error) };
  }
}

/** The sentence of a refusal. @throws any other error than one that a user can act on. */
export function refusalOf(error: unknown): string {
  if (!(error instanceof ShowBackrefError)) throw error;
  const isOneLine =
    /^"case" .{8,600}; [a-z].+$/s.test(error.message) && !error.message.includes('\n');
  const isRightCode = error.code === 'SNAPSHOT_INVALID' || error.code === 'SNAPSHOT_TRUNCATED';
  if (!isOneLine || !isRightCode) throw new Error(`${error.code}: "${error.message}"`);
  return error.message;
}

/**
 * Does what the two threads of a large file do, one after the other and with blocks of a few bytes:
 * reads edges from the end down to `share` of them, the rest from the front.
 *
 * @returns null if the second reader could not help, or took back its part.
 */
export function readFromBothEnds(
  bytes: Uint8Array,
  share: number,
  block: number,
): SnapshotTables | null {
  const reader = new SectionReader(bytes.length, KERNEL);
  const edgesAt = Buffer.from(bytes).indexOf('"edges"');
  const end = findEdgesEnd((at, length) => bytes.subarray(at, at + length), bytes.length);
  if (edgesAt < 0 || end === null || end <= edgesAt) return null;
  try {
    reader.read(bytes.subarray(0, edgesAt), 0);
    const { layout } = reader;
    if (layout === null || layout.edge.stride !== 3 || layout.edgeCount * 6 > bytes.length)
      return null;
    if (layout.edge.type !== 0 || layout.edge.nameOrIndex !== 1) return null;
    const count = layout.edgeCount;
    const arrays = {
      types: new Uint8Array(count),
      names: new Uint32Array(count),
      targets: new Uint32Array(count),
    };
    if (!reader.shareEdges(arrays)) return null;
    const edges = new EdgesFromEnd(layout, arrays, KERNEL);
    let start = end;
    const stop = edgesAt + Math.floor((end - edgesAt) * share);
    for (let low = end; low > stop && edges.count < count; ) {
      low = Math.max(0, low - block);
      const at = edges.read(bytes.subarray(low, start));
      if (at === null) return null;
      start = low + at;
    }
    if (start < edgesAt) return null;
    reader.read(bytes.subarray(edgesAt, start), edgesAt);
    if (!reader.adoptEdges({ count: edges.count, highestName: edges.highestName })) return null;
    reader.read(bytes.subarray(end), end);
    return reader.finished ? checkTables(reader) : null;
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

/** The tables in the form of the slow reader. */
export function toPlain(tables: SnapshotTables): PlainHeap {
  const { strings, locations } = tables;
  locations.sort();
  const typeName = (names: readonly string[], type: number) =>
    (names[type] ?? 'unknown').replace(/^unknown\(.*/, 'unknown');
  return {
    root: tables.rootOrdinal,
    nodes: Array.from({ length: tables.nodeCount }, (_, n) => ({
      type: typeName(tables.nodeTypeNames, tables.nodeTypes[n] ?? 0),
      name: strings.get(tables.nodeNames[n] ?? 0),
      id: (tables.nodeIds[n] ?? 0) + (tables.nodeIdsAbove?.[n] ?? 0) * 2 ** 32,
      size: tables.largeSelfSizes.get(n) ?? tables.selfSizes[n] ?? 0,
      detachedness: tables.detachedness?.[n] ?? 0,
      edges: edgesOf(tables, tables.firstEdge[n] ?? 0, tables.firstEdge[n + 1] ?? 0, typeName),
    })),
    locations: Array.from(locations.nodes, (node, row) => [
      ...[
        node,
        locations.scriptIds[row] ?? 0,
        locations.lines[row] ?? 0,
        locations.columns[row] ?? 0,
      ],
    ]),
    strings: Array.from({ length: strings.count }, (_, i) => strings.get(i)),
  };
}

function edgesOf(
  { edgeTypes, edgeNames, edgeTargets, edgeTypeNames, strings }: SnapshotTables,
  first: number,
  end: number,
  typeName: (names: readonly string[], type: number) => string,
) {
  return Array.from({ length: end - first }, (_, i) => {
    const type = typeName(edgeTypeNames, edgeTypes[first + i] ?? 0);
    const name = edgeNames[first + i] ?? 0;
    const isIndexed = type === 'element' || type === 'hidden';
    return { type, name: isIndexed ? name : strings.get(name), to: edgeTargets[first + i] ?? 0 };
  });
}
