import { describe, expect, it } from 'vitest';
import { ShowBackrefError } from '../../src/errors.js';
import { expressionOf, parseTarget } from '../../src/question/target.js';

describe('parseTarget', () => {
  it.each([
    ['@123', { kind: 'id', id: 123 }],
    ['@0', { kind: 'id', id: 0 }],
    ['class:Foo', { kind: 'class', match: 'Foo' }],
    ['class:/^Foo$/i', { kind: 'class', match: /^Foo$/i }],
    ['class:{a, b}', { kind: 'properties', query: { names: ['a', 'b'], isPlain: true } }],
    ['has:a,b', { kind: 'properties', query: { names: ['a', 'b'], isPlain: false } }],
    ['has:', { kind: 'name', path: 'has:' }],
    ['{a, b}', { kind: 'name', path: '{a, b}' }],
    ['Session @12', { kind: 'id', id: 12 }],
    ['class:main() @7', { kind: 'id', id: 7 }],
    ['"user @12"', { kind: 'name', path: '"user @12"' }],
    ['string:user @12', { kind: 'string', match: 'user @12' }],
    ['class:Item@a.js:1', { kind: 'class', match: 'Item@a.js:1' }],
    ['class:a:b', { kind: 'class', match: 'a:b' }],
    ['class:__proto__', { kind: 'class', match: '__proto__' }],
    ['fn:main', { kind: 'function', match: 'main' }],
    ['fn:/on[A-Z]/', { kind: 'function', match: /on[A-Z]/ }],
    ['string:two words', { kind: 'string', match: 'two words' }],
    ['string:/a\nb/', { kind: 'string', match: /a\nb/ }],
    ['string:/unfinished', { kind: 'string', match: '/unfinished' }],
    ['var:x', { kind: 'variable', path: 'x' }],
    ['var:largest', { kind: 'variable', path: 'largest' }],
    ['global:x.y', { kind: 'global', path: 'x.y' }],
    ['largest', { kind: 'largest' }],
    ['detached', { kind: 'detached' }],
    ['x', { kind: 'name', path: 'x' }],
    ['app["a b"].c', { kind: 'name', path: 'app["a b"].c' }],
    ['@12a', { kind: 'name', path: '@12a' }],
    ['class:', { kind: 'name', path: 'class:' }],
    ['Class:Foo', { kind: 'name', path: 'Class:Foo' }],
    ['constructor:x', { kind: 'name', path: 'constructor:x' }],
    ['constructor', { kind: 'name', path: 'constructor' }],
    ['__proto__', { kind: 'name', path: '__proto__' }],
  ])('reads %j', (text, expected) => {
    expect(parseTarget(text)).toEqual({ text, ...expected });
  });

  it('forgets the flags that would make a match depend on the one before', () => {
    expect(parseTarget('string:/a/gy')).toMatchObject({ match: /a/ });
  });

  it.each(['', '  ', '\n'])('refuses the empty target %j', (text) => {
    expect(() => parseTarget(text)).toThrow('target is empty; name an object such as x or @123');
  });

  it('refuses a broken regular expression, saying what is wrong with it', () => {
    const parse = () => parseTarget('class:/(/');
    expect(parse).toThrow(ShowBackrefError);
    expect(parse).toThrow(/^"\/\(\/" is not a regular expression: \/\(\/: Unterminated group$/);
  });
});

describe('expressionOf', () => {
  it.each([
    ['x.y', 'x.y'],
    ['var:x', 'x'],
    ['global:x', null],
    ['@1', null],
    ['class:Foo', null],
    ['largest', null],
  ])('for %j is %j', (text, expected) => {
    expect(expressionOf(parseTarget(text))).toBe(expected);
  });
});
