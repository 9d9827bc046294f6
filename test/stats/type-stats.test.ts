import { describe, expect, it } from 'vitest';
import { isEngineClass } from '../../src/engine/classes/class-names.js';
import { selectTypes } from '../../src/stats/select-types.js';
import { computeTypeStats } from '../../src/stats/type-stats.js';
import { HeapBuilder } from '../support/heap-builder.js';

/** global ──> 2 Foos, each with an Item; a function, a text; two classes called Session. */
function heap(): HeapBuilder {
  const heap = new HeapBuilder();
  for (let i = 0; i < 2; i++) {
    const foo = heap.node('object', 'Foo', { size: 16 });
    const item = heap.node('object', 'Item', { size: 100 });
    heap.edge(heap.global, 'element', i, foo).edge(foo, 'property', 'item', item);
  }
  const text = heap.node('string', 'Foo', { size: 24 });
  heap.edge(heap.global, 'property', 'text', text);
  const f = heap.closure('f', { size: 64, file: '/app/a.js', line: 1, column: 1 });
  heap.edge(heap.global, 'property', 'f', f);
  const script = heap.script('/app/a.js');
  for (const [at, line] of [4, 4, 9].entries()) {
    const session = heap.node('object', 'Session', { size: 10 });
    heap.edge(heap.global, 'property', `s${at}`, session).location(session, script, line, 2);
  }
  return heap;
}

const lines = (types: ReturnType<typeof computeTypeStats>) =>
  types.map(({ name, location, count, shallowSize, retainedSize }) =>
    [name, location, count, shallowSize, retainedSize].join(),
  );

describe('the classes of a heap', () => {
  it('count only objects of a minimum size if one is given', () => {
    expect(lines(computeTypeStats(heap().facts(), 64))).toEqual([
      'Item,,2,200,200',
      'Function,,1,64,64',
    ]);
  });

  it('are counted by name and place; functions and texts are groups; nothing without a size', () => {
    expect(lines(computeTypeStats(heap().facts()))).toEqual([
      'Foo,,2,32,232',
      'Item,,2,200,200',
      'Function,,1,64,64',
      '(string),,1,24,24',
      'Session,/app/a.js:5:3,2,20,20',
      'Session,/app/a.js:10:3,1,10,10',
    ]);
  });

  it('are selected by name, limit and whether they are the engine’s', () => {
    const types = computeTypeStats(heap().facts());
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
    const all = selectTypes(types, { filter: null, all: false, limit: 2 }, ({ count }) => count);
    expect(names(all.types)).toEqual(['Foo', 'Item']);
    expect(names(all.cut)).toEqual(['Session', 'Function', 'Session']);
    expect(names(all.hidden)).toEqual(['(string)']);
    const filter = { text: '/^\\(/', expression: /^\(/ };
    const some = selectTypes(types, { filter, all: true, limit: null }, null);
    expect([names(some.types), some.cut, some.hidden]).toEqual([['(string)'], [], []]);
  });

  it.each([
    ['(compiled code)', true],
    ['system / Context', true],
    ['system / JSArrayBufferData', false],
    ['{a, b}', false],
    ['(', false],
  ])('%s is the engine’s: %s', (name, isEngine) => {
    expect(isEngineClass(name)).toBe(isEngine);
  });
});
