import { describe, expect, test } from 'vitest';
import { keepDeclarations } from '../../src/prompt/keep-declarations.js';

describe('a measured statement without its declarations', () => {
  test.each([
    ['a constant', 'const r = f()', 'void (r = f())', ['r']],
    ['a variable without a value', 'let a', 'void (a = undefined)', ['a']],
    ['what was there already, without a value', 'var a', 'void (a = a)', ['var a']],
    [
      'several and patterns',
      'const a = 1, {b, c: [d], ...e} = f()',
      'void (a = 1, {b, c: [d], ...e} = f())',
      ['a', 'b', 'd', 'e'],
    ],
    ['defaults in patterns', 'let [a = 1] = []', 'void ([a = 1] = [])', ['a']],
    ['a class', 'class A {}', 'A = class A {};', ['A']],
    [
      'a function, which is there from the start',
      'g(); function g() {}',
      'this["g"] = g; g(); function g() {}',
      ['var g'],
    ],
    ['a line before without a semicolon', 'f()\nconst a = 1', 'f()\nvoid (a = 1)', ['a']],
    [
      'in a branch',
      'if (q) var z = 1; else var w = 2',
      'if (q) void (z = 1); else void (w = 2)',
      ['var z', 'var w'],
    ],
    [
      'in the header of a loop',
      'for (var i = 0; i < 3; i++) f(i)',
      'for (i = 0; i < 3; i++) f(i)',
      ['var i'],
    ],
    ['of the turns of a loop', 'for (var [k] of m) f(k)', 'for ([k] of m) f(k)', ['var k']],
    ['none', 'f(3)', 'f(3)', []],
    [
      'in blocks and functions only',
      'for (const x of y) { let z } (() => { var v })()',
      'for (const x of y) { let z } (() => { var v })()',
      [],
    ],
  ])('%s', (_, code, body, names) => {
    const kept = keepDeclarations(code);
    expect(kept?.body).toBe(body);
    expect(kept?.names.map(({ name, isGlobal }) => (isGlobal ? `var ${name}` : name))).toEqual(
      names,
    );
  });

  test('no JavaScript', () => {
    expect(keepDeclarations('const x =')).toBeNull();
  });

  test('does what the statement does', async () => {
    const code =
      'const a = await 1, [b] = [2]; var c = a + b; function d() { return c } class E {}';
    const { body = '', names = [] } = keepDeclarations(code) ?? {};
    const list = names.map(({ name }) => name).join(', ');
    const run = new Function(`let ${list}; return (async () => {${body}})().then(() => [${list}])`);
    const [a, b, c, , E] = await run.call({});
    expect([a, b, c, E.name]).toEqual([1, 2, 3, 'E']);
  });
});
