import { describe, expect, it } from 'vitest';
import { findDetached } from '../../src/engine/find-detached.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { NODE_FIELDS } from '../support/heap-file.js';

const WITHOUT_STATE = NODE_FIELDS.filter((field) => field !== 'detachedness');

describe('detached natives', () => {
  it('pass their state on to natives, unless an attached one holds these too', () => {
    const heap = new HeapBuilder();
    const attached = heap.node('native', '<body>', { detachedness: 1 });
    const detached = heap.node('native', '<div>', { detachedness: 2 });
    const own = heap.node('native', 'EventListener');
    const common = heap.node('native', 'StyleSheet');
    const wrapper = heap.node('object', 'Foo');
    const beyond = heap.node('native', 'Blob');
    heap.edge(heap.root, 'element', 0, attached).edge(heap.root, 'element', 1, detached);
    heap.edge(detached, 'element', 0, own).edge(detached, 'element', 1, common);
    heap.edge(attached, 'element', 0, common).edge(detached, 'internal', 'wrapper', wrapper);
    heap.edge(wrapper, 'internal', 'blob', beyond).edge(detached, 'weak', 'w', beyond);
    const states = findDetached(heap.graph());
    expect(states && [...states]).toEqual([0, 0, 1, 1, 0, 0, 0]);
  });

  it('are unknown in files without the field', () => {
    expect(findDetached(new HeapBuilder().graph({ nodeFields: WITHOUT_STATE }))).toBeNull();
  });
});
