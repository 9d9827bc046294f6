import { expect, it } from 'vitest';
import { HeapIndexer } from '../../src/answer/index-heap.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import type { SnapshotTables } from '../../src/snapshot/snapshot-tables.js';
import { SecondThread } from '../../src/util/second-thread.js';
import { fixtureFacts } from '../support/fixtures.js';

/** As the columns of a large plain file are. */
function shared<T extends Uint8Array | Uint32Array>(column: T): T {
  const memory = new SharedArrayBuffer(column.byteLength);
  const copy = new (column.constructor as new (memory: SharedArrayBuffer) => T)(memory);
  copy.set(column);
  return copy;
}

function sharedTables(tables: SnapshotTables): SnapshotTables {
  return {
    ...tables,
    firstEdge: shared(tables.firstEdge),
    edgeTypes: shared(tables.edgeTypes),
    edgeNames: shared(tables.edgeNames),
    edgeTargets: shared(tables.edgeTargets),
  };
}

function nodesOf({ nodeCount }: HeapGraph): readonly NodeOrdinal[] {
  return Array.from({ length: nodeCount }, (_, node) => node as NodeOrdinal);
}

async function indexed(tables: SnapshotTables, thread: SecondThread | null, retained = false) {
  const indexer = new HeapIndexer();
  if (thread !== null) indexer.turnAround(tables, thread);
  const facts = await indexer.finish(tables, { retained });
  thread?.retire();
  return facts;
}

it.each(['node-24', 'chromium-156'] as const)(
  'two threads find what one finds: %s',
  async (name) => {
    const alone = await fixtureFacts(name);
    const both = await indexed(sharedTables(alone.graph.tables), SecondThread.openFor(0, 0));
    const distances = nodesOf(both.graph).map((node) => both.distances.of(node));
    expect(distances).toEqual(nodesOf(alone.graph).map((node) => alone.distances.of(node)));
    const differs = nodesOf(both.graph).filter((node) => {
      const [ours, theirs] = [both.graph.retainersOf(node), alone.graph.retainersOf(node)];
      return ours.length !== theirs.length || ours.some((edge, i) => edge !== theirs[i]);
    });
    expect(differs).toEqual([]);
    expect(Buffer.compare(both.graph.edgeClasses, alone.graph.edgeClasses)).toBe(0);
  },
);

it.each(['node-24', 'chromium-156'] as const)(
  'the second finds the dominators that one finds: %s',
  async (name) => {
    const alone = await fixtureFacts(name);
    const tables = sharedTables(alone.graph.tables);
    const both = await indexed(tables, SecondThread.openFor(0, 0), true);
    const differs = nodesOf(both.graph).filter((node) => {
      const isSame = both.dominators.of(node) === alone.dominators.of(node);
      return !isSame || both.retainedSizes.of(node) !== alone.retainedSizes.of(node);
    });
    expect(differs).toEqual([]);
    const distances = nodesOf(both.graph).map((node) => both.distances.of(node));
    expect(distances).toEqual(nodesOf(alone.graph).map((node) => alone.distances.of(node)));
  },
);

it('one thread does it all when the second one has gone', async () => {
  const { graph, distances } = await fixtureFacts('node-24');
  const thread = SecondThread.openFor(0, 0) as SecondThread;
  await thread.close();
  const facts = await indexed(sharedTables(graph.tables), thread, true);
  expect(facts.dominators.of(graph.root)).toBe(graph.root);
  expect(facts.distances.of(graph.root)).toBe(distances.of(graph.root));
  expect(facts.graph.retainersOf(graph.root)).toEqual(graph.retainersOf(graph.root));
});

it('no second thread is started for a small file', () => {
  expect(SecondThread.openFor(1 << 20)).toBeNull();
});
