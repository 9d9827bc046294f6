import { describe, expect, it } from 'vitest';
import { StringReader } from '../../src/snapshot/string-reader.js';
import type { StringTable } from '../../src/snapshot/string-table.js';

/** The table of a section's text, read in pieces of `size` bytes. */
function tableOf(json: string | Uint8Array, size = 1 << 16): StringTable {
  const bytes = Buffer.from(json);
  const reader = new StringReader();
  for (let at = 0; at < bytes.length; at += size) {
    const end = reader.read(bytes.subarray(at, at + size), 0);
    if (end >= 0) expect(at + end).toBe(bytes.length);
  }
  return reader.finish();
}

function textsOf(table: StringTable): readonly string[] {
  return Array.from({ length: table.count }, (_, i) => table.get(i));
}

describe('texts', () => {
  it.each<[string, string, string]>([
    ['every escape', '"\\b\\f\\n\\r\\t\\"\\\\\\/"', '\b\f\n\r\t"\\/'],
    ['\\u in either case', '"\\u00e9\\u00E9"', 'éé'],
    ['a surrogate pair as two escapes', '"\\ud83d\\uDE00"', '\ud83d\ude00'],
    ['a lone surrogate', '"\\ud83d!"', '\ud83d!'],
    ['a backslash before a u', '"\\\\u0041"', '\\u0041'],
    ['raw UTF-8', '"é\u2028\ud83d\ude00"', 'é\u2028\ud83d\ude00'],
    ['a raw line break and tab', '"a\nb\tc\\n"', 'a\nb\tc\n'],
    ['an escape JSON does not have', '"\\x41\\u00g"', '\\x41\\u00g'],
    ['a mark in the text', '"\ufeffa"', '\ufeffa'],
    ['nothing', '""', ''],
  ])('%s', (_, json, text) => {
    for (const size of [1, 2, 3, 1000]) {
      expect(textsOf(tableOf(`["before",${json},"after"]`, size))).toEqual([
        'before',
        text,
        'after',
      ]);
    }
  });

  it('an empty list', () => {
    expect(tableOf('[]').count).toBe(0);
    expect(tableOf(' [ \r\n ]'.trim()).count).toBe(0);
  });

  it('more than a mebibyte, so that texts lie across the pages they are kept in', () => {
    const texts = Array.from({ length: 3000 }, (_, i) => `${'é'.repeat(500 + (i % 7))}\n${i}`);
    expect(JSON.stringify(texts).length).toBeGreaterThan(1.4 * 2 ** 20);
    expect(textsOf(tableOf(JSON.stringify(texts), 999))).toEqual(texts);
  });

  it('one text larger than a page', () => {
    const text = 'x'.repeat(3 * 2 ** 20 + 5);
    expect(textsOf(tableOf(JSON.stringify(['a', text, 'b']))).map((t) => t.length)).toEqual([
      1,
      text.length,
      1,
    ]);
  });

  it('more texts than there was room for', () => {
    const texts = Array.from({ length: 70_000 }, (_, i) => String(i));
    expect(textsOf(tableOf(JSON.stringify(texts)))).toEqual(texts);
  });
});

describe('find', () => {
  const table = tableOf(
    '["", "x", "xy", "x", "\\u0078", "a\\/b", "a/b", "é", "\\u00e9", "say \\"hi\\"", "say ",' +
      ' "\\\\", "x\\ny", "system \\/ Context / 1", "system / Context"]',
  );

  it.each<[string, readonly number[]]>([
    ['', [0]],
    ['x', [1, 3, 4]],
    ['xy', [2]],
    ['a/b', [5, 6]],
    ['é', [7, 8]],
    ['say "hi"', [9]],
    ['say ', [10]],
    ['\\', [11]],
    ['x\ny', [12]],
    ['xy", "x', []],
    ['x" ', []],
    ['system / Context', [14]],
    ['not there', []],
  ])('%j, however it is spelled', (text, indexes) => {
    expect(table.find(text)).toEqual(indexes);
  });

  it.each<[string, readonly number[]]>([
    ['x', [1, 2, 3, 4, 12]],
    ['a/', [5, 6]],
    ['system / Context', [13, 14]],
    ['say  ', []],
  ])('every text that begins with %j', (prefix, indexes) => {
    expect(table.findPrefix(prefix)).toEqual(indexes);
  });
});

