import { describe, expect, it } from 'vitest';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { Redactor } from '../../src/redact/redactor.js';
import { describeHeap } from '../../src/stats/heap-info.js';
import { FIXTURE_NAMES, fixtureFacts } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';

const NOTHING_MASKED = new Redactor('none');

describe('the description of a snapshot', () => {
  it('counts types, roots and memory', () => {
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array', { size: 16 });
    const store = heap.node('array', '', { size: 84 });
    heap.edge(heap.global, 'property', 'list', list).edge(list, 'internal', 'elements', store);
    const text = heap.node('string', 'abc', { size: 20 });
    heap.edge(heap.rootGroup('(Stack roots)'), 'element', 0, text);
    const bytes = heap.node('native', 'system / JSArrayBufferData', { size: 1000 });
    heap.edge(heap.rootGroup('(Global handles)'), 'internal', '1', bytes);
    expect(describeHeap(heap.facts(), NOTHING_MASKED)).toMatchObject({
      nodeCount: heap.nodes.length,
      totalSize: 1120,
      memory: [
        { name: 'typed arrays and Buffers', size: 1000 },
        { name: 'arrays', size: 100 },
        { name: 'strings', size: 20 },
      ],
      roots: [
        { name: 'global', references: 1 },
        { name: '(Stack roots)', references: 1 },
        { name: '(Global handles)', references: 1 },
      ],
    });
  });

  it('names each of several realms, and those that only objects keep', () => {
    const heap = new HeapBuilder();
    const contexts = [1, 2].map(() => heap.node('hidden', 'system / NativeContext'));
    const [main, other] = contexts as [NodeOrdinal, NodeOrdinal];
    const global = heap.node('object', 'Object');
    heap.edge(main, 'internal', 'extension', heap.global);
    heap.edge(other, 'internal', 'extension', global);
    heap.edge(heap.rootGroup('(Global handles)'), 'internal', '1', main);
    heap.edge(heap.global, 'property', 'plugins', global);
    const { realms } = describeHeap(heap.facts(), NOTHING_MASKED);
    expect(realms.map(({ is, isRoot }) => ({ is, isRoot }))).toEqual([
      { is: { kind: 'global' }, isRoot: true },
      { is: { kind: 'realm-global', of: 'realm', name: 'plugins', isOwn: false }, isRoot: false },
    ]);
  });

  it.each(FIXTURE_NAMES)('puts every byte of %s into one type and one category', async (name) => {
    const info = describeHeap(await fixtureFacts(name), NOTHING_MASKED);
    const sum = (parts: readonly { size: number }[]) =>
      parts.reduce((total, { size }) => total + size, 0);
    expect(sum(info.nodeTypes) + info.extraNativeBytes).toBe(info.totalSize);
    expect(sum(info.memory)).toBe(info.totalSize);
    expect(info.nodeTypes.reduce((total, { count }) => total + count, 0)).toBe(info.nodeCount);
    expect(info.roots.length).toBeGreaterThan(0);
  });
});
