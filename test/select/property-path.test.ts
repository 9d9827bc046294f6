import { describe, expect, it } from 'vitest';
import { parsePropertyPath } from '../../src/select/property-path.js';

describe('parsePropertyPath', () => {
  it.each([
    ['x', 'x', []],
    ['a.b.c', 'a', ['b', 'c']],
    ['a[0]', 'a', ['0']],
    ['cache.entries[12].value', 'cache', ['entries', '12', 'value']],
    ['app["a b"].c', 'app', ['a b', 'c']],
    ["app['a b'].c", 'app', ['a b', 'c']],
    ['m["key"]', 'm', ['key']],
    ['o[""]', 'o', ['']],
    ['o["say \\"hi\\""]', 'o', ['say "hi"']],
    ['o[\'say "hi"\']', 'o', ['say "hi"']],
    ['o[\'say \\"hi\\"\']', 'o', ['say "hi"']],
    ["o['it\\'s']", 'o', ["it's"]],
    ["o['back\\\\']", 'o', ['back\\']],
    ["o['back\\\\\"']", 'o', ['back\\"']],
    ['o["tab\\t\\u00e9"]', 'o', ['tab\té']],
    ["o['line\\nbreak']", 'o', ['line\nbreak']],
    ['o["]"].x', 'o', [']', 'x']],
    ['$._', '$', ['_']],
    ['größe.ß', 'größe', ['ß']],
    ['this.x', 'this', ['x']],
    ['o.#secret', 'o', ['#secret']],
    ['o.__proto__.constructor', 'o', ['__proto__', 'constructor']],
    ['__proto__', '__proto__', []],
    ['o["\u{1f600}"]', 'o', ['\u{1f600}']],
  ])('reads %s', (text, name, steps) => {
    expect(parsePropertyPath(text)).toEqual({ name, steps });
  });

  it.each([
    '',
    '1',
    '.a',
    'a.',
    'a..b',
    'a b',
    'a[b]',
    'a[-1]',
    'a[0',
    'a["b]',
    'a["b\\q"]',
    "a['b\\q']",
    'f()',
    'a + b',
    'a?.b',
    ' a',
  ])('leaves %j to others', (text) => {
    expect(parsePropertyPath(text)).toBeNull();
  });
});
