import { describe, expect, it } from 'vitest';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { draw } from './draw.js';

describe('folding suspended functions', () => {
  it('draws a local of a generator, which has the name of its function', () => {
    // global ──.it──> gen ──parameters_and_registers──> array ──2──> Foo
    //                  └──function──> closure gen
    const heap = new HeapBuilder();
    const generator = heap.node('object', 'gen');
    const registers = heap.node('array', '');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'it', generator);
    heap.edge(generator, 'internal', 'function', heap.closure('gen'));
    heap.edge(generator, 'internal', 'parameters_and_registers', registers);
    heap.edge(registers, 'internal', '2', foo);
    expect(draw(heap, foo)).toEqual([
      'gen -local of suspended gen()-> Foo',
      'globalThis -.it-> gen',
    ]);
  });

  it('draws a local of an async function once, though several slots hold it', () => {
    // global ──.it──> Generator ──parameters_and_registers──> array ──2──> Foo, ──5──> Foo
    const heap = new HeapBuilder();
    const generator = heap.node('object', 'Generator');
    const registers = heap.node('array', '');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'it', generator);
    heap.edge(generator, 'internal', 'function', heap.closure('load'));
    heap.edge(generator, 'internal', 'parameters_and_registers', registers);
    heap.edge(registers, 'internal', '2', foo).edge(registers, 'internal', '5', foo);
    expect(draw(heap, foo)).toEqual([
      'Generator -local of suspended async load()-> Foo',
      'globalThis -.it-> Generator',
    ]);
  });

  it('does not take a generator for its own holder because a register names it', () => {
    const heap = new HeapBuilder();
    const generator = heap.node('object', 'gen');
    const registers = heap.node('array', '');
    heap.edge(heap.global, 'property', 'it', generator);
    heap.edge(generator, 'internal', 'parameters_and_registers', registers);
    heap.edge(registers, 'internal', '0', generator);
    expect(draw(heap, generator)).toEqual(['globalThis -.it-> gen']);
  });
});

describe('folding promises', () => {
  it('draws what a pending promise will call, through a list of reactions', () => {
    // global ──.p──> Promise ──> PromiseReaction ──next──> PromiseReaction ──1──> callback
    const heap = new HeapBuilder();
    const promise = heap.node('object', 'Promise');
    const first = heap.node('hidden', 'system / PromiseReaction');
    const second = heap.node('hidden', 'system / PromiseReaction');
    const callback = heap.closure('callback');
    heap.edge(heap.global, 'property', 'p', promise);
    heap.edge(promise, 'internal', 'reactions_or_result', first).edge(first, 'hidden', 0, second);
    heap.edge(second, 'hidden', 1, callback);
    expect(draw(heap, callback)).toEqual([
      'globalThis -.p-> Promise',
      'Promise -then callback-> callback',
    ]);
  });

  it('draws the promise that then returned', () => {
    // global ──.p──> Deferred ──> PromiseReaction ──3──> Promise
    const heap = new HeapBuilder();
    const source = heap.node('object', 'Deferred');
    const reaction = heap.node('hidden', 'system / PromiseReaction');
    const derived = heap.node('object', 'Promise');
    heap.edge(heap.global, 'property', 'p', source);
    heap.edge(source, 'internal', 'reactions_or_result', reaction);
    heap.edge(reaction, 'hidden', 3, derived);
    expect(draw(heap, derived)).toEqual([
      'Deferred -result of then-> Promise',
      'globalThis -.p-> Deferred',
    ]);
  });

  it('draws the value of a settled promise', () => {
    const heap = new HeapBuilder();
    const promise = heap.node('object', 'Promise');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'p', promise);
    heap.edge(promise, 'internal', 'reactions_or_result', foo);
    expect(draw(heap, foo)[1]).toBe('Promise -[[PromiseResult]]-> Foo');
  });

  it('names the slot in which a resolve function keeps its promise', () => {
    // global ──.resolve──> "" ──context──> scope ──3──> Promise
    const heap = new HeapBuilder();
    const promise = heap.node('object', 'Promise');
    const context = heap.context({});
    heap.edge(context, 'hidden', 3, promise);
    heap.edge(heap.global, 'property', 'resolve', heap.closure('', { context }));
    expect(draw(heap, promise)).toEqual([
      'anonymous function -promise-> Promise',
      'globalThis -.resolve-> anonymous function',
    ]);
  });
});

describe('folding await', () => {
  /** global ──.p──> Promise ──> reaction ──1, 2──> two functions ──> scope ──extension──> Generator */
  function awaiting(): { readonly heap: HeapBuilder; readonly generator: NodeOrdinal } {
    const heap = new HeapBuilder();
    const promise = heap.node('object', 'Promise');
    const reaction = heap.node('hidden', 'system / PromiseReaction');
    const generator = heap.node('object', 'Generator');
    const context = heap.context({});
    heap.edge(heap.global, 'property', 'p', promise);
    heap.edge(promise, 'internal', 'reactions_or_result', reaction);
    heap.edge(reaction, 'hidden', 1, heap.closure('', { context }));
    heap.edge(reaction, 'hidden', 2, heap.closure('', { context }));
    heap.edge(context, 'internal', 'extension', generator);
    heap.edge(generator, 'internal', 'function', heap.closure('outer'));
    return { heap, generator };
  }

  it('draws a suspended async function as held by the promise it awaits', () => {
    const { heap, generator } = awaiting();
    expect(draw(heap, generator)).toEqual([
      'globalThis -.p-> Promise',
      'Promise -awaited by async outer()-> Generator',
    ]);
  });

  it('draws every reference of the engine on request', () => {
    const { heap, generator } = awaiting();
    expect(draw(heap, generator, { internals: true, depth: 5 })).toEqual([
      '(PromiseReaction) -{1}-> anonymous function 1',
      '(PromiseReaction) -{2}-> anonymous function 2',
      'anonymous function 1 -scope-> scope',
      'anonymous function 2 -scope-> scope',
      'globalThis -.p-> Promise',
      'Promise -[[PromiseResult]]-> (PromiseReaction)',
      'scope -{extension}-> Generator',
    ]);
  });
});
