import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLine, splitFile } from '../../src/prompt/read-line.js';
import { toArguments, toValues } from '../../src/prompt/typed-option.js';
import { parsePattern } from '../../src/question/pattern.js';

describe('options of a command', () => {
  test.each([
    ['none', 'cache.get("a b")', 'cache.get("a b")', {}],
    ['after the expression', 'x --depth 2 --retained', 'x', { depth: 2, retained: true }],
    ['before it', '--depth=2 --no-to-roots x.y', 'x.y', { depth: 2, toRoots: false }],
    ['before the file', 'x --fan-in 3 /tmp/x.png', 'x /tmp/x.png', { fanIn: 3 }],
    [
      'in quotes',
      `x --title "Who's there" --hide 'a b'`,
      'x',
      { title: "Who's there", hide: [parsePattern('a b')] },
    ],
    [
      'given twice',
      'x --hide A --hide B --hide C',
      'x',
      { hide: ['A', 'B', 'C'].map(parsePattern) },
    ],
    ['not in texts of the expression', 'm.get("x --depth 2")', 'm.get("x --depth 2")', {}],
    ['not in brackets', 'f(a --b)', 'f(a --b)', {}],
  ])('%s', (_, text, words, options) => {
    const line = readLine('backrefs', text);
    expect(line.words).toBe(words);
    expect(toValues('backrefs', line.options)).toMatchObject(options);
  });

  test('a list of classes takes those of lists', () => {
    const { words, options } = readLine('types', '20 --filter /^S/i --sort retained --limit all');
    expect(words).toBe('20');
    expect(toValues('types', options)).toMatchObject({
      filter: { text: '/^S/i', expression: /^S/i },
      sort: 'retained',
      limit: Infinity,
    });
    expect(toArguments(options)).toEqual(['--filter=/^S/i', '--sort=retained', '--limit=all']);
  });

  test.each([
    ['backrefs', 'x --bogus', '--bogus is not an option of .backrefs; use one of --depth, '],
    ['chain', 'x --depth 2', '--depth is not an option of .chain'],
    ['types', '--no-limit', '--no-limit is not an option of .types'],
    ['growth', '--limit', '--limit needs a value'],
  ] as const)('.%s %s is refused', (command, text, message) => {
    expect(() => readLine(command, text)).toThrow(message);
  });
});

describe('the file after an expression', () => {
  test.each([
    ['x /tmp/x.png', 'x', '/tmp/x.png'],
    ['x.y[0] out.HTML', 'x.y[0]', 'out.HTML'],
    ['f(a, b) "/tmp/my file.svg"', 'f(a, b)', '/tmp/my file.svg'],
    ['x ~/x.png', 'x', join(homedir(), 'x.png')],
    ['x ./x.gif', 'x', './x.gif'],
    ['x', 'x', null],
    ['x.png', 'x.png', null],
    ['a / b.png', 'a / b.png', null],
    ['files["a.png"]', 'files["a.png"]', null],
    ['find(files, "a.png")', 'find(files, "a.png")', null],
  ])('%s', (words, expression, file) => {
    expect(splitFile(words)).toEqual({ expression, file });
  });
});
