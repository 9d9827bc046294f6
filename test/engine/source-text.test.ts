import { describe, expect, it } from 'vitest';
import { isInsideFunction, isOutsideFunctions } from '../../src/engine/roots/source-text.js';

/** Asks about the place of the mark `@` in a text. */
function ask(marked: string, question = isOutsideFunctions): boolean {
  const before = marked.slice(0, marked.indexOf('@')).split('\n');
  const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return question(marked.replace('@', ''), place);
}

describe('a place in a source text', () => {
  it.each([
    ['@class Row {}'],
    ['function a() { return "}"; }\nfunction load@(n) {}'],
    ['const a = /[/{]/;\nlist.map(@(x) => x);'],
    ['const a = { b: 1 }, c = `{`; // {\n/* { */ on("x", @() => a);'],
    ['const f = (x) => x, g = @(y) => y;'],
    ['#!/usr/bin/env node {\nrun(@() => 1);'],
    ['const half = n / 2 / 3;\nrun(@() => half);'],
  ])('is outside of all functions: %s', (text) => {
    expect(ask(text)).toBe(true);
  });

  it.each([
    ['is in a function', '(function () { on(@() => 1); })();'],
    ['may be in a function', 'if (x) { on(@() => 1); }'],
    ['is in an arrow function without braces', 'run((x) => on(@() => x));'],
    ['is in the parameters of a function', '(function (a = @() => 1) {})();'],
    ['comes after a template with expressions', `const a = \`\${b}\`;\non(@() => 1);`],
    ['comes after what may be a division', 'if (x) /{/.test(y);\non(@() => 1);'],
    ['is in a string', 'const a = "on(@() => 1)";'],
    ['comes after a bracket too many', ')))\non(@() => 1);'],
  ])('is not certainly outside when it %s', (_, text) => {
    expect(ask(text)).toBe(false);
  });

  it.each([
    ['(function () { on(@() => 1); })();'],
    ['!function (root, make) { on(@() => 1); }(this);'],
    ['(async function* run(a, b = ")") { if (a) { on(@() => 1); } })();'],
    ['const a = (() => { on(@() => 1); })();'],
    ['run((x) => on(@() => x));'],
  ])('is inside a function: %s', (text) => {
    expect(ask(text, isInsideFunction)).toBe(true);
  });

  it.each([
    ['on(@() => 1);'],
    ['if (x) { on(@() => 1); }'],
    ['function a() { return 1; }\n{ on(@() => 1); }'],
    ['const a = (x) => x;\non(@() => a);'],
    ['for (const a of b()) { on(@() => a); }'],
    ['const a = "function () {";\non(@() => a);'],
    [`const a = \`\${b}\`;\n(function () { on(@() => 1); })();`],
  ])('is not certainly inside one: %s', (text) => {
    expect(ask(text, isInsideFunction)).toBe(false);
  });

  it('is not certainly outside beyond the text', () => {
    expect(isOutsideFunctions('a;\n', { line: 7, column: 1 })).toBe(false);
    expect(isOutsideFunctions('a;', { line: 1, column: 80 })).toBe(false);
  });
});
