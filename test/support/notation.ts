import type { SubgraphEdge, SubgraphNode } from '../../src/collect/picture/subgraph.js';
import type { Key, Meaning, NodeMeaning } from '../../src/engine/meaning.js';
import { labelOf } from '../../src/words/labels.js';

/** Meanings without further data. */
const PLAIN_KINDS = [
  'prototype',
  'bound-this',
  'bound-function',
  'proxy-target',
  'proxy-handler',
  'string-parent',
  'bytes',
  'unnamed-property',
  'property-name',
  'block-variable',
  'captured',
  'promise-to-settle',
  'scope',
  'outer-scope',
  'map-key',
  'set-member',
  'weakset-member',
  'weakmap-entry',
  'still-to-iterate',
  'array-iterator',
  'promise-result',
  'then-callback',
  'then-result',
  'then-context',
  'request-promise',
  'request-argument',
  'microtask',
  'microtask-promise',
  'microtask-argument',
  'async-store',
  'async-context',
  'immediate',
  'next-tick-callback',
  'next-tick-argument',
  'page-listener',
  'page-timer',
  'page-callback',
  'held-value',
  'cleanup-callback',
  'captured-stack',
  'weakref-kept',
  'cpp-reference',
  'dom-link',
  'javascript-object',
  'native-object',
  'unnamed',
] as const;

const PLAIN: ReadonlyMap<string, Meaning> = new Map(
  PLAIN_KINDS.map((kind): [string, Meaning] => {
    const meaning = { kind } as Meaning;
    return [labelOf(meaning), meaning];
  }),
);

type Rule = readonly [RegExp, (...groups: string[]) => Meaning];

/** Rules that turn labels back into meanings, for tests that draw their pictures by hand. */
const RULES: readonly Rule[] = [
  [/^\[\*\]$/, () => ({ kind: 'element', index: null })],
  [/^\[(\d+)\]$/, (index) => ({ kind: 'element', index })],
  [/^\.\*$/, () => ({ kind: 'property', name: null })],
  [/^\.(.+)$/s, (name) => ({ kind: 'property', name })],
  [/^\[Symbol\((.*)\)\]$/s, (description) => ({ kind: 'symbol-property', description })],
  [/^\[(".*")\]$/s, (name) => ({ kind: 'property', name: unquoted(name) })],
  [/^([gs]et) (\S+)\(\)$/, accessor],
  [/^Map\[(.*)\] →$/s, (key) => ({ kind: 'map-value', key: keyFrom(key) })],
  [/^store of (.*)$/s, (key) => ({ kind: 'store', key: keyFrom(key) })],
  [
    /^WeakMap value of (.*) @(\d+)$/s,
    (key, id) => ({ kind: 'weakmap-value', key, id: Number(id) }),
  ],
  [/^bound arg (\d+)$/, (index) => ({ kind: 'bound-argument', index })],
  [/^(first|second) half$/, (half) => ({ kind: 'string-half', half: half as 'first' })],
  [/^awaited by async (.*)\(\)$/s, (of) => ({ kind: 'awaited', function: of })],
  [/^promise of async (.*)\(\)$/s, (of) => ({ kind: 'async-promise', function: of })],
  [/^resumes async (.*)\(\)$/s, (of) => ({ kind: 'resumes', function: of })],
  [/^local of suspended async (.*)\(\)$/s, (of) => suspended(of, true)],
  [/^local of suspended (.*)\(\)$/s, (of) => suspended(of, false)],
  [/^local (.*) in (.*)\(\)$/s, (name, of) => ({ kind: 'local', name, function: of })],
  [/^listener (.*) \(once\)$/s, (event) => listener(event, true)],
  [/^listener (.*)$/s, (event) => listener(event, false)],
  [/^timer (.*) ms$/s, (delay) => ({ kind: 'timer', delay, repeats: false })],
  [/^interval (.*) ms$/s, (delay) => ({ kind: 'timer', delay, repeats: true })],
  [/^export (.+?) of (.*)$/s, (name, file) => ({ kind: 'export', name, file })],
  [/^stack( \(temporary\))?$/, (is) => ({ kind: 'stack', temporary: is !== undefined })],
  [/^C\+\+ handle (.*)$/s, (name) => ({ kind: 'cpp-handle', name })],
  [/^C\+\+ handle$/, () => ({ kind: 'cpp-handle', name: null })],
  [/^one of \{(.*?)(, …)?\}$/s, (names, more) => oneOf(names, more !== undefined)],
  [/^private methods of (.*)$/s, (name) => ({ kind: 'private-methods', class: name })],
  [/^\{internal\}$/, () => ({ kind: 'internal', name: null })],
  [/^\{(.*)\}$/s, (name) => ({ kind: 'internal', name })],
];

