import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { openScope, type ScriptScope, withoutScope } from '../../src/prompt/script-scope.js';

const KEY = Symbol.for('showbackref.script');

describe('the scope of a script', () => {
  test('its variables can be read and written, including those that begin later', () => {
    const text = `#!/usr/bin/env node
'use strict';
const fs = 1; let count = 2;
function f() { return count }
class C {}
var [v, { w }] = [3, { w: 4 }];
const late = { C };
count += 1;`;
    const { variables } = run(openScope(text, 'script') ?? '');
    expect(Object.keys(variables)).toEqual(['fs', 'count', 'f', 'C', 'v', 'w', 'late']);
    expect(variables.count?.get()).toBe(3);
    variables.count?.set(10);
    const f = variables.f?.get() as () => number;
    expect(f()).toBe(10);
    expect(variables.w?.get()).toBe(4);
    expect(() => variables.fs?.set(0)).toThrow('Assignment to constant variable');
    expect(variables.late?.get()).toHaveProperty('C');
  });

  test('a variable that begins after an error is not there', () => {
    const text = 'const a = 1;\nthrow new Error("on purpose");\nconst b = 2;';
    const { variables } = run(openScope(text, 'script') ?? '');
    expect(variables.a?.get()).toBe(1);
    expect(() => variables.b?.get()).toThrow("Cannot access 'b' before initialization");
  });

  test.each([
    ['const x = 1;\nconst y = 2;\n', 'module'],
    ["'use strict';\nx();\n", 'commonjs'],
    ['import a, { b as c } from "d";\nexport const e = a;', 'module'],
    ['', 'commonjs'],
    ['// nothing but words\n', 'module'],
  ] as const)('no line of %j is moved or lost', (text, kind) => {
    const opened = openScope(text, kind) ?? '';
    expect(opened).toContain('showbackref.script');
    expect(opened.split('\n')).toHaveLength(text.split('\n').length);
    expect(opened.split('\n').map(withoutScope).join('\n')).toBe(text);
    // a second hook leaves it as it is
    expect(openScope(opened, kind)).toBeNull();
  });

  test('names of imports and exports', () => {
    const text =
      'import a, { b as c } from "d"; export const e = 1; export default function f() {}';
    expect(openScope(text, 'module')).toMatch(/"a":.*"c":.*"e":.*"f":/);
  });

  test('a script stays strict, and the first line the shell’s', () => {
    const opened = openScope("#!/usr/bin/env node\n'use strict';\n", 'commonjs');
    expect(opened).toMatch(/^#!\/usr\/bin\/env node\n'use strict';\/\*/);
    expect(openScope('#!/usr/bin/env node\n', 'commonjs')).toMatch(/^#!.*\n\/\*/);
  });

  test('no JavaScript', () => {
    expect(openScope('const x =', 'module')).toBeNull();
  });
});

/** Runs a text as a script of its own realm. */
function run(text: string): ScriptScope {
  const found: ScriptScope[] = [];
  const context = { [KEY]: (scope: ScriptScope) => found.push(scope) };
  const errors: unknown[] = [];
  try {
    runInNewContext(text.replaceAll('Symbol.for("showbackref.script")', 'KEY'), {
      ...context,
      KEY,
      globalThis: context,
    });
  } catch (error) {
    errors.push(error);
  }
  expect(errors.map(String)).toEqual(text.includes('throw') ? ['Error: on purpose'] : []);
  return found[0] as ScriptScope;
}
