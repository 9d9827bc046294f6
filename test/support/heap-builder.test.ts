import { describe, expect, it } from 'vitest';
import { edgeFrom, HeapBuilder, nodeNamed } from './heap-builder.js';

/** root ──(shortcut)──> global ──.list──> Array ──[0]──> Foo */
function smallHeap(): HeapBuilder {
  const heap = new HeapBuilder();
  const list = heap.node('object', 'Array');
  const foo = heap.node('object', 'Foo', { size: 24, id: 99 });
  heap.edge(list, 'element', 0, foo).edge(heap.global, 'property', 'list', list);
  return heap;
}

describe('the heap builder', () => {
  it('writes a file that JSON.parse reads, with counts and offsets of the format', () => {
    const file = JSON.parse(smallHeap().text());
    expect(file.snapshot.node_count).toBe(4);
    expect(file.snapshot.edge_count).toBe(3);
    expect(file.strings).toEqual(['<dummy>', '', 'Array', 'Foo', 'global', '1', 'list']);
    expect(file.nodes).toEqual(
      [
        [9, 1, 1, 0, 1, 0],
        [3, 2, 3, 0, 1, 0],
        [3, 3, 99, 24, 0, 0],
        [3, 4, 7, 0, 1, 0],
      ].flat(),
    );
    expect(file.edges).toEqual([5, 5, 18, 1, 0, 12, 2, 6, 6]);
  });

  it.each(['compact', 'records', 'bun', 'loose'] as const)('%s files are JSON', (whitespace) => {
    const text = smallHeap().text({ whitespace });
    expect(JSON.parse(text).nodes).toEqual(JSON.parse(smallHeap().text()).nodes);
  });

  it('gives a graph in which edges and nodes can be found', () => {
    const graph = smallHeap().graph();
    const list = nodeNamed(graph, 'Array', 'object');
    expect(graph.targetOf(edgeFrom(graph, list, 0))).toBe(nodeNamed(graph, 'Foo'));
    expect(graph.idOf(nodeNamed(graph, 'Foo'))).toBe(99);
  });

  it('does not take the placeholder of string 0 for a name', () => {
    const heap = new HeapBuilder();
    heap.node('string', '<dummy>');
    heap.node('string', '<dummy>');
    const file = JSON.parse(heap.text());
    expect(file.strings).toEqual(['<dummy>', '', '<dummy>']);
    expect([file.nodes[7], file.nodes[13]]).toEqual([2, 2]);
  });

  it('places a closure in its script, counted from 1', () => {
    const heap = new HeapBuilder();
    const closure = heap.closure('f', { file: '/app/a.js', line: 3, column: 5 });
    expect(heap.facts().scripts.placeOf(closure)).toEqual({
      file: '/app/a.js',
      line: 3,
      column: 5,
    });
  });
});
