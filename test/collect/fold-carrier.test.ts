import { describe, expect, it } from 'vitest';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { collect, draw } from './draw.js';

interface Emitter {
  readonly heap: HeapBuilder;
  readonly emitter: NodeOrdinal;
  readonly events: NodeOrdinal;
  readonly onData: NodeOrdinal;
}

/** global ──.app──> EventEmitter ──._events──> Object ──.data──> onData */
function emitterWith(className = 'EventEmitter'): Emitter {
  const heap = new HeapBuilder();
  const emitter = heap.node('object', className);
  const events = heap.node('object', 'Object');
  const onData = heap.node('closure', 'onData');
  heap.edge(heap.global, 'property', 'app', emitter);
  heap.edge(emitter, 'property', '_events', events).edge(events, 'property', 'data', onData);
  return { heap, emitter, events, onData };
}

describe('folding the listeners of an EventEmitter', () => {
  it('names the event', () => {
    const { heap, onData } = emitterWith();
    expect(draw(heap, onData)).toEqual([
      'EventEmitter -listener "data"-> onData',
      'globalThis -.app-> EventEmitter',
    ]);
  });

  it('does so for classes that inherit from it, and for a symbol', () => {
    const { heap, emitter, events, onData } = emitterWith('Socket');
    heap.edge(emitter, 'property', '__proto__', heap.node('object', 'EventEmitter'));
    heap.edge(events, 'property', '<symbol ready>', onData);
    expect(draw(heap, onData)).toEqual([
      'globalThis -.app-> Socket',
      'Socket -listener "data"-> onData',
      'Socket -listener Symbol(ready)-> onData',
    ]);
  });

  it('passes the list of several listeners and the wrapper of one for once', () => {
    // events ──.end──> Array ──[0]──> wrapper ──.listener──> onEnd
    const { heap, events } = emitterWith();
    const list = heap.node('object', 'Array');
    const wrapper = heap.node('closure', 'wrapper');
    const onEnd = heap.node('closure', 'onEnd');
    heap.edge(events, 'property', 'end', list).edge(list, 'element', 0, wrapper);
    heap.edge(wrapper, 'property', 'listener', onEnd);
    expect(draw(heap, onEnd)).toEqual([
      'EventEmitter -listener "end" (once)-> onEnd',
      'globalThis -.app-> EventEmitter',
    ]);
  });

  it('draws the table if a program has a reference to it', () => {
    const { heap, events, onData } = emitterWith();
    heap.edge(heap.global, 'property', 'saved', events);
    expect(draw(heap, onData)).toEqual([
      'EventEmitter -._events-> Object',
      'globalThis -.app-> EventEmitter',
      'globalThis -.saved-> Object',
      'Object -.data-> onData',
    ]);
  });

  it('draws the table if an exported variable holds it', () => {
    const { heap, events, onData } = emitterWith();
    const cell = heap.node('hidden', 'system / Cell');
    const owner = heap.node('object', 'Holder');
    heap.edge(heap.global, 'property', 'holder', owner);
    heap.edge(owner, 'hidden', 3, cell).edge(cell, 'internal', 'value', events);
    expect(draw(heap, onData)).toContain('Object -.data-> onData');
  });

  it('leaves the same names in another class alone', () => {
    const { heap, onData } = emitterWith('Other');
    expect(draw(heap, onData)).toContain('Object -.data-> onData');
  });

  it('draws the table itself when that is the target', () => {
    const { heap, events } = emitterWith();
    expect(draw(heap, events)).toEqual([
      'EventEmitter -._events-> Object',
      'globalThis -.app-> EventEmitter',
    ]);
  });

  it('shows everything with --internals', () => {
    const { heap, onData } = emitterWith();
    expect(draw(heap, onData, { internals: true })).toContain('Object -.data-> onData');
  });

  it('says in JSON that the reference is not in the file', () => {
    const { heap, onData } = emitterWith();
    const { edges } = collect(heap, onData);
    expect(edges.find(({ label }) => label === 'listener "data"')).toMatchObject({
      type: 'internal',
      name: 'data',
    });
  });
});

describe('folding timers', () => {
  /** module node:timers ──timerListMap──> Object ──[50]──> TimersList <──> Timeout … */
  function timers(count: number): { heap: HeapBuilder; list: readonly NodeOrdinal[] } {
    const heap = new HeapBuilder();
    const map = heap.node('object', 'Object');
    const ring = [heap.node('object', 'TimersList')];
    for (let i = 0; i < count; i++) ring.push(heap.node('object', 'Timeout'));
    const scope = heap.context({ timerListMap: map });
    const setTimeout = heap.closure('setTimeout', { context: scope, file: 'node:timers' });
    heap.edge(heap.global, 'property', 'setTimeout', setTimeout);
    heap.edge(scope, 'internal', 'previous', heap.node('hidden', 'system / NativeContext'));
    heap.edge(map, 'element', 50, ring[0]);
    for (const [i, node] of ring.entries()) {
      heap.edge(node, 'property', '_idleNext', ring[(i + 1) % ring.length]);
      heap.edge(node, 'property', '_idlePrev', ring[(i + ring.length - 1) % ring.length]);
    }
    return { heap, list: ring.slice(1) };
  }

  it('shows the delay, wherever in its list a timer is', () => {
    const { heap, list } = timers(3);
    for (const timer of list) {
      expect(draw(heap, timer)).toEqual(['timers -timer 50 ms-> Timeout']);
    }
  });

  it('takes the links of many thousand timers', () => {
    const { heap, list } = timers(20_000);
    expect(draw(heap, list[10_000])).toEqual(['timers -timer 50 ms-> Timeout']);
  });
});
