import { describe, expect, it } from 'vitest';
import type { EdgeOrdinal, NodeOrdinal } from '../../src/graph/ordinals.js';
import { fixtureFacts } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';

/**
 * root ──[7]──> Foo ──.a──> "text" ⇢ Foo        Foo ─hidden 3─> Foo, and an orphan at the end
 */
function smallHeap() {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo', { size: 24, id: 101 });
  const text = heap.node('string', 'text', { size: 2 ** 33 });
  const orphan = heap.node('object', 'Orphan');
  heap.edge(heap.root, 'element', 7, foo).edge(foo, 'property', 'a', text);
  heap.edge(foo, 'hidden', 3, foo).edge(text, 'weak', '1', foo);
  heap.location(text, 5, 0, 9);
  return { graph: heap.graph(), root: heap.root, foo, text, orphan };
}

describe('a heap as a graph', () => {
  const { graph, root, foo, text, orphan } = smallHeap();

  it('knows what a node is', () => {
    expect([graph.typeNameOf(foo), graph.nameOf(foo)]).toEqual(['object', 'Foo']);
    expect([root, foo, text, orphan].map((node) => graph.idOf(node))).toEqual([1, 101, 5, 7]);
    expect([foo, text].map((node) => graph.selfSizeOf(node))).toEqual([24, 8_589_934_592]);
  });

  it('without a reference is another graph, and itself unchanged', () => {
    const held = 1 as EdgeOrdinal;
    const other = graph.without([held]);
    expect([other, graph].map((one) => one.isRetaining(held))).toEqual([false, true]);
    expect(other.isRetaining(0 as EdgeOrdinal)).toBe(true);
    expect([...other.retainersOf(text)]).toEqual([held]);
    expect(other.edgeCount).toBe(graph.edgeCount);
  });

  it('knows what an edge is', () => {
    const edges = [0, 1, 2, 3] as EdgeOrdinal[];
    expect(edges.map((edge) => graph.edgeTypeNameOf(edge))).toEqual([
      'element',
      'property',
      'hidden',
      'weak',
    ]);
    expect(edges.map((edge) => graph.edgeNameOf(edge))).toEqual(['7', 'a', '3', '1']);
    expect(edges.map((edge) => graph.isIndexed(edge))).toEqual([true, false, true, false]);
    expect(edges.map((edge) => graph.isRetaining(edge))).toEqual([true, true, false, false]);
    expect(edges.map((edge) => graph.targetOf(edge))).toEqual([foo, text, foo, foo]);
    expect(edges.map((edge) => graph.ownerOf(edge))).toEqual([root, foo, foo, text]);
  });

  it('knows what points to a node, weak edges included', () => {
    const retainers = [root, foo, text, orphan].map((node) => [...graph.retainersOf(node)]);
    expect(retainers).toEqual([[], [0, 2, 3], [1], []]);
  });

  it('finds a node by its id', () => {
    expect([1, 101, 5, 7].map((id) => graph.withId(id))).toEqual([root, foo, text, orphan]);
    expect([0, 2, 3, 99, -1, 2 ** 32 + 1].map((id) => graph.withId(id))).toEqual(
      Array(6).fill(null),
    );
  });

  it('finds the place of a node, counted from 1', () => {
    expect(graph.locationOf(text)).toEqual({ scriptId: 5, line: 1, column: 10 });
    expect([root, foo, orphan].map((node) => graph.locationOf(node))).toEqual([null, null, null]);
  });

  it('knows DOM nodes that are detached from their document', () => {
    const heap = new HeapBuilder();
    const nodes = [0, 1, 2].map((detachedness) => heap.node('native', '<p>', { detachedness }));
    const isDetached = (from: typeof graph) => nodes.map((node) => from.isDetached(node));
    expect(isDetached(heap.graph())).toEqual([false, false, true]);
    const nodeFields = ['type', 'name', 'id', 'self_size', 'edge_count'];
    expect(isDetached(heap.graph({ nodeFields }))).toEqual([false, false, false]);
  });

  it('is recognised as JavaScriptCore’s by its first string and its objects’ structures', () => {
    expect(graph.isJavaScriptCore).toBe(false);
    const heap = new HeapBuilder();
    heap.node('object', 'Structure');
    expect(heap.graph({ whitespace: 'bun' }).isJavaScriptCore).toBe(false);
    heap.node('object shape', 'Structure');
    expect(heap.graph({ whitespace: 'bun' }).isJavaScriptCore).toBe(true);
    expect(heap.graph().isJavaScriptCore).toBe(false);
  });

  it('finds ids of more than 32 bits, and those with the same lower bits', () => {
    const heap = new HeapBuilder();
    const ids = [7, 2 ** 32 + 7, 139_888_630_474_944, 2 ** 53 - 1];
    const nodes = ids.map((id) => heap.node('object', 'Foo', { id }));
    const wide = heap.graph();
    expect(nodes.map((node) => wide.idOf(node))).toEqual(ids);
    expect(ids.map((id) => wide.withId(id))).toEqual(nodes);
    expect(wide.withId(2 ** 33 + 7)).toBeNull();
    expect(wide.withIds([...ids, 2 ** 33 + 7])).toEqual(
      new Map(ids.map((id, i) => [id, nodes[i]])),
    );
    expect([wide.hasLastingIds, graph.hasLastingIds]).toEqual([false, true]);
  });
});

describe.each(['node-12', 'deno-2.9', 'bun-1.4'] as const)('%s', (name) => {
  it('has an owner for each edge, the node whose edges it is among', async () => {
    const { graph } = await fixtureFacts(name);
    let wrong = 0;
    for (let n = 0 as NodeOrdinal; n < graph.nodeCount; n++) {
      for (let e = graph.firstEdge(n); e < graph.endEdge(n); e++) {
        if (graph.ownerOf(e as EdgeOrdinal) !== n) wrong++;
      }
    }
    expect(wrong).toBe(0);
  });
});
