import { describe, expect, it } from 'vitest';
import { indexNames, NameIndex } from '../../src/source-maps/name-index.js';
import type { PlaceMapper } from '../../src/source-maps/original-places.js';

/** A map that says of each name where it stands in the text that another one is meant. */
function mapOf(text: string, renamed: Readonly<Record<string, string>>): PlaceMapper {
  const lines = text.split('\n');
  return {
    sources: [],
    placeOf: () => null,
    loadedPlaceOf: () => null,
    nameAt(line, column) {
      const word = /^[\w$]+/.exec(lines[line - 1]?.slice(column - 1) ?? '')?.[0] ?? '';
      return renamed[word] ?? null;
    },
  };
}

/** The source's name of the object that was made at the mark `@`. */
function nameOf(marked: string, loaded: string, renamed: Readonly<Record<string, string>>) {
  const before = marked.slice(0, marked.indexOf('@')).split('\n');
  const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  const text = marked.replace('@', '');
  return new NameIndex(indexNames(text, mapOf(text, renamed))).nameOf(place, loaded);
}

describe('names of the source', () => {
  it.each([
    ['a class without a constructor', 'a();@class je{}'],
    ['a class by its constructor', 'a();class je{x=1;y(){}constructor@(){}}'],
    ['one that has a base class', 'class je extends b{constructor@(){super()}}'],
    ['one in a variable', 'var je=class{constructor@(){}}'],
    ['one in a variable, without a constructor', 'const je = @class {}'],
    ['on a later line', 'let a;\n\nclass je\n{constructor@(){}}'],
    ['a function', 'function je@(a,b){}'],
    ['a generator', 'function*je@(a){}'],
    ['an arrow function', 'const je=@(a,b)=>a'],
    ['one of one parameter', 'x,je=@e=>e'],
    ['a function in a variable', 'je=function@(){}'],
  ])('%s', (_, text) => {
    expect(nameOf(text, 'je', { je: 'UploadTask' })).toBe('UploadTask');
  });

  it('of two classes that a minifier calls the same, the one around the place', () => {
    const text = (mark: string) => `{class e{constructor${mark}(){}}}{class e{constructor(){}}}`;
    const names = indexNames(text(''), {
      ...mapOf('', {}),
      nameAt: (_, column) => (column < 20 ? 'First' : 'Second'),
    });
    const index = new NameIndex(names);
    expect(index.nameOf({ line: 1, column: text('@').indexOf('@') + 1 }, 'e')).toBe('First');
    expect(index.nameOf({ line: 1, column: 60 }, 'e')).toBe('Second');
  });

  it.each([
    ['the map names nothing there', 'class je{constructor@(){}}', {}],
    ['it is the same name', 'class je{constructor@(){}}', { je: 'je' }],
    ['the class comes after the place', 'new@(x);class je{}', { je: 'UploadTask' }],
    ['the place is in a function of that name', 'function je(){x@()}', { je: 'upload' }],
  ])('none where %s', (_, text, renamed) => {
    expect(nameOf(text, 'je', renamed)).toBeNull();
  });

  it('finds what the script calls a class of the source', () => {
    const text = 'class je{}class t{}';
    const index = new NameIndex(indexNames(text, mapOf(text, { je: 'UploadTask', t: 'Task' })));
    expect(index.loadedNames((name) => name === 'UploadTask')).toEqual(['je']);
  });

  it('takes time in proportion to a hostile text', () => {
    const map = mapOf('', {});
    for (const text of [
      'a'.repeat(1e6),
      'a=('.repeat(3e5),
      `class${' '.repeat(1e6)}`,
      'a '.repeat(5e5),
    ]) {
      expect(indexNames(text, map)).toEqual([]);
    }
  });
});
