import { expect, it } from 'vitest';
import type { Meaning } from '../../src/engine/meaning.js';
import { changeMeaning, meaningKey, namesIn } from '../../src/engine/meaning-texts.js';
import { labelOf } from '../../src/words/labels.js';
import { nodeLabel, nodeName } from '../../src/words/node-labels.js';
import { openShapeOf, shapeOf } from '../../src/words/shapes.js';

const text = (value: string) => ({ type: 'text', text: value }) as const;

const MEANINGS: readonly (readonly [Meaning, string, string])[] = [
  [{ kind: 'property', name: 'a' }, '.a', '.*'],
  [{ kind: 'property', name: 'a b' }, '["a b"]', '.*'],
  [{ kind: 'property', name: '#p' }, '.#p', '.*'],
  [{ kind: 'property', name: '' }, '[""]', '.*'],
  [{ kind: 'prototype' }, '.__proto__', '.*'],
  [{ kind: 'symbol-property', description: 'd' }, '[Symbol(d)]', '[Symbol(d)]'],
  [{ kind: 'element', index: '3' }, '[3]', '[*]'],
  [{ kind: 'internal', name: '18' }, '{18}', '{*}'],
  [{ kind: 'internal', name: 'table' }, '{table}', '{table}'],
  [{ kind: 'map-value', key: text('a "b"') }, 'Map["a \\"b\\""] →', 'Map["*"] →'],
  [{ kind: 'map-value', key: { type: 'primitive' } }, 'Map[primitive] →', 'Map[*] →'],
  [{ kind: 'map-value', key: { type: 'object', name: 'K', id: 5 } }, 'Map[K @5] →', 'Map[*] →'],
  [{ kind: 'map-value', key: { type: 'function', name: 'f', id: 5 } }, 'Map[f() @5] →', 'Map[*] →'],
  [{ kind: 'map-value', key: { type: 'number', value: null } }, 'Map[number] →', 'Map[*] →'],
  [{ kind: 'store', key: { type: 'object', name: 'S', id: 5 } }, 'store of S @5', 'store of S'],
  [{ kind: 'weakmap-value', key: 'K', id: 5 }, 'WeakMap value of K @5', 'WeakMap value of K'],
  [
    { kind: 'listener', event: text('end'), once: true },
    'listener "end" (once)',
    'listener "end" (once)',
  ],
  [{ kind: 'timer', delay: '50', repeats: true }, 'interval 50 ms', 'interval 50 ms'],
  [{ kind: 'variable', name: 'x' }, 'x', 'x'],
  [
    { kind: 'local', name: 'x', function: '' },
    'local x in (anonymous)()',
    'local x in (anonymous)()',
  ],
];

it.each(MEANINGS)('%j is labelled %s, and %s with its key left open', (meaning, label, open) => {
  expect(labelOf(meaning)).toBe(label);
  expect(labelOf(openShapeOf(meaning))).toBe(open);
  // an open meaning has nothing left to open
  expect(openShapeOf(openShapeOf(meaning))).toEqual(openShapeOf(meaning));
  expect(shapeOf(shapeOf(meaning))).toEqual(shapeOf(meaning));
});

it('meanings of different labels have different keys', () => {
  const keys = new Set(MEANINGS.map(([meaning]) => meaningKey(meaning)));
  expect(keys.size).toBe(MEANINGS.length);
});

it('every text of the heap is changed, whatever the kind, and none of our own words', () => {
  const change = { text: (one: string) => `<${one}>`, file: (one: string) => `file ${one}` };
  const changed = MEANINGS.map(([meaning]) => changeMeaning(meaning, change));
  for (const [index, meaning] of changed.entries()) {
    expect(meaning.kind).toBe(MEANINGS[index]?.[0].kind);
  }
  const listener = { kind: 'listener', event: text('end'), once: true } as const;
  expect(changeMeaning(listener, change).event).toEqual(text('<end>'));
  const exported = { kind: 'export', name: 'x', file: 'm.mjs' } as const;
  expect(changeMeaning(exported, change)).toEqual({
    kind: 'export',
    name: '<x>',
    file: 'file m.mjs',
  });
  const oneOf = { kind: 'one-of', names: ['a', 'b'], more: true } as const;
  expect(changeMeaning(oneOf, change).names).toEqual(['<a>', '<b>']);
});

it('a reference gives the names under which a secret may be held', () => {
  expect(namesIn({ kind: 'property', name: 'password' })).toEqual(['password']);
  expect(namesIn({ kind: 'map-value', key: text('token') })).toEqual(['token']);
  expect(namesIn({ kind: 'local', name: 'pin', function: 'getToken' })).toEqual(['pin']);
  expect(namesIn({ kind: 'export', name: 'apiKey', file: 'token.mjs' })).toEqual(['apiKey']);
  expect(namesIn({ kind: 'element', index: '3' })).toEqual([]);
  expect(namesIn({ kind: 'weakmap-value', key: 'Token', id: 5 })).toEqual([]);
});

it.each([
  [{ kind: 'object', name: 'Foo' }, 'Foo', 'Foo @5'],
  [{ kind: 'function', name: 'f' }, 'f', 'f() @5'],
  [{ kind: 'function', name: null }, 'anonymous function', 'anonymous function @5'],
  [{ kind: 'scope', of: 'f' }, 'scope of f', 'scope of f() @5'],
  [{ kind: 'module', file: 'a.js' }, 'module a.js', 'module a.js'],
  [{ kind: 'runtime', part: 'next-tick' }, 'process.nextTick queue', 'process.nextTick queue'],
  [{ kind: 'root-group', name: '(Stack roots)' }, 'stack', 'stack'],
  [
    { kind: 'frame', function: '', file: 'a.js', line: 3 },
    '(anonymous)() a.js',
    '(anonymous)() a.js:3',
  ],
  [{ kind: 'frame', function: null, file: 'a.js', line: 3 }, 'module a.js', 'module a.js:3'],
] as const)('%j is called %s, and drawn as %s', (is, name, label) => {
  expect(nodeName(is)).toBe(name);
  expect(nodeLabel(is, '@5')).toBe(label);
});

it('several objects have a count instead of an id', () => {
  expect(nodeLabel({ kind: 'object', name: 'Foo' }, 'many:@5', 1204)).toBe('Foo x 1,204');
});
