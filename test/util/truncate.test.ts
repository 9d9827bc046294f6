import { describe, expect, it } from 'vitest';
import { truncate, truncateStart } from '../../src/util/truncate.js';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The definition: at most this many graphemes, the last of them `…`. */
function expectedOf(text: string, limit: number): string {
  const parts = Array.from(segmenter.segment(text), ({ segment }) => segment);
  return parts.length <= limit ? text : `${parts.slice(0, limit - 1).join('')}…`;
}

describe.each([
  '',
  'a',
  'abc',
  'abcdefgh',
  'a\r\nb\r\nc\r\nd',
  'äöüßé',
  '👍🏽👍🏽👍🏽👍🏽',
  'e\u0301e\u0301e\u0301',
])('a text of graphemes: %j', (text) => {
  it.each([1, 2, 3, 8])('is cut at its end to %i', (limit) => {
    expect(truncate(text, limit)).toBe(expectedOf(text, limit));
  });

  it.each([2, 3, 8])('is cut at its start to %i', (limit) => {
    const reversed = Array.from(segmenter.segment(text), ({ segment }) => segment).slice(1 - limit);
    const parts = [...segmenter.segment(text)].length;
    expect(truncateStart(text, limit)).toBe(parts <= limit ? text : `…${reversed.join('')}`);
  });
});
