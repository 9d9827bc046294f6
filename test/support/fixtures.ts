import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { HeapFacts } from '../../src/engine/heap-facts.js';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import { readSnapshot } from '../../src/snapshot/read-snapshot.js';
import type { SnapshotTables } from '../../src/snapshot/snapshot-tables.js';
import { sampleOf } from './cases.js';

/** The V8-format heaps in test/fixtures, by the name tests use for them. */
export const FIXTURES = {
  'node-12': 'node-12/scenarios.heapsnapshot.gz',
  'node-18': 'node-18/scenarios.heapsnapshot.gz',
  'node-20': 'node-20/internals.heapsnapshot.gz',
  'node-22': 'node-22/timeline.heaptimeline.gz',
  'node-24': 'node-24/scenarios.heapsnapshot.gz',
  'node-26': 'node-26/scenarios.heapsnapshot.gz',
  'deno-2.9': 'deno-2.9/scenarios.heapsnapshot.gz',
  'chromium-127': 'chromium-127/scenarios.heapsnapshot.gz',
  'chromium-156': 'chromium-156/detached-node.heapsnapshot.gz',
  'bun-1.4': 'bun-1.4/scenarios.heapsnapshot.gz',
} as const;

export type FixtureName = keyof typeof FIXTURES;

/** In `npm test` only some: an old and a new Node.js, a browser, another engine. */
export const FIXTURE_NAMES = sampleOf(Object.keys(FIXTURES) as readonly FixtureName[], [
  'node-20',
  'node-26',
  'chromium-156',
  'bun-1.4',
]);

/** The fixtures with the heap of programs/scenarios.js, written by V8. */
export const V8_SCENARIOS = FIXTURE_NAMES.filter(
  (name) => name !== 'chromium-156' && name !== 'bun-1.4',
);

/** The heaps of programs/catalogue.cjs and catalogue.html, by the folder they are in. */
export const CATALOGUE_NAMES = sampleOf(
  ['node-20', 'node-24', 'node-26', 'deno-2.9', 'chromium-156'] as const,
  ['node-26', 'chromium-156'],
);

export type CatalogueName = (typeof CATALOGUE_NAMES)[number];

const tables = new Map<string, Promise<SnapshotTables>>();
const facts = new Map<string, Promise<HeapFacts>>();

/** Any file of test/fixtures, unpacked. */
export function fixtureFile(path: string): Buffer {
  return gunzipSync(readFileSync(new URL(`../fixtures/${path}`, import.meta.url)));
}

export function fixtureBytes(name: FixtureName): Buffer {
  return fixtureFile(FIXTURES[name]);
}

/** Read once per test file and shared: tables never change. */
export function fixtureTables(name: FixtureName): Promise<SnapshotTables> {
  return keptIn(tables, name, () => readSnapshot(one(fixtureBytes(name)), { name }));
}

export function fixtureFacts(name: FixtureName): Promise<HeapFacts> {
  return keptIn(facts, name, async () => new HeapFacts(new HeapGraph(await fixtureTables(name))));
}

export function catalogueFacts(name: CatalogueName): Promise<HeapFacts> {
  const path = `${name}/catalogue.heapsnapshot.gz`;
  return keptIn(facts, path, async () => {
    return new HeapFacts(new HeapGraph(await readSnapshot(one(fixtureFile(path)), { name: path })));
  });
}

function keptIn<T>(
  cache: Map<string, Promise<T>>,
  name: string,
  make: () => Promise<T>,
): Promise<T> {
  const known = cache.get(name) ?? make();
  cache.set(name, known);
  return known;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
