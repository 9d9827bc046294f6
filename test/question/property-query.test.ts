import { describe, expect, test } from 'vitest';
import { parsePropertyQuery, writePropertyQuery } from '../../src/question/property-query.js';

describe('a query for properties', () => {
  test.each([
    ['{level, message}', ['level', 'message'], true],
    ['{level,message}', ['level', 'message'], true],
    ['{"a,b", "say \\"c\\"", <symbol d>}', ['a,b', 'say "c"', '<symbol d>'], true],
    ['{type, imports, na…', ['type', 'imports'], true],
    ['has:level', ['level'], false],
    ['has:level, done', ['level', 'done'], false],
  ])('%s', (text, names, isPlain) => {
    expect(parsePropertyQuery(text)).toEqual({ names, isPlain });
  });

  test.each(['{}', '{ }', '{', '{a', 'a, b}', 'has:', 'has:,', 'Foo', '/{a}/'])(
    '%j is not one',
    (text) => {
      expect(parsePropertyQuery(text)).toBeNull();
    },
  );

  test('is written as a target', () => {
    expect(writePropertyQuery({ names: ['a', 'b'], isPlain: true })).toBe('class:{a, b}');
    expect(writePropertyQuery({ names: ['a', 'b'], isPlain: false })).toBe('has:a,b');
  });
});
