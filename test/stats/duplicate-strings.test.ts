import { expect, it } from 'vitest';
import { findDuplicateStrings } from '../../src/stats/duplicate-strings.js';
import { HeapBuilder } from '../support/heap-builder.js';

it('texts with several copies, the most wasteful first; only flat ones', () => {
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
    { text: long, isCut: true, copies: 2, size: 6000, wasted: 3000 },
    { text: 'often', isCut: false, copies: 3, size: 48, wasted: 32 },
    { text: 'twice', isCut: false, copies: 2, size: 44, wasted: 20 },
  ]);
});
