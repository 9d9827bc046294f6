import { describe, expect, test } from 'vitest';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { findLarge } from '../../src/leaks/find-large.js';
import { Moments } from '../../src/leaks/tree/moments.js';
import type { HeapBuilder } from '../support/heap-builder.js';
import { HeapBuilder as Builder } from '../support/heap-builder.js';
import { under } from './leak-scenes.js';

/** V8's objects for true and null, as Node.js 20 and 26 write them. */
function oddball(heap: HeapBuilder, text: string, isNamed = false): NodeOrdinal {
  const node = heap.node('hidden', isNamed ? text : 'system / Oddball');
  return heap.edge(node, 'hidden', 0, heap.node('string', text)) && node;
}

/** Eight objects of a class in a list below the global, each made by a function. */
function listOf(class_: string, fill: (heap: HeapBuilder, node: NodeOrdinal) => void): HeapBuilder {
  const heap = new Builder();
  const list = under(heap, 'kept', 'Array', 2001);
  for (let i = 0; i < 8; i++) {
    const node = heap.node('object', class_, { id: 3001 + 2 * i, size: 64 });
    heap.edge(list, 'element', i, node);
    fill(heap, node);
  }
  return heap;
}

function proofsIn(heap: HeapBuilder) {
  const moments = new Moments();
  const facts = heap.facts();
  const { suspects } = findLarge(moments, moments.add(facts), facts);
  return suspects.map(({ evidence, proof, counts }) => ({ evidence, proof, counts }));
}

const withEntry = (heap: HeapBuilder, node: NodeOrdinal, field: string) => {
  const events = heap.node('object', 'Map');
  const table = heap.node('array', '', { size: 200 });
  heap.edge(node, 'property', field, events).edge(events, 'internal', 'table', table);
  heap.edge(table, 'internal', '5', heap.node('string', 'abort'));
};

describe('objects that have ended and are still held', () => {
  test.each<[string, string, (heap: HeapBuilder, node: NodeOrdinal) => void]>([
    [
      'closed-socket',
      'Socket',
      (heap, node) => {
        heap.edge(node, 'property', '_server', heap.node('object', 'Server'));
        heap.edge(node, 'property', '_handle', oddball(heap, 'null'));
      },
    ],
    [
      'finished-response',
      'ServerResponse',
      (heap, node) => {
        heap.edge(node, 'property', '_header', heap.node('string', 'HTTP/1.1 200 OK'));
        heap.edge(node, 'property', 'socket', oddball(heap, 'null', true));
      },
    ],
    [
      'aborted-signal',
      'AbortSignal',
      (heap, node) => {
        heap.edge(node, 'property', '<symbol kReason>', heap.node('object', 'DOMException'));
        withEntry(heap, node, '<symbol kEvents>');
      },
    ],
    [
      'exited-worker',
      'Worker',
      (heap, node) => {
        heap.edge(node, 'property', '<symbol kParentSideStdio>', heap.node('object', 'Object'));
        heap.edge(node, 'property', '<symbol kHandle>', oddball(heap, 'null'));
      },
    ],
    [
      'finished-request',
      'ClientRequest',
      (heap, node) => heap.edge(node, 'property', '_closed', oddball(heap, 'true')),
    ],
    [
      'closed-stream',
      'BrotliCompress',
      (heap, node) => {
        heap.edge(node, 'property', '_writeState', heap.node('object', 'Uint32Array'));
        heap.edge(node, 'property', '_handle', oddball(heap, 'null'));
      },
    ],
    [
      'ended-process',
      'ChildProcess',
      (heap, node) => {
        heap.edge(node, 'property', 'spawnfile', heap.node('string', '/bin/true'));
        heap.edge(node, 'property', '_handle', oddball(heap, 'null'));
      },
    ],
    [
      'disposed',
      'DisposableStore',
      (heap, node) => {
        heap.edge(node, 'property', '_isDisposed', oddball(heap, 'true'));
        heap.edge(node, 'property', '_toDispose', heap.node('object', 'Set'));
      },
    ],
    [
      'unmounted-fiber',
      'FiberNode',
      (heap, node) => {
        for (const name of ['return', 'stateNode', 'child', 'memoizedProps']) {
          heap.edge(node, 'property', name, oddball(heap, 'null'));
        }
      },
    ],
    [
      'unmounted-component',
      'Object',
      (heap, node) => {
        heap.edge(node, 'property', 'isUnmounted', oddball(heap, 'true'));
        heap.edge(node, 'property', 'vnode', heap.node('object', 'Object'));
        heap.edge(node, 'property', 'appContext', heap.node('object', 'Object'));
      },
    ],
    [
      'closed-subscriber',
      'SafeSubscriber',
      (heap, node) => {
        heap.edge(node, 'property', 'closed', oddball(heap, 'true', true));
        heap.edge(node, 'property', 'isStopped', oddball(heap, 'true', true));
        heap.edge(node, 'property', 'destination', oddball(heap, 'null', true));
      },
    ],
    [
      'ended-span',
      'SpanImpl',
      (heap, node) => {
        heap.edge(node, 'property', '_ended', oddball(heap, 'true'));
        heap.edge(node, 'property', '_spanContext', heap.node('object', 'Object'));
      },
    ],
  ])('%s', (kind, class_, fill) => {
    expect(proofsIn(listOf(class_, fill))).toEqual([
      { evidence: 'proof', proof: kind, counts: [8] },
    ]);
  });

  test('what is disposed of, rather than the store by which it shows', () => {
    const heap = listOf('View', (built, view) => {
      const store = built.node('object', 'DisposableStore', { size: 16 });
      built.edge(store, 'property', '_isDisposed', oddball(built, 'true'));
      built.edge(store, 'property', '_toDispose', built.node('object', 'Set'));
      built.edge(view, 'property', '_store', store);
      const part = built.node('object', 'Part', { size: 16 });
      const inner = built.node('object', 'DisposableStore', { size: 16 });
      built.edge(inner, 'property', '_isDisposed', oddball(built, 'true'));
      built.edge(inner, 'property', '_toDispose', built.node('object', 'Set'));
      built.edge(view, 'property', 'part', part).edge(part, 'property', '_store', inner);
    });
    expect(proofsIn(heap)).toEqual([{ evidence: 'proof', proof: 'disposed', counts: [8] }]);
  });

  test('more than a page of kinds of proof are all named', () => {
    const heap = new Builder();
    for (let list = 0; list < 9; list++) {
      const array = under(heap, `list${list}`, `List${list}`, 2001 + 2 * list);
      for (let i = 0; i < 5; i++) {
        const node = heap.node('object', 'ClientRequest', { size: 8 });
        heap.edge(array, 'element', i, node);
        heap.edge(node, 'property', '_closed', oddball(heap, 'true'));
      }
    }
    expect(proofsIn(heap)).toHaveLength(9);
  });

  test('a detached element, one is enough', () => {
    const heap = new Builder();
    const element = heap.node('native', 'Detached <div>', { id: 8, size: 32, detachedness: 2 });
    heap.edge(under(heap, 'view', 'View', 2001), 'property', 'root', element);
    expect(proofsIn(heap)).toEqual([{ evidence: 'proof', proof: 'detached-dom', counts: [1] }]);
  });
});

