import { describe, expect, it } from 'vitest';
import type { HeapFacts } from '../../src/engine/heap-facts.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import type { SelectOptions } from '../../src/question/graph-question.js';
import { parseTarget } from '../../src/question/target.js';
import { selectTargets } from '../../src/select/select-targets.js';
import { HeapBuilder } from '../support/heap-builder.js';

function select(
  facts: HeapFacts,
  target: string,
  options: Partial<SelectOptions> = {},
): readonly NodeOrdinal[] {
  const choice = { nth: null, largest: false, all: false, ...options };
  return selectTargets(facts, [parseTarget(target)], choice).nodes;
}

/** A function in one script, which gives the script's name to objects with a place. */
function twoPlaces() {
  const heap = new HeapBuilder();
  const first = heap.closure('Item', { file: '/srv/a/repro.js', line: 1, column: 44 });
  const script = heap.script('/srv/a/repro.js');
  const items = [0, 0, 1].map((line) => {
    const item = heap.node('object', 'Item', { size: 8 });
    heap.location(item, script, line, 43).edge(heap.global, 'property', 'item', item);
    return item;
  });
  const unplaced = heap.node('object', 'Item');
  return { facts: heap.facts(), first, items, unplaced };
}

describe('a class defined in several places', () => {
  it.each([
    ['class:Item', [0, 1, 2]],
    ['class:Item@repro.js', [0, 1, 2]],
    ['class:Item@repro.js:1', [0, 1]],
    ['class:Item@repro.js:1:44', [0, 1]],
    ['class:Item repro.js:2:44', [2]],
    ['class:Item@a/repro.js:2', [2]],
    ['class:Item@/srv/a/repro.js:2', [2]],
  ])('%s', (target, wanted) => {
    const { facts, items, unplaced } = twoPlaces();
    const expected = wanted.map((at) => items[at]);
    const all = target === 'class:Item' ? [...expected, unplaced] : expected;
    expect(select(facts, target)).toEqual(all);
  });

  it('is a function if it is written as one', () => {
    const { facts, first } = twoPlaces();
    expect(select(facts, 'class:Item()')).toEqual([first]);
  });

  it('is asked for without class:, too', () => {
    const { facts, items } = twoPlaces();
    expect(select(facts, 'Item@repro.js:2')).toEqual([items[2]]);
  });

  it('is named with its places if it is not in the requested one', () => {
    const { facts } = twoPlaces();
    expect(() => select(facts, 'class:Item@repro.js:9')).toThrow(
      'did you mean "class:Item@repro.js:1:44", "class:Item@repro.js:2:44"?',
    );
  });

  it('may have spaces and @ in its name', () => {
    const heap = new HeapBuilder();
    const odd = heap.node('object', 'a@b c');
    heap.closure('f', { file: '/srv/my file.js', line: 3, column: 1 });
    const placed = heap.node('object', 'my Foo');
    heap.location(placed, heap.script('/srv/my file.js'), 2, 0);
    expect(select(heap.facts(), 'class:a@b c')).toEqual([odd]);
    expect(select(heap.facts(), 'class:my Foo my file.js:3:1')).toEqual([placed]);
  });
});

describe('names of a table of classes', () => {
  const heap = new HeapBuilder();
  const f = heap.closure('f');
  const text = heap.node('string', 'hello');
  const code = heap.node('code', 'compiled');
  const expression = heap.node('regexp', '/a/');
  const data = heap.node('native', 'system / JSArrayBufferData');
  const div = heap.node('native', '<div id="a">', { detachedness: 2 });
  const span = heap.node('native', '<span>');
  const binding = heap.node('native', 'Node / BindingData', { detachedness: 2 });
  const scope = heap.node('object', 'system / Context');
  const long = heap.node('native', 'blink::HeapVector<blink::Member<blink::Element>>');
  heap.edge(div, 'element', 1, span);

  it.each([
    ['Function', f],
    ['(string)', text],
    ['(compiled code)', code],
    ['RegExp', expression],
    ['system / JSArrayBufferData', data],
    ['system / Context', scope],
    ['Detached <div>', div],
    ['Detached <span>', span],
    ['Detached Node / BindingData', binding],
    ['blink::HeapVector<blink::Mem…', long],
  ])('class:%s', (name, node) => {
    expect(select(heap.facts(), `class:${name}`)).toEqual([node]);
  });

  it.each([
    ['(JSArrayBufferData)', data],
    ['string', text],
    ['f()', f],
    ['f() x 1,204', f],
    ['Detached <div id="a">', div],
  ])('names in a box: class:%s', (name, node) => {
    expect(select(heap.facts(), `class:${name}`)).toEqual([node]);
  });

  it('the first line of a box is the object with its id', () => {
    expect(select(heap.facts(), `f() @${2 * f + 1}`)).toEqual([f]);
    expect(select(heap.facts(), `class:Context @${2 * scope + 1}`)).toEqual([scope]);
  });

  it('are suggested for a similar wrong name', () => {
    expect(() => select(heap.facts(), 'class:Funktion')).toThrow('did you mean "class:Function"?');
  });
});

