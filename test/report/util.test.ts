import { describe, expect, it } from 'vitest';
import { formatBytes } from '../../src/util/format-bytes.js';
import { showInvisible } from '../../src/util/show-invisible.js';
import { truncate, truncateStart } from '../../src/util/truncate.js';
import { wrapPhrases, wrapText } from '../../src/util/wrap-text.js';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [16, '16 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9_949, '9.9 kB'],
    [9_950, '10 kB'],
    [318_320, '318 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [1_234_567, '1.2 MB'],
    [4_000_000_000, '4.0 GB'],
    [5e15, '5000 TB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('truncate', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['', 3, ''],
    ['👩‍🚀👩‍🚀👩‍🚀👩‍🚀', 3, '👩‍🚀👩‍🚀…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ])('cuts %j to %d graphemes', (text, limit, expected) => {
    expect(truncate(text, limit)).toBe(expected);
  });

  it('cuts at a width where a grapheme takes two columns', () => {
    const twoColumns = () => 2;
    expect(truncate('日本語', 6, twoColumns)).toBe('日本語');
    expect(truncate('日本語', 5, twoColumns)).toBe('日本…');
    expect(truncate('日本語', 4, twoColumns)).toBe('日…');
  });

  it('examines only the beginning of a megabyte, even of one grapheme', () => {
    expect(truncate('x'.repeat(1_000_000), 60)).toBe(`${'x'.repeat(59)}…`);
    expect(truncate(`a${'\u0301'.repeat(1_000_000)}`, 60).length).toBeLessThan(500);
  });

  it('keeps the end of a location', () => {
    expect(truncateStart('src/app.js:3:7', 14)).toBe('src/app.js:3:7');
    expect(truncateStart('src/app.js:3:7', 10)).toBe('…pp.js:3:7');
    expect(truncateStart('日本語/ファイル.js:1:1', 9)).toBe('…ル.js:1:1');
  });
});

describe('showInvisible', () => {
  it('writes out invisible characters, on one line, and is stable', () => {
    const shown = showInvisible('a\nb\tc\u001b\u202e\ud800\u0000');
    expect(shown).toBe('a\\nb\\tc\\u001b\\u202e\ufffd\\u0000');
    expect(showInvisible(shown)).toBe(shown);
  });

  it('leaves every script alone', () => {
    const text = 'Привет 日本語 مرحبا 🎉 é ½';
    expect(showInvisible(text)).toBe(text);
  });
});

describe('wrapText', () => {
  it('breaks at blanks and keeps a long word whole', () => {
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapText('a-very-long-word b', 4)).toEqual(['a-very-long-word', 'b']);
    expect(wrapText('', 4)).toEqual(['']);
  });

  it('does not break phrases', () => {
    expect(wrapPhrases(['dark red: cut;', 'blue: x.'], 16)).toEqual(['dark red: cut;', 'blue: x.']);
  });
});
