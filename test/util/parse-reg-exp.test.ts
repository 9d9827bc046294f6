import { describe, expect, it } from 'vitest';
import { ShowBackrefError } from '../../src/errors.js';
import { parseRegExp } from '../../src/util/parse-reg-exp.js';

describe('a text between slashes', () => {
  it.each([
    ['/a/', 'a', ''],
    ['/a/i', 'a', 'i'],
    ['/a/su', 'a', 'su'],
    ['/a\\/b/', 'a\\/b', ''],
    ['/a/b/', 'a\\/b', ''],
    ['///', '\\/', ''],
    ['/a\nb/', 'a\\nb', ''],
    // with g or y, a match would depend on the one before it
    ['/a/gi', 'a', 'i'],
    ['/a/y', 'a', ''],
  ])('%j is the expression %s with the flags "%s"', (text, source, flags) => {
    const parsed = parseRegExp(text);
    expect([parsed?.source, parsed?.flags]).toEqual([source, flags]);
  });

  it.each(['', 'a', '/', '//', '/a', 'a/', 'x/a/', '/a/I', '/a/ ', ' /a/', '/app/index.js'])(
    '%j is not one',
    (text) => {
      expect(parseRegExp(text)).toBeNull();
    },
  );
});

describe('a broken expression', () => {
  it.each(['/(/', '/[/', '/*/', '/a/x', '/a/ii', '/\\/u'])('%s is a usage error', (text) => {
    const parse = () => parseRegExp(text);
    expect(parse).toThrow(ShowBackrefError);
    expect(parse).toThrow(`"${text}" is not a regular expression: `);
    expect(parse).not.toThrow(/Invalid regular expression: .*Invalid/);
  });

  it('keeps code and cause', () => {
    const failure = (() => {
      try {
        return parseRegExp('/(/');
      } catch (error) {
        return error as ShowBackrefError;
      }
    })() as ShowBackrefError;
    expect(failure.code).toBe('USAGE');
    expect(failure.cause).toBeInstanceOf(SyntaxError);
    expect(failure.message).toBe('"/(/" is not a regular expression: /(/: Unterminated group');
  });
});
