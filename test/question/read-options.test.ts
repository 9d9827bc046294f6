import { describe, expect, test } from 'vitest';
import { needsSizes, preparationFor } from '../../src/answer/preparation.js';
import { optionsOf } from '../../src/question/command-options.js';
import { toGraphQuestion } from '../../src/question/graph-question.js';
import { parsePattern } from '../../src/question/pattern.js';
import { defaultValues, readObject, readTyped } from '../../src/question/read-options.js';

const typed = (command: 'backrefs' | 'types' | 'growth' | 'lprun', given: object) =>
  readTyped(optionsOf(command, 'shell'), new Map(Object.entries(given)));
const object = (given: unknown) => readObject(optionsOf('backrefs', 'heap'), given);

describe('typed options', () => {
  test('are read like those of a program', () => {
    const texts = { depth: ['2'], weak: [true], hide: ['A', '/b/i'], cut: ['A->B'], title: ['T'] };
    const values = { depth: 2, weak: true, hide: ['A', /b/i], cut: 'A->B', title: 'T' };
    expect(typed('backrefs', texts)).toEqual(object(values));
  });

  test.each([
    ['types', { limit: ['all'] }, { limit: Number.POSITIVE_INFINITY }],
    ['types', { filter: ['/x/i'] }, { filter: { text: '/x/i', expression: /x/i } }],
    ['types', { filter: ['x'] }, { filter: { text: 'x', expression: null } }],
    ['types', { failOn: ['Foo > 2kB'] }, { failOn: [limit('Foo > 2kB', 'Foo', 2000)] }],
    ['backrefs', { maxMemory: ['1.5 GiB'] }, { maxMemory: 1.5 * 2 ** 30 }],
    ['backrefs', { when: ['5s'] }, { when: { kind: 'after', ms: 5000 } }],
    ['backrefs', { timeout: ['2m'] }, { timeout: 120_000 }],
    ['growth', { every: ['0.5s'] }, { every: 500 }],
    ['lprun', { unit: ['1e-3'] }, { unit: 1e-3 }],
    ['backrefs', { group: [true, false] }, { group: false }],
  ] as const)('%s %o', (command, given, expected) => {
    expect(typed(command, given)).toMatchObject(expected);
  });

  test('can be given once, unless they make a list', () => {
    const twice = () => typed('backrefs', { depth: ['1', '2'] });
    expect(twice).toThrow('depth is given 2 times; give it once');
  });
});

describe('options of a program', () => {
  test('are not given if undefined', () => {
    expect(object({ depth: undefined, hide: undefined, out: undefined })).toEqual(defaultValues());
  });

  test('are named as in the program', () => {
    expect(() => object({ fanIn: 0 })).toThrow('fanIn "0" is not a whole number from 1 up');
    expect(() => object({ cut: 'nope' })).toThrow('cut "nope" is not a reference');
  });

  test('are plain data once they are read: they pass from thread to thread', () => {
    const values = object({ hide: /a/, cut: 'A->/b/', out: 'x.png', nth: 3 });
    expect(structuredClone(values)).toEqual(values);
    const asked = {
      command: 'backrefs',
      targets: [],
      outputs: [],
      cwd: '/',
      spelling: 'names',
    } as const;
    const question = toGraphQuestion(values, asked);
    expect(structuredClone(question)).toEqual(question);
    expect(question.walk.hide).toEqual([parsePattern('/a/')]);
  });
});

describe('the preparation of a heap', () => {
  test.each([
    [{}, 'walk', false],
    [{ retained: true }, 'dominators', true],
    [{ largest: true }, 'dominators', true],
    // without some references the sizes differ
    [{ retained: true, cut: 'A->B' }, 'walk', true],
    [{ largest: true, cut: 'A->B' }, 'dominators', true],
  ])('%o: %s', (given, preparation, sizes) => {
    const asked = {
      command: 'backrefs',
      targets: [],
      outputs: [],
      cwd: '/',
      spelling: 'names',
    } as const;
    const question = toGraphQuestion(object(given), asked);
    expect([preparationFor(question), needsSizes(question)]).toEqual([preparation, sizes]);
  });
});

function limit(text: string, className: string, most: number) {
  return { text, className, most, isSize: true };
}
