import { describe, expect, it } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import { mergeTargets } from '../../src/collect/collect-targets.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { SOURCE } from './invariants.js';

/** Objects of classes with that name, each class defined in one of two files of the same name. */
function addItems(heap: HeapBuilder, files: readonly string[]): readonly NodeOrdinal[] {
  return files.map((file) => {
    heap.closure('define', { file, line: 9 });
    const item = heap.node('object', 'Item', { size: 8 });
    heap.location(item, heap.script(file), 0, 43);
    return item;
  });
}

const [A, B] = ['/srv/a/item.js', '/srv/b/item.js'];

describe('objects of classes of one name', () => {
  it('are one box for each place that defines such a class', () => {
    const heap = new HeapBuilder();
    const [a1, b1, a2, b2, b3] = addItems(heap, [A, B, A, B, B]);
    const unplaced = heap.node('object', 'Item');
    const nodes = [a1, b1, a2, b2, b3, unplaced];
    for (const [at, node] of nodes.entries()) heap.edge(heap.global, 'element', at, node);
    const view = buildHeapView(heap.facts(), new FrameIndex([]));
    const targets = mergeTargets(view, nodes);
    expect(targets).toEqual([[b1, b2, b3], [a1, a2], [unplaced]]);
    const { nodes: drawn } = collectBackrefs(view, targets, WALK_OPTIONS, SOURCE);
    const boxes = drawn.filter(({ role }) => role === 'target');
    expect(boxes.map(({ label, location }) => [label.replace(/ @.*/, ''), location])).toEqual(
      expect.arrayContaining([
        ['Item x 3', 'item.js:1:44'],
        ['Item x 2', 'item.js:1:44'],
        ['Item', null],
      ]),
    );
  });

  it('are separate boxes among the holders of one object, too', () => {
    const heap = new HeapBuilder();
    const target = heap.node('object', 'Target');
    const files = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? A : B));
    const items = addItems(heap, files);
    for (const [at, item] of items.entries()) {
      heap.edge(heap.global, 'element', at, item).edge(item, 'property', 'held', target);
    }
    const view = buildHeapView(heap.facts(), new FrameIndex([]));
    const { nodes } = collectBackrefs(view, [target], WALK_OPTIONS, SOURCE);
    const boxes = nodes.filter(({ name }) => name === 'Item').map(({ label }) => label);
    expect(boxes).toEqual(['Item x 20', 'Item x 20']);
  });
});
