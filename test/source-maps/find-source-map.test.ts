import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSourceMap } from '../../src/source-maps/find-source-map.js';

const MAP = '{"version":3}';
const ANY = async () => true;

describe('findSourceMap', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'showbackref-test-'));
    for (const name of ['named.map', 'beside.js.map', 'a b.map']) {
      writeFileSync(join(folder, name), MAP);
    }
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['//# sourceMappingURL=named.map'],
    ['//# sourceMappingURL=named.map\n'],
    ['//# sourceMappingURL=named.map\r\n\n'],
    ['//@ sourceMappingURL=named.map'],
    ['/*# sourceMappingURL=named.map */'],
    ['//#\tsourceMappingURL=./named.map?v=1#x'],
    ['//# sourceMappingURL=a%20b.map'],
    [`//# sourceMappingURL=data:application/json;base64,${btoa(MAP)}`],
    [`//# sourceMappingURL=data:application/json;charset=utf-8;base64,${btoa(MAP)}`],
    [`//# sourceMappingURL=data:application/json,${encodeURIComponent(MAP)}`],
    ['//# sourceMappingURL=missing.map\nlet x;\n//# sourceMappingURL=named.map'],
  ])('%j', async (comment) => {
    const found = await findSourceMap(join(folder, 'a.js'), `let x;\n${comment}`, ANY);
    const name = /data:/.test(comment) ? 'inline' : /a%20b/.test(comment) ? 'a b.map' : 'named.map';
    expect(found).toEqual({ text: MAP, name });
  });

  it('takes the one beside the file by default', async () => {
    expect(await findSourceMap(join(folder, 'beside.js'), 'let x;\n', ANY)).toEqual({
      text: MAP,
      name: 'beside.js.map',
    });
    expect(await findSourceMap(join(folder, 'alone.js'), 'let x;\n', ANY)).toBeNull();
  });

  it.each([
    ['//# sourceMappingURL=missing.map'],
    ['//# sourceMappingURL=https://example.com/named.map'],
    ['//# sourceMappingURL=//example.com/named.map'],
    ['//# sourceMappingURL=\\\\server\\named.map'],
    ['//# sourceMappingURL=/etc/passwd'],
    ['//# sourceMappingURL=file:///etc/passwd'],
    ['//# sourceMappingURL=%E0%A4%A.map'],
    ['//# sourceMappingURL=data:text/plain,x'],
    ['//# sourceMappingURL=data:application/json,%E0%A4%A'],
    ['//# sourceMappingURL=.'],
    ['//# sourceMappingURL=nul%00.map'],
  ])('finds none: %j', async (comment) => {
    expect(await findSourceMap(join(folder, 'a.js'), `let x;\n${comment}`, ANY)).toBeNull();
  });

  it.each([
    ['const s = "//# sourceMappingURL=named.map";\nlet x;'],
    ['// see sourceMappingURL=named.map'],
    ['sourceMappingURL=named.map'],
    ['//# sourceMappingURL=named.map\nlet x;'],
    ['//# sourceMappingURL='],
  ])('is not misled by %j', async (text) => {
    expect(await findSourceMap(join(folder, 'a.js'), text, ANY)).toBeNull();
  });

  it('is quick with a file made to be slow', async () => {
    const text = `//# sourceMappingURL=${'a'.repeat(5_000_000)} ${' '.repeat(5_000_000)}x`;
    expect(await findSourceMap(join(folder, 'a.js'), text, ANY)).toBeNull();
  });
});
