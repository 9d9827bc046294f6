import { describe, expect, it } from 'vitest';
import { ObjectShapes } from '../../src/stats/object-shapes.js';
import { HeapBuilder } from '../support/heap-builder.js';

describe('shapes of plain objects', () => {
  it('beyond a limit count as that of an object without properties', () => {
    const heap = new HeapBuilder();
    const objects = ['a', 'b', 'c'].map((name) => {
      const object = heap.node('object', 'Object');
      heap.edge(heap.global, 'property', name, object).edge(object, 'property', name, heap.global);
      return object;
    });
    const shapes = new ObjectShapes(heap.graph(), 2);
    expect(objects.map((object) => shapes.shapeOf(object))).toEqual([['a'], ['b'], []]);
    expect(shapes.shapeOf(heap.global)).toBeNull();
  });
});
