import { describe, expect, it } from 'vitest';
import { notesOn } from '../../src/collect/picture/graph-notes.js';
import { matchesPattern } from '../../src/collect/walk/match-pattern.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parsePattern } from '../../src/question/pattern.js';
import { spell } from '../../src/util/sentence.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { collect, draw, frame } from './draw.js';

interface Cached {
  readonly heap: HeapBuilder;
  readonly foo: NodeOrdinal;
}

/**
 *     global ──.cache──> Cache ──.entry──> Foo
 *       └──.f──> f (server.js:3:7) ──.held──> Foo
 */
function cached(): Cached {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo');
  const cache = heap.node('object', 'Cache');
  const f = heap.closure('f', { file: '/srv/server.js', line: 3, column: 7 });
  heap.edge(heap.global, 'property', 'cache', cache).edge(cache, 'property', 'entry', foo);
  heap.edge(heap.global, 'property', 'f', f).edge(f, 'property', 'held', foo);
  return { heap, foo };
}

const WITHOUT_CACHE = ['f -.held-> Foo', 'globalThis -.f-> f'];
const WITHOUT_F = ['Cache -.entry-> Foo', 'globalThis -.cache-> Cache'];

describe('--hide', () => {
  it.each([
    ['Cache', WITHOUT_CACHE],
    ['@5', WITHOUT_CACHE],
    ['entry', WITHOUT_CACHE],
    ['.entry', WITHOUT_CACHE],
    ['/^Ca/', WITHOUT_CACHE],
    ['/ENTR/i', WITHOUT_CACHE],
    ['f', WITHOUT_F],
    ['server.js', WITHOUT_F],
    ['server.js:3:7', WITHOUT_F],
    ['class:Cache', WITHOUT_CACHE],
    ['Cache @5', WITHOUT_CACHE],
    ['Cache x 3', WITHOUT_CACHE],
    ['has:entry', WITHOUT_CACHE],
    ['Function', WITHOUT_F],
    ['f()', WITHOUT_F],
    ['f@server.js:3', WITHOUT_F],
    ['f server.js:3:7', WITHOUT_F],
    ['f() /srv/server.js:3:7', WITHOUT_F],
    ['/server/', WITHOUT_F],
  ])('%s leaves out the holder', (pattern, lines) => {
    const { heap, foo } = cached();
    expect(draw(heap, foo, { hide: [parsePattern(pattern)] })).toEqual(lines);
  });

  it.each(['cach', 'server', '@', 'js', ''])('%j hides nothing: only whole names count', (text) => {
    const { heap, foo } = cached();
    expect(draw(heap, foo, { hide: [parsePattern(text)] })).toHaveLength(4);
  });

  it('leaves out one of several references from the same holder', () => {
    const { heap, foo } = cached();
    heap.edge(5 as NodeOrdinal, 'property', 'other', foo);
    const lines = draw(heap, foo, { hide: [parsePattern('.held')] });
    expect(lines).toEqual(WITHOUT_F);
  });

  it('says what it removed if it removed everything', () => {
    const { heap, foo } = cached();
    const hide = [parsePattern('Cache'), parsePattern('f')];
    expect(draw(heap, foo, { hide })).toEqual(['2 hidden by --hide: 1 Cache, 1 Closure --> Foo']);
  });

  it('says what it removed if only a cycle is left', () => {
    // global ──.a──> A ──.b──> B ──.a──> A
    const heap = new HeapBuilder();
    const a = heap.node('object', 'A');
    const b = heap.node('object', 'B');
    heap.edge(heap.global, 'property', 'a', a).edge(a, 'property', 'b', b);
    heap.edge(b, 'property', 'a', a);
    expect(draw(heap, b, { hide: [parsePattern('globalThis')] })).toEqual([
      '1 hidden by --hide: 1 globalThis --> A',
      'A -.b-> B',
      'B -.a-> A',
    ]);
  });

  it.each(['frame:0', 'main() app.js', 'app.js', '/^main\\(/'])('removes frames by %s', (text) => {
    const { heap, foo } = cached();
    const question = { frames: [frame('main', { x: foo })], hide: [parsePattern(text)] };
    expect(draw(heap, foo, question)).toEqual([
      'Cache -.entry-> Foo',
      'f -.held-> Foo',
      'globalThis -.cache-> Cache',
      'globalThis -.f-> f',
    ]);
  });
});

