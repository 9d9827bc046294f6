import { expect, it } from 'vitest';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { findDuplicateStrings } from '../../src/stats/duplicate-strings.js';
import { HeapBuilder } from '../support/heap-builder.js';

it('texts with several copies, the most wasteful first; not ropes whose parts are unknown', () => {
  const heap = new HeapBuilder();
  const long = 'x'.repeat(1024);
  const texts: readonly (readonly [string, string, number])[] = [
    ['string', 'twice', 20],
    ['string', 'twice', 24],
    ['string', 'once', 500],
    ['string', 'often', 16],
    ['string', 'often', 16],
    ['string', 'often', 16],
    ['concatenated string', '(concatenated string)', 32],
    ['concatenated string', '(concatenated string)', 32],
    ['object', 'twice', 99],
    ['string', long, 2000],
    ['string', long, 3000],
    ['string', long, 3000],
  ];
  for (const [type, text, size] of texts) heap.node(type, text, { size });
  expect(findDuplicateStrings(heap.facts())).toEqual([
    { text: long, isCut: true, copies: 2, size: 6000, wasted: 3000, isSecret: false },
    { text: 'often', isCut: false, copies: 3, size: 48, wasted: 32, isSecret: false },
    { text: 'twice', isCut: false, copies: 2, size: 44, wasted: 20, isSecret: false },
  ]);
});

it('a text counts the same whether it is flat or concatenated', () => {
  const heap = new HeapBuilder();
  const halves = [
    heap.node('string', 'left-', { size: 24 }),
    heap.node('string', 'right', { size: 24 }),
  ];
  for (let i = 0; i < 2; i++) {
    const rope = heap.node('concatenated string', '(concatenated string)', { size: 32 });
    heap.edge(rope, 'internal', 'first', halves[0]!).edge(rope, 'internal', 'second', halves[1]!);
  }
  heap.node('string', 'left-right', { size: 40 });
  expect(findDuplicateStrings(heap.facts())).toEqual([
    { text: 'left-right', isCut: false, copies: 3, size: 104, wasted: 64, isSecret: false },
  ]);
});

it("knows those that a secret's name, or a list or Set under one, holds", () => {
  const heap = new HeapBuilder();
  const twice = (text: string) => [0, 1].map(() => heap.node('string', text, { size: 24 }));
  const [named] = twice('named');
  const [listed] = twice('listed');
  const [member] = twice('member');
  const [plain] = twice('plain');
  const list = heap.node('object', 'Array');
  const set = heap.node('object', 'Set');
  const table = heap.node('array', '', { size: 152 });
  heap.edge(heap.global, 'property', 'dbPassword', named as NodeOrdinal);
  heap.edge(heap.global, 'property', 'passwords', list);
  heap.edge(list, 'element', 0, listed as NodeOrdinal);
  heap.edge(heap.global, 'property', 'tokens', set).edge(set, 'internal', 'table', table);
  heap.edge(table, 'internal', '5', member as NodeOrdinal);
  heap.edge(heap.global, 'property', 'tokenType', plain as NodeOrdinal);
  const found = findDuplicateStrings(heap.facts());
  const secrets = found.filter(({ isSecret }) => isSecret).map(({ text }) => text);
  expect(new Set(secrets)).toEqual(new Set(['named', 'listed', 'member']));
  expect(found).toHaveLength(4);
});
