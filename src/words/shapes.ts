import type { Key, Meaning } from '../engine/meaning.js';
import { type MeaningTable, wordsFor } from './meaning-table.js';

/**
 * The common part of similar references: indexes, keys and ids are left open, so that `[3]` becomes
 * `[*]`, and `Map["k"] →` becomes `Map["*"] →`.
 */
export function shapeOf(meaning: Meaning): Meaning {
  return wordsFor(SHAPES, meaning);
}

/** As `shapeOf`, with the names of properties left open, too: for an object used as a table. */
export function openShapeOf(meaning: Meaning): Meaning {
  if (meaning.kind === 'property' || meaning.kind === 'prototype') return ANY_PROPERTY;
  return shapeOf(meaning);
}

const ANY_PROPERTY: Meaning = { kind: 'property', name: null };
const ANY_ELEMENT: Meaning = { kind: 'element', index: null };
const same = (meaning: Meaning): Meaning => meaning;

const SHAPES = {
  property: same,
  'symbol-property': same,
  prototype: same,
  accessor: same,
  'private-methods': same,
  element: () => ANY_ELEMENT,
  'bound-this': same,
  'bound-function': same,
  'bound-argument': same,
  'proxy-target': same,
  'proxy-handler': same,
  'string-half': same,
  'string-parent': same,
  bytes: same,
  'unnamed-property': same,
  'property-name': same,

  variable: same,
  local: same,
  'suspended-local': same,
  'one-of': same,
  'block-variable': same,
  captured: same,
  'promise-to-settle': same,
  scope: same,
  'outer-scope': same,
  export: same,

  'map-value': ({ key }) => ({ kind: 'map-value', key: anyKeyLike(key) }),
  'map-key': same,
  'set-member': same,
  'weakset-member': same,
  'weakmap-entry': same,
  'weakmap-value': ({ key }) => ({ kind: 'weakmap-value', key, id: null }),
  'still-to-iterate': same,
  'array-iterator': same,

  'promise-result': same,
  'then-callback': same,
  'then-result': same,
  'then-context': same,
  awaited: same,
  'async-promise': same,
  'request-promise': same,
  'request-argument': same,
  microtask: same,
  'microtask-promise': same,
  'microtask-argument': same,
  resumes: same,
  'async-store': same,
  'async-context': same,
  store: ({ key }) => ({ kind: 'store', key: 'id' in key ? { ...key, id: null } : key }),

  listener: same,
  timer: same,
  immediate: same,
  'next-tick-callback': same,
  'next-tick-argument': same,
  'page-listener': same,
  'page-timer': same,
  'page-callback': same,
  'held-value': same,
  'cleanup-callback': same,

  stack: same,
  'captured-stack': same,
  'weakref-kept': same,
  printed: same,
  'cpp-handle': same,
  'cpp-reference': same,
  'dom-link': same,
  'javascript-object': same,
  'native-object': same,
  internal: ({ name }) => {
    return { kind: 'internal', name: name !== null && isNumber(name) ? '*' : name };
  },
  weak: same,
  excess: same,
  unnamed: same,
} satisfies MeaningTable<[], Meaning>;

function anyKeyLike({ type }: Key): Key {
  return { type: type === 'text' || type === 'any-text' ? 'any-text' : 'any' };
}

function isNumber(name: string): boolean {
  return /^\d+$/.test(name);
}