describe('--stop', () => {
  it.each(['Cache', '@5', 'entry', '.entry', '/^Cac/'])(
    '%s draws the holder and ends there',
    (text) => {
      const { heap, foo } = cached();
      expect(draw(heap, foo, { stop: [parsePattern(text)] })).toEqual([
        '1 beyond --stop: 1 globalThis --> Cache',
        'Cache -.entry-> Foo',
        ...WITHOUT_CACHE,
      ]);
    },
  );

  it('ends the path to a root beyond the depth, too', () => {
    // global ──.a──> A ──.b──> B ──.c──> C ──.foo──> Foo
    const heap = new HeapBuilder();
    const [a, b, c, foo] = ['A', 'B', 'C', 'Foo'].map((name) => heap.node('object', name));
    heap.edge(heap.global, 'property', 'a', a).edge(a, 'property', 'b', b);
    heap.edge(b, 'property', 'c', c).edge(c, 'property', 'foo', foo);
    expect(draw(heap, foo, { depth: 1, stop: [parsePattern('A')] })).toEqual([
      '1 beyond --stop: 1 globalThis --> A',
      'A -.b-> B',
      'B -.c-> C',
      'C -.foo-> Foo',
    ]);
  });

  it('does not stop at a target', () => {
    const { heap, foo } = cached();
    expect(draw(heap, foo, { stop: [parsePattern('Foo')] })).toHaveLength(4);
  });
});

describe('--highlight', () => {
  it('marks nodes by class, by place and by the references they hold', () => {
    const { heap, foo } = cached();
    const marked = (text: string) =>
      collect(heap, foo, { highlight: [parsePattern(text)] })
        .nodes.filter(({ highlighted }) => highlighted)
        .map(({ name }) => name);
    expect(marked('Cache')).toEqual(['Cache']);
    expect(marked('server.js')).toEqual(['f']);
    expect(marked('.cache')).toEqual(['globalThis']);
    expect(marked('Foo')).toEqual(['Foo']);
    expect(marked('/./')).toEqual(['Foo', 'Cache', 'f', 'globalThis']);
    expect(marked('nothing')).toEqual([]);
  });

  it('leaves the mark out if there is none, so that JSON stays small', () => {
    const { heap, foo } = cached();
    expect(Object.keys(collect(heap, foo).nodes[0])).not.toContain('highlighted');
  });
});

describe('names that a table has and a box does not', () => {
  /** global ──.log──> Object {level} ──.target──> Foo <──── <div id="a"> (detached) <──.div── global */
  function named() {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const log = heap.node('object', 'Object');
    const div = heap.node('native', '<div id="a">', { detachedness: 2 });
    heap.edge(heap.global, 'property', 'log', log).edge(log, 'property', 'target', foo);
    heap.edge(log, 'property', 'level', heap.node('object', 'Level'));
    heap.edge(heap.global, 'property', 'div', div).edge(div, 'internal', 'wrapper', foo);
    return { heap, foo };
  }

  it.each(['{level}', '{target, level}', 'has:level'])('%s', (text) => {
    const { heap, foo } = named();
    const lines = draw(heap, foo, { hide: [parsePattern(text)] });
    expect(lines.filter((line) => line.includes('target'))).toEqual([]);
    expect(lines).toHaveLength(2);
  });

  it.each(['Detached <div>', 'Detached <div id="a">'])('%s', (text) => {
    const { heap, foo } = named();
    const lines = draw(heap, foo, { hide: [parsePattern(text)] });
    expect(lines).toEqual(['globalThis -.log-> Object', 'Object -.target-> Foo']);
  });
});

describe('a pattern that matches nothing', () => {
  const notes = (question: Parameters<typeof collect>[2]) => {
    const { heap, foo } = cached();
    return notesOn(collect(heap, foo, question), 0).map((note) => spell(note, 'flags'));
  };

  it.each(['hide', 'stop', 'highlight'])('of --%s is reported with the nearest names', (option) => {
    expect(notes({ [option]: [parsePattern('Cahce')] })).toEqual([
      `--${option} "Cahce" matches nothing in this picture; did you mean "Cache"?`,
    ]);
  });

  it.each(['hide', 'stop', 'highlight'])('of --%s is reported for each', (option) => {
    const patterns = ['/nobody/', 'Cache', 'f'].map(parsePattern);
    expect(notes({ [option]: patterns })).toEqual([
      `--${option} "/nobody/" matches nothing in this picture.`,
    ]);
  });

  it('is not confused with one that matches a root, or matches the same again', () => {
    expect(notes({ stop: [parsePattern('globalThis')] })).toEqual([]);
    expect(notes({ hide: [parsePattern('Cache'), parsePattern('/Cac/')] })).toEqual([]);
  });

  it('is not confused with one that matches the target, which stays', () => {
    expect(notes({ stop: [parsePattern('Foo')] })).toEqual([
      '--stop "Foo" matches only the target, which is drawn anyway.',
    ]);
    expect(notes({ highlight: [parsePattern('Foo')] })).toEqual([]);
  });
});

describe('patterns', () => {
  it('that are not regular expressions are refused', () => {
    expect(() => parsePattern('/(/')).toThrow(/^"\/\(\/" is not a regular expression: /);
  });

  it('match as often as they are asked', () => {
    const pattern = parsePattern('/a/g');
    const subject = { id: '@1', name: 'a', location: null, edges: [] };
    const answers = [matchesPattern(pattern, subject), matchesPattern(pattern, subject)];
    expect(answers).toEqual([true, true]);
  });
});
