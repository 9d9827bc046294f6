import { describe, expect, it } from 'vitest';
import { readSourceMap } from '../../src/source-maps/original-places.js';

/**
 * Line 1 column 5 (counted from 1) of the output is line 3 column 2 of a.ts; line 2 has no mapping.
 */
const MAP = { version: 3, sources: ['../src/a.ts'], names: [], mappings: 'IAEC;' };

function read(map: unknown, lineCount = 2) {
  return readSourceMap(typeof map === 'string' ? map : JSON.stringify(map), lineCount);
}

describe('readSourceMap', () => {
  it('gives the place that a generated one comes from', () => {
    const mapper = read(MAP);
    expect(mapper?.placeOf(1, 5)).toEqual({ file: '../src/a.ts', line: 3, column: 2 });
    expect(mapper?.placeOf(1, 50)).toEqual({ file: '../src/a.ts', line: 3, column: 2 });
  });

  it('gives none if the map has no entry', () => {
    const mapper = read(MAP);
    for (const [line, column] of [
      [1, 4],
      [2, 1],
      [3, 1],
      [1e9, 1],
      [0, 1],
      [-1, 1],
      [1, 0],
    ] as const) {
      expect(mapper?.placeOf(line, column), `${line}:${column}`).toBeNull();
    }
  });

  it('applies the root of the sources', () => {
    const mapper = read({ ...MAP, sourceRoot: 'webpack://app/', sources: ['./src/a.ts'] });
    expect(mapper?.placeOf(1, 5)?.file).toBe('webpack://app/src/a.ts');
  });

  it('reads a map in sections', () => {
    const sections = [
      { offset: { line: 0, column: 0 }, map: MAP },
      { offset: { line: 2, column: 10 }, map: { ...MAP, sources: ['b.ts'] } },
    ];
    const mapper = read({ version: 3, sections }, 3);
    expect(mapper?.placeOf(1, 5)?.file).toBe('../src/a.ts');
    expect(mapper?.placeOf(3, 15)).toEqual({ file: 'b.ts', line: 3, column: 2 });
  });

  it.each([
    ['no JSON', '<html>404</html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['another version', { ...MAP, version: 2 }],
    ['no mappings', { version: 3, sources: [] }],
    ['mappings of another kind', { ...MAP, mappings: [[[0]]] }],
    ['characters that a map cannot have', { ...MAP, mappings: '!"§$%&/()=' }],
    ['no sources', { version: 3, mappings: 'AAAA' }],
    ['sources of another kind', { ...MAP, sources: 5 }],
    ['sections of another kind', { version: 3, sections: {} }],
    ['sections without maps', { version: 3, sections: [null, 1, {}] }],
    ['sections in sections', { version: 3, sections: [{ map: { version: 3, sections: [] } }] }],
    ['more lines than the file', { ...MAP, mappings: ';'.repeat(1000) }],
    [
      'a section with more lines',
      {
        version: 3,
        sections: [{ offset: { line: 0, column: 0 }, map: { ...MAP, mappings: ';'.repeat(1000) } }],
      },
    ],
    ['too many mappings', { ...MAP, mappings: 'AAAA,'.repeat(7_000_000) }],
    ['deep nesting', `${'['.repeat(100_000)}`],
  ])('refuses %s', (_, map) => {
    expect(read(map)).toBeNull();
  });

  it.each([
    ['a source of another kind', { ...MAP, sources: [null] }],
    ['a source without end', { ...MAP, sources: ['x'.repeat(1_000_000)] }],
    ['a source that is not there', { ...MAP, mappings: 'IggBAC' }],
    ['a line before the first', { ...MAP, mappings: 'IADF' }],
    ['numbers without end', { ...MAP, mappings: 'g'.repeat(10_000) }],
  ])('keeps the generated place: %s', (_, map) => {
    const mapper = read(map);
    expect(mapper?.placeOf(1, 5) ?? null).toBeNull();
  });
});
