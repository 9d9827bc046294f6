import { describe, expect, it } from 'vitest';
import { textOfString } from '../../src/engine/string-text.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from '../support/heap-builder.js';

function concatenate(heap: HeapBuilder, first: NodeOrdinal, second: NodeOrdinal): NodeOrdinal {
  const whole = heap.node('concatenated string', '(concatenated string)');
  heap.edge(whole, 'internal', 'first', first).edge(whole, 'internal', 'second', second);
  return whole;
}

describe('the text of a string', () => {
  it('is concatenated from its parts, in order', () => {
    //  "user:" + ("4" + "2")
    const heap = new HeapBuilder();
    const [user, four, two] = ['user:', '4', '2'].map((text) => heap.node('string', text));
    const whole = concatenate(heap, user!, concatenate(heap, four!, two!));
    expect(textOfString(heap.graph(), whole)).toEqual({ text: 'user:42', isWhole: true });
    expect(textOfString(heap.graph(), two!)).toEqual({ text: '2', isWhole: true });
  });

  it('ends where a part is not known', () => {
    //  "id " + a piece of another string
    const heap = new HeapBuilder();
    const piece = heap.node('sliced string', '(sliced string)');
    const whole = concatenate(heap, heap.node('string', 'id '), piece);
    const graph = heap.graph();
    expect(textOfString(graph, whole)).toEqual({ text: 'id ', isWhole: false });
    expect(textOfString(graph, piece)).toBeNull();
    expect(textOfString(graph, graph.root)).toBeNull();
  });

  it('is cut where V8 cuts strings', () => {
    const heap = new HeapBuilder();
    const long = heap.node('string', 'x'.repeat(1024));
    const whole = concatenate(heap, long, heap.node('string', 'y'));
    expect(textOfString(heap.graph(), whole)).toEqual({ text: 'x'.repeat(1024), isWhole: false });
  });

  it('of 100,000 parts is not waited for, nor one that contains itself', () => {
    const heap = new HeapBuilder();
    const letter = heap.node('string', 'x');
    let whole = letter;
    for (let i = 0; i < 100_000; i++) whole = concatenate(heap, whole, letter);
    const cycle = heap.node('concatenated string', '(concatenated string)');
    heap.edge(cycle, 'internal', 'first', cycle);
    const graph = heap.graph();
    expect(textOfString(graph, whole)).toBeNull();
    expect(textOfString(graph, cycle)).toBeNull();
  });
});
