import { runInThisContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { CallRecord } from '../../src/lines/meter/call-record.js';
import type { Measure } from '../../src/lines/meter/measure.js';
import { LineRecord } from '../../src/lines/meter/meter.js';
import { timeMeter } from '../../src/lines/meter/time-meter.js';
import { functionsOf } from '../../src/lines/probe/find-functions.js';
import { parseSource } from '../../src/lines/probe/parse-source.js';
import { openRegistry } from '../../src/lines/probe/probe-registry.js';
import { probeFunctions } from '../../src/lines/probe/probed-file.js';

/** Bodies of `function f(log)`, with the number of times each line is reached after `//`. */
const BODIES: readonly (readonly [string, string])[] = [
  ['statements', 'const a = 1; // 1\nlog(a); log(a); // 1\nreturn a; // 1'],
  ['no semicolons', 'let a = 1 // 1\na += 2 // 1\nlog(a) // 1\nreturn a // 1'],
  ['a while loop', 'let i = 0; // 1\nwhile (i < 3) { // 4\n  i++; // 3\n}\nreturn i; // 1'],
  [
    'a for loop',
    'let s = 0; // 1\nfor (let i = 0; i < 3; i++) { // 4\n  s += i; // 3\n}\nlog(s) // 1',
  ],
  ['a for loop left', 'for (let i = 0; ; i++) { // 3\n  if (i == 2) break; // 3\n  log(i) // 2\n}'],
  [
    'nothing in the header',
    'let i = 0; // 1\nfor (/* ; */;;) { // 2\n  if (i++) return i; // 2\n}',
  ],
  ['parentheses', 'let i = 0; // 1\nfor ((i = 1); (i < 3); (i++)) // 3\n  log(i); // 2'],
  ['a do loop', 'let i = 0; // 1\ndo {\n  i++; // 3\n} while (i < 3); // 3'],
  ['a lone do', 'let i = 0 // 1\ndo i++; while (i < 3) // 3\nreturn i // 1'],
  ['for of', 'for (const x of [1, 2]) { // 3\n  log(x); // 2\n}'],
  ['for of, left', 'for (const x of [1, 2, 3]) { // 2\n  if (x == 2) break; // 2\n}'],
  ['for of a pattern', 'for (const { a = 5, b } of [{ b: 1 }]) // 2\n  log(a + b); // 1'],
  ['for in', 'for (const k in { a: 1, b: 2 }) { // 3\n  log(k); // 2\n}'],
  ['for in, left', 'for (var k in { a: 1, b: 2 }) // 1\n  return k; // 1'],
  ['for in of nothing', 'for (const k in null) { // 1\n  log(k);\n}\nreturn 1; // 1'],
  ['for in, sloppy', 'for (var k = 7 in { a: 1 }) // 1\n  log(k); // 1'],
  [
    'for of, continued',
    'for (const x of [1, 2, 3]) { // 4\n  if (x == 1) continue // 3\n  if (x == 2) continue; // 2\n  else log(x); // 1\n}',
  ],
  ['for of nothing', 'for (const x of [1]) {} // 2\nfor (const x of [1]); // 2'],
  [
    'if and else',
    'for (const n of [1, 2, 3, 4]) // 5\n  if (n == 1) log(1); // 4\n  else if (n == 2) // 3\n    log(2); // 1\n  else if (n == 3) { // 2\n    log(3); // 1\n  } else // 0\n    log(4); // 1',
  ],
  ['labels', 'a: for (const x of [1, 2]) { // 3\n  for (;;) { // 2\n    continue a; // 2\n  }\n}'],
  [
    'switch',
    'switch (2) { // 1\n  case 1: log(1);\n  case 2:\n    log(2); // 1\n  default: log(3); // 1\n}',
  ],
  [
    'errors',
    'try { // 1\n  log(1); // 1\n  throw new Error("x"); // 1\n} catch (e) {\n  log(e.message); // 1\n} finally {\n  log(2); // 1\n}',
  ],
  ['a callback', '[1, 2].forEach((x) => { // 1\n  log(x); // 2\n});\nlog(3); // 1'],
  ['a short callback', 'log([1, 2].map((x) => { return x * 2; })[1]); // 1'],
  ['directives', '"use strict"; return this === undefined; // 1'],
  [
    'the comma',
    'let a = 0; // 1\nfor (const x of (a++, [a])) log(x); // 2\nwhile (a--, a > -2) log(a); // 3',
  ],
  [
    'a callback within',
    'log([1].concat([1, 2].map((x) => { // 1\n  return x; // 2\n}))[1]);\nreturn 1 // 1',
  ],
  ['names in use', 'const $line = 3; // 1\nreturn $line; // 1'],
  ['arguments', 'arguments[0](2); // 1\nreturn arguments.length // 1'],
  [
    'classes',
    'class A { // 1\n  x = 1;\n  get y() {\n    return this.x; // 1\n  }\n}\nreturn new A().y; // 1',
  ],
];

describe.each(['time', 'live memory'] as const)('%s: hits, and no other change', (measure) => {
  test.each(BODIES)('%s', (_, body) => {
    const text = `function f(log) {\n${body}\n}`;
    const { hits, run } = probed(text, measure);
    const plain = watch(runInThisContext(`(${text})`));
    expect(watch(run)).toEqual(plain);
    const lines = text.split('\n');
    const expected = lines.map((line) => Number(/\/\/ (\d+)$/.exec(line)?.[1] ?? 0));
    expect(hits()).toEqual(expected);
  });

  test('a value that cannot be iterated fails with the same kind of error', () => {
    const text = 'function f(log) {\n  for (const x of log) {\n    x;\n  }\n}';
    const { run } = probed(text, measure);
    expect(() => (run as (log: unknown) => void)(5)).toThrow(TypeError);
  });

  test('a function whose text allows no probes is refused, the others are measured', () => {
    const text =
      'function f() {\n  function x() {}\n  var x = 1;\n  return x;\n}\nfunction g() {\n  return 1;\n}';
    const program = parseSource(text, 'script');
    const found = functionsOf(program!).filter(({ path }) => path.length === 1);
    let count = 0;
    const { refused, functions } = probeFunctions({ text, file: 'a.js', kind: 'script' }, found, {
      nextId: () => String(++count),
      measure: 'time',
    });
    expect(refused).toEqual(['f']);
    expect(functions.map(({ name }) => name)).toEqual(['g']);
  });
});

type Run = (log: (value: unknown) => void) => unknown;

/** Watches the visible effects of a function. */
function watch(run: Run): { said: unknown[]; result: unknown } {
  const said: unknown[] = [];
  const result = run((value) => said.push(value));
  return { said, result };
}

function probed(text: string, measure: Measure): { hits: () => readonly number[]; run: Run } {
  const registry = openRegistry();
  const program = parseSource(text, 'script');
  const [found] = functionsOf(program!);
  const source = { text, file: 'a.js', kind: 'script' } as const;
  const { functions, text: written } = probeFunctions(source, [found!], {
    nextId: () => registry.nextId(),
    measure,
  });
  const [info] = functions;
  const record = new LineRecord<CallRecord>(info!.id, info!.firstLine, info!.lastLine);
  registry.register(record, timeMeter());
  return { hits: () => [...record.hits], run: runInThisContext(`(${written})`) };
}