describe('objects that have not ended', () => {
  test.each<[string, string, (heap: HeapBuilder, node: NodeOrdinal) => void]>([
    [
      'an open connection',
      'Socket',
      (heap, node) => {
        heap.edge(node, 'property', '_server', heap.node('object', 'Server'));
        heap.edge(node, 'property', '_handle', heap.node('object', 'TCP'));
      },
    ],
    [
      'an open connection of Node.js 20 and later, where the name of the handle is a symbol',
      'Socket',
      (heap, node) => {
        heap.edge(node, 'property', '_server', heap.node('object', 'Server'));
        heap.edge(node, 'property', '<symbol kHandle>', heap.node('object', 'TCP'));
      },
    ],
    [
      'a response that is being sent by Node.js 24 and later',
      'ServerResponse',
      (heap, node) => {
        heap.edge(node, 'property', '_header', heap.node('string', 'HTTP/1.1 200 OK'));
        heap.edge(node, 'property', '<symbol kSocket>', heap.node('object', 'Socket'));
      },
    ],
    [
      'a request that waits',
      'ClientRequest',
      (heap, node) => heap.edge(node, 'property', '_closed', oddball(heap, 'false')),
    ],
    [
      'an object of another program with the name of a class of Node.js',
      'Worker',
      (heap, node) => heap.edge(node, 'property', 'name', heap.node('string', 'w')),
    ],
    [
      'a signal that waits',
      'EventTarget',
      (heap, node) => {
        heap.edge(node, 'property', '<symbol kReason>', oddball(heap, 'undefined'));
        withEntry(heap, node, '<symbol kEvents>');
      },
    ],
    [
      'a mounted component',
      'Object',
      (heap, node) => {
        heap.edge(node, 'property', 'isUnmounted', oddball(heap, 'false'));
        heap.edge(node, 'property', 'vnode', heap.node('object', 'Object'));
        heap.edge(node, 'property', 'appContext', heap.node('object', 'Object'));
      },
    ],
    [
      'something else that is closed',
      'File',
      (heap, node) => heap.edge(node, 'property', 'closed', oddball(heap, 'true')),
    ],
  ])('%s', (_, class_, fill) => {
    expect(proofsIn(listOf(class_, fill))).toEqual([]);
  });
});