/** global ──> {level, message}, {level, message, when}, {level}; Log {level, message, prototype} */
function logs() {
  const heap = new HeapBuilder();
  const value = heap.node('object', 'Value');
  const make = (name: string, properties: readonly string[]) => {
    const node = heap.node('object', name, { size: 100 * properties.length });
    for (const property of properties) heap.edge(node, 'property', property, value);
    return node;
  };
  const plain = make('Object', ['level', 'message']);
  const more = make('Object', ['when', 'message', 'level']);
  const less = make('Object', ['level']);
  const log = make('Log', ['level', 'get message']);
  const prototype = make('Log', ['level', 'message', 'constructor']);
  heap.edge(heap.closure('Log'), 'property', 'prototype', prototype);
  return { facts: heap.facts(), plain, more, less, log };
}

describe('objects by their properties', () => {
  it('class:{…} are plain objects that have at least these', () => {
    const { facts, plain, more } = logs();
    expect(select(facts, 'class:{level, message}')).toEqual([plain, more]);
    expect(select(facts, 'class:{message, level, when}')).toEqual([more]);
  });

  it('has: are objects of any class, accessors count, prototypes do not', () => {
    const { facts, plain, more, less, log } = logs();
    expect(select(facts, 'has:level,message')).toEqual([plain, more, log]);
    expect(select(facts, 'has:level')).toEqual([plain, more, less, log]);
  });

  it('properties of no object are answered with those most like them', () => {
    const { facts } = logs();
    expect(() => select(facts, 'class:{levle, message}')).toThrow(
      'did you mean "class:{level, message}"?',
    );
    expect(() => select(facts, 'has:mesage')).toThrow(
      'Nothing in the heap matches "has:mesage" (most heaps leave out properties that are numbers); did you mean "has:message"?',
    );
  });

  it('--min-size leaves out smaller objects, and says so if none is left', () => {
    const { facts, plain, more, less } = logs();
    expect(select(facts, 'has:level', { minSize: 300 })).toEqual([more]);
    expect(select(facts, 'class:{level}', { minSize: 100 })).toEqual([plain, more, less]);
    expect(() => select(facts, 'has:level', { minSize: 5000 })).toThrow(
      '"has:level" matches 4 objects, none of which has a shallow size of 5.0 kB: the largest has 300 B; give a smaller minSize',
    );
    expect(select(facts, `@${2 * less + 1}`, { minSize: 5000 })).toEqual([less]);
  });
});

describe('prototypes, which carry the name of a class', () => {
  /** Two instances of Base, and what `class Sub extends Base` makes: a prototype that is called Base. */
  function withPrototype({ instances = 2 } = {}) {
    const heap = new HeapBuilder();
    const made = Array.from({ length: instances }, () => heap.node('object', 'Base', { size: 8 }));
    for (const item of made) heap.edge(heap.global, 'property', 'item', item);
    const prototype = heap.node('object', 'Base', { size: 8 });
    heap.edge(
      heap.closure('Sub', { file: '/srv/a.js', line: 1, column: 1 }),
      'property',
      'prototype',
      prototype,
    );
    return { facts: heap.facts(), made, prototype };
  }
  const choice = { nth: null, largest: false, all: false };

  it.each(['class:Base', 'class:/^Base$/', 'class:Base x 2'])('%s leaves them out', (target) => {
    const { facts, made } = withPrototype();
    expect(selectTargets(facts, [parseTarget(target)], choice)).toEqual({
      ...{ nodes: made, prototypes: 1, onlyPrototypes: 0 },
    });
  });

  it('are not counted for who picks one object', () => {
    const { facts, made } = withPrototype();
    expect(selectTargets(facts, [parseTarget('class:Base')], { ...choice, nth: 1 })).toEqual({
      ...{ nodes: [made[0]], prototypes: 0, onlyPrototypes: 0 },
    });
  });

  it('are taken where the class has no instances, which is said', () => {
    const { facts, prototype } = withPrototype({ instances: 0 });
    expect(selectTargets(facts, [parseTarget('class:Base')], choice)).toEqual({
      ...{ nodes: [prototype], prototypes: 0, onlyPrototypes: 1 },
    });
  });
});
