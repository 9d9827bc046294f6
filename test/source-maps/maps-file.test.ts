import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LoadedMaps, type ScriptMap } from '../../src/source-maps/loaded-maps.js';
import { readMapsFile, toMapsText } from '../../src/source-maps/maps-file.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const HEAP = { nodeCount: 7, edgeCount: 9 };
/** Line 1 of the script: `class je{constructor(){}}`; `je` is UploadTask on line 3 of app.ts. */
const MAP = {
  version: 3,
  sources: ['/srv/src/app.ts'],
  sourcesContent: ['const key = "sk_live_51Hxxxxxxxx";'],
  names: ['UploadTask'],
  mappings: 'AAEA,MAAMA',
};
const TEXT = 'class je{constructor(){}}';

function script(map: object = MAP): ScriptMap {
  const data = Buffer.from(JSON.stringify(map)).toString('base64');
  return {
    ...{ scriptId: 5, url: 'file:///srv/src/app.ts', lineCount: 1, mapName: null, names: TEXT },
    map: `data:application/json;base64,${data}`,
  };
}

async function written(text: string | null): Promise<string> {
  const file = join(temporaryFolder(), 'a.maps.json');
  writeFileSync(file, text ?? '');
  return file;
}

describe('the source maps beside a saved heap', () => {
  it('say where places come from and what classes are called, without the texts of the sources', async () => {
    const text = await toMapsText([script()], HEAP);
    expect(text).not.toContain('sk_live');
    const maps = await LoadedMaps.open(await readMapsFile(await written(text), HEAP));
    const place = { scriptId: 5, line: 1, column: 21 };
    expect(maps?.placeOf(place)).toMatchObject({ file: '/srv/src/app.ts', line: 3 });
    expect(maps?.nameOf(place, 'je')).toBe('UploadTask');
    expect([...(maps?.loadedNames((name) => name === 'UploadTask') ?? [])]).toEqual(['je']);
  });

  it('are not those of another heap', async () => {
    const file = await written(await toMapsText([script()], HEAP));
    expect(await readMapsFile(file, { ...HEAP, edgeCount: 10 })).toEqual([]);
  });

  it('leave out what is not a source map, and are not there where nothing is left', async () => {
    expect(await toMapsText([script({ version: 2 })], HEAP)).toBeNull();
    expect(await toMapsText([], HEAP)).toBeNull();
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['another format', JSON.stringify({ format: 'x', heap: HEAP, scripts: [{ id: 5 }] })],
    [
      'other things than scripts',
      JSON.stringify({
        ...{ format: 'showbackref/maps@1', heap: HEAP },
        scripts: [null, 1, {}, { id: -1, url: 'a', lines: 1, map: {} }, { id: 1, url: 2 }],
      }),
    ],
  ])('are none in a file that holds %s', async (_, text) => {
    expect(await readMapsFile(await written(text), HEAP)).toEqual([]);
  });

  it('are none where there is no file', async () => {
    const folder = temporaryFolder();
    expect(await readMapsFile(join(folder, 'a.maps.json'), HEAP)).toEqual([]);
    expect(await readMapsFile(folder, HEAP)).toEqual([]);
  });
});

describe('what was added when a script was compiled', () => {
  const place = { scriptId: 5, line: 1, column: 1 };
  const unmapped = { ...MAP, mappings: 'MAEA' };

  it('is nowhere in the source of the same name', async () => {
    const maps = await LoadedMaps.open([script(unmapped)]);
    expect(maps?.placeOf(place)).toBeNull();
  });

  it('stays where it is in a bundle', async () => {
    const maps = await LoadedMaps.open([
      { ...script(unmapped), url: 'file:///srv/dist/server.js' },
    ]);
    expect(maps?.placeOf(place)).toBeUndefined();
  });

  it('is not known of a script without a map', async () => {
    const maps = await LoadedMaps.open([script()]);
    expect(maps?.placeOf({ ...place, scriptId: 6 })).toBeUndefined();
  });

  it('the sources of a page are beside its scripts', async () => {
    const url = 'http://localhost:5173/src/app.ts?t=1';
    const maps = await LoadedMaps.open([{ ...script({ ...MAP, sources: ['app.ts'] }), url }]);
    expect(maps?.placeOf(place)?.file).toBe('http://localhost:5173/src/app.ts');
  });
});