/** The meaning of a reference with such a label; for a paused module, of a variable. */
export function meaningFrom({
  from,
  label,
  type,
  count = 1,
}: Pick<SubgraphEdge, 'from' | 'label' | 'type' | 'count'>): Meaning {
  if (label === 'Map["*"] →' && count > 1) return { kind: 'map-value', key: { type: 'any-text' } };
  const plain = type === 'context' ? undefined : PLAIN.get(label);
  if (plain !== undefined) return plain;
  if (label === '.__proto__') return { kind: 'prototype' };
  for (const [pattern, toMeaning] of RULES) {
    const match = pattern.exec(label);
    if (match !== null) return toMeaning(...match.slice(1));
  }
  if (from.startsWith('frame:')) return { kind: 'local', name: label, function: null };
  return { kind: 'variable', name: label };
}

/** The meaning of a node with such a label; undefined for a label other than a name and id. */
export function nodeMeaningFrom({
  id,
  label,
  type,
  role,
}: Pick<SubgraphNode, 'id' | 'label' | 'type' | 'role'>): NodeMeaning | undefined {
  if (role === 'more') return { kind: 'omitted', reason: 'limit' };
  if (label === 'globalThis') return { kind: 'global' };
  if (label === 'GC root') return { kind: 'gc-root' };
  if (label === 'timers') return { kind: 'runtime', part: 'timers' };
  if (type === 'frame') return frameFrom(label);
  if (type === 'module') return moduleFrom(label);
  if (type === 'root') return { kind: 'root-group', name: label };
  const many = /^(.*) x [\d,]+$/s.exec(label);
  if (many !== null) return { kind: 'object', name: many[1] };
  if (!label.endsWith(` ${id}`)) return undefined;
  const title = label.slice(0, -id.length - 1);
  if (type === 'closure') return functionFrom(title);
  const scope = /^scope of (.*)\(\)$/s.exec(title);
  if (scope !== null) return { kind: 'scope', of: scope[1] };
  return { kind: 'object', name: title };
}

function frameFrom(label: string): NodeMeaning {
  const [, words, line] = /^(.*?)(?::(\d+))?$/s.exec(label) ?? [];
  const call = /^(.*?)\(\) (.*)$/s.exec(words);
  const place = { kind: 'frame', line: Number(line ?? 0) } as const;
  if (call !== null) return { ...place, function: call[1], file: call[2] };
  return { ...place, function: null, file: words.replace(/^module /, '') };
}

function moduleFrom(label: string): NodeMeaning {
  if (label === 'top-level let, const and class') return { kind: 'top-level' };
  return { kind: 'module', file: /^module (.+)$/s.exec(label)?.[1] ?? null };
}

function functionFrom(title: string): NodeMeaning {
  const name = title.replace(/\(\)$/, '');
  return { kind: 'function', name: name === 'anonymous function' ? null : name };
}

function keyFrom(text: string): Key {
  if (text === '*') return { type: 'any' };
  if (text === 'primitive') return { type: 'primitive' };
  if (text.startsWith('"')) return { type: 'text', text: unquoted(text) };
  const symbol = /^Symbol\((.*)\)$/s.exec(text);
  if (symbol !== null) return { type: 'symbol', description: symbol[1] };
  const object = /^(.*) @(\d+)$/s.exec(text);
  if (object === null) return { type: 'number', value: text };
  return { type: 'object', name: object[1], id: Number(object[2]) };
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(1, -1);
  }
}

function accessor(kind: string, name: string): Meaning {
  return {
    kind: 'accessor',
    accessor: kind === 'get' ? 'get' : 'set',
    of: { kind: 'property', name },
  };
}

function suspended(of: string, isAsync: boolean): Meaning {
  return { kind: 'suspended-local', name: null, function: of, async: isAsync };
}

function listener(event: string, once: boolean): Meaning {
  return { kind: 'listener', event: keyFrom(event), once };
}

function oneOf(names: string, more: boolean): Meaning {
  return { kind: 'one-of', names: names.split(', '), more };
}
