import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { toJson } from '../../src/report/json.js';
import { followSourceMaps } from '../../src/source-maps/follow-source-maps.js';
import { edge, node, subgraph } from '../report/build-subgraph.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** The first character of each of two lines comes from line 3, column 2, and line 5, column 2. */
const MAP = { version: 3, sources: ['../src/app.ts'], names: [], mappings: 'AAEC;AAEA' };
const GENERATED = 'first();\nsecond();\n';

const GRAPH = subgraph(
  [
    node('f() @1', { role: 'target', type: 'closure', name: 'f', location: 'app.js:1:4' }),
    node('main() app.js:2', {
      id: 'frame:0',
      type: 'frame',
      role: 'root',
      name: 'main() app.js',
      location: 'app.js:2:1',
    }),
    node('Made @2', { location: 'other.js:7:1' }),
  ],
  [edge('frame:0', '@1', 'local x in main()'), edge('@2', '@1', '.a')],
);

function program(files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder(), 'dist');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function placesIn(file: string) {
  return new Map([
    ['@1', { file, line: 1, column: 4 }],
    ['frame:0', { file, line: 2, column: 1 }],
    ['@2', { file: '/nowhere/other.js', line: 7, column: 1 }],
  ]);
}

describe('followSourceMaps', () => {
  it('shows places in the sources, and says so', async () => {
    const folder = program({ 'app.js': GENERATED, 'app.js.map': JSON.stringify(MAP) });
    const { subgraph: located, notes } = await followSourceMaps(
      GRAPH,
      placesIn(join(folder, 'app.js')),
      'anywhere',
    );
    expect(located.nodes.map(({ label, name, location }) => [label, name, location])).toEqual([
      ['f() @1', 'f', 'src/app.ts:3:2'],
      ['main() src/app.ts:5', 'main() src/app.ts', 'src/app.ts:5:2'],
      ['Made @2', 'Made', 'other.js:7:1'],
    ]);
    expect(notes).toEqual([
      'Locations in app.js follow source maps as they are on disk now (app.js.map).',
    ]);
    expect(JSON.stringify({ located, notes })).not.toContain(folder);
    const sourceMaps = [{ file: 'app.js', map: 'app.js.map' }];
    expect({ ...located, nodes: GRAPH.nodes }).toEqual({ ...GRAPH, sourceMaps });
    expect(JSON.parse(toJson(located)).sourceMaps).toEqual(sourceMaps);
    expect(JSON.parse(toJson(GRAPH)).sourceMaps).toBeUndefined();
  });

  it('knows a script by its URL', async () => {
    const folder = program({ 'app.js': GENERATED, 'app.js.map': JSON.stringify(MAP) });
    const url = pathToFileURL(join(folder, 'app.js')).href;
    const { subgraph: located } = await followSourceMaps(GRAPH, placesIn(url), 'anywhere');
    expect(located.nodes[0]?.location).toBe('src/app.ts:3:2');
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['there is no file', {}],
    ['there is no map', { 'app.js': GENERATED }],
    ['the map is broken', { 'app.js': GENERATED, 'app.js.map': '{"version":3,' }],
    [
      'the map says nothing of these places',
      { 'app.js': GENERATED, 'app.js.map': JSON.stringify({ ...MAP, mappings: ';' }) },
    ],
  ])('keeps the picture if %s', async (_, files) => {
    const file = join(program(files), 'app.js');
    const answer = await followSourceMaps(GRAPH, placesIn(file), 'anywhere');
    expect(answer).toEqual({ subgraph: GRAPH, notes: [] });
  });

  it.each([
    ['the file is shorter than the text that ran', 'first();'],
    ['its lines are shorter', 'f\nsecond();\n'],
  ])('never shows a line as one of the file where %s', async (_, text) => {
    const folder = program({ 'app.js': text, 'app.js.map': JSON.stringify(MAP) });
    const file = join(folder, 'app.js');
    const { subgraph: located, notes } = await followSourceMaps(GRAPH, placesIn(file), 'anywhere');
    expect(located.nodes.map(({ location }) => location)).toEqual([
      'app.js:1:4 (compiled)',
      'app.js:2:1 (compiled)',
      'other.js:7:1',
    ]);
    expect(located.nodes[1]?.label).toBe('main() app.js (compiled):2');
    expect(located.sourceMaps).toBeUndefined();
    expect(notes).toEqual([
      expect.stringMatching(/^app\.js: what ran is not the text that is in the file now, /),
    ]);
  });

  it('keeps what a map said that was loaded with the script, and says so', async () => {
    const mapped = { file: '/srv/dist/app.js', map: null };
    const places = new Map([
      ['@1', { file: 'src/app.ts', line: 3, column: 2, mapped }],
      ['frame:0', { file: '../src/app.ts', line: 5, column: 2, mapped }],
    ]);
    const { subgraph: located, notes } = await followSourceMaps(GRAPH, places, 'anywhere');
    expect(located.nodes.slice(0, 2).map(({ location }) => location)).toEqual([
      'src/app.ts:3:2',
      'src/app.ts:5:2',
    ]);
    expect(located.sourceMaps).toEqual([{ file: 'app.js', map: 'inline' }]);
    expect(notes).toEqual([
      'Locations in app.js follow the source maps that were loaded with the scripts.',
    ]);
  });

  it('stops at a number of files, however many a heap names', async () => {
    const folder = program({ 'app.js': GENERATED, 'app.js.map': JSON.stringify(MAP) });
    const many = Array.from({ length: 150 }, (_, i) => join(folder, `none${i}.js`));
    const places = new Map([
      ...many.map((file, i) => [`@${i + 1000}`, { file, line: 1, column: 1 }] as const),
      ...placesIn(join(folder, 'app.js')),
    ]);
    const { subgraph: located } = await followSourceMaps(GRAPH, places, 'anywhere');
    expect(located).toEqual(GRAPH);
  });
});