describe('names of WeakMap pairs', () => {
  it('are recognised by number and phrase', () => {
    const texts = [
      '3 / part of key (Foo @1) -> value (Bar @2) pair in WeakMap (table @3)',
      '12345 / part of key (a\n(b) @1) -> value (Bar @2) pair in WeakMap (table @3)',
      '3 / part of key',
      ' / part of key (Foo @1) -> value (Bar @2) pair in WeakMap (table @3)',
      'x3 / part of key (Foo @1)',
      '3 / key Foo in WeakMap',
      '3',
      '',
    ];
    expect(tableOf(JSON.stringify(texts)).ephemeronNames).toEqual([0, 1]);
  });
});

it('reads short numbers without decoding them', () => {
  const texts = [
    '0',
    '17',
    '007',
    '999999999',
    '1000000000',
    '',
    'x1',
    '1x',
    '-1',
    '1.5',
    '\\u0031',
  ];
  const table = tableOf(`[${texts.map((text) => `"${text}"`).join(',')}]`);
  expect(texts.map((_, i) => table.numberAt(i))).toEqual([
    ...[0, 17, 7, 999_999_999],
    ...[-1, -1, -1, -1, -1, -1, -1],
  ]);
});

it('compares without decoding as it would with it', () => {
  const raw = ['a', 'ab', '', '\\u0061', 'a\\n', 'é', '\\u00e9', '\\"', '\\\\', 'abc'];
  const table = tableOf(`[${raw.map((text) => `"${text}"`).join(',')}]`);
  const texts = [...raw.map((_, i) => table.get(i)), 'b', '"', '\\', 'a"', 'a\\', 'ab",'];
  for (const text of texts) {
    const expected = raw.map((_, i) => table.get(i) === text);
    expect([text, raw.map((_, i) => table.equals(i, text))]).toEqual([text, expected]);
  }
});

it('finds what decoding all strings would find', () => {
  const raw = [
    ...['', 'm', 'map', '\\u006dap', 'm\\u0061p', 'ma\\u0070', '\\u006d', 'map\\n', 'mapé'],
    ...['\\"', '\\\\', 'é', '\\u00e9', 'ma', 'max', 'é map'],
  ];
  const table = tableOf(`[${raw.map((text) => `"${text}"`).join(',')}]`);
  const texts = raw.map((_, i) => table.get(i));
  for (const text of new Set(texts)) {
    const same = texts.flatMap((other, i) => (other === text ? [i] : []));
    expect([text, table.find(text)]).toEqual([text, same]);
  }
  for (const prefix of ['', 'm', 'ma', 'map', 'mapp']) {
    const begun = texts.flatMap((text, i) => (text.startsWith(prefix) ? [i] : []));
    expect([prefix, table.findPrefix(prefix)]).toEqual([prefix, begun]);
  }
});

describe('strings by their end', () => {
  it('are found, whatever is in others', () => {
    const texts = ['a / console', 'console', 'console ', '"console', 'consolex', 'x\\console', ''];
    const table = tableOf(JSON.stringify(texts));
    expect(table.findSuffix('console')).toEqual([0, 1, 3, 5]);
    expect(table.findSuffix(' / console')).toEqual([0]);
    expect(table.findSuffix('nothing')).toEqual([]);
  });

  it('are found where a page of text ends', () => {
    const filler = 'x'.repeat(1000);
    const texts = Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? 'the end' : filler));
    const expected = texts.flatMap((text, i) => (text === 'the end' ? [i] : []));
    expect(tableOf(JSON.stringify(texts)).findSuffix('the end')).toEqual(expected);
  });
});
