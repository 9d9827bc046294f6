import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ARRAY_DATA } from '../../src/engine/classes/class-names.js';
import { HeapFacts } from '../../src/engine/heap-facts.js';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import { readSnapshot } from '../../src/snapshot/read-snapshot.js';
import { takeCensus } from '../../src/stats/census.js';
import { compareCensuses } from '../../src/stats/growth.js';
import { FIXTURE_NAMES, type FixtureName, fixtureBytes } from '../support/fixtures.js';
import { inChunks } from '../support/heap-builder.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { type DevToolsDiff, type DevToolsSnapshot, parseInDevTools } from './toolkit.js';

const PAIRS: readonly (readonly [FixtureName, FixtureName])[] = FIXTURE_NAMES.slice(1).map(
  (name, at) => [FIXTURE_NAMES[at] as FixtureName, name],
);

describe('Chrome DevTools counts the same from one heap to another', () => {
  it.for(PAIRS)('deltas from %s to %s', async ([first, second], { skip }) => {
    const pair = await compareBoth(fixtureBytes(first), fixtureBytes(second), skip);
    if (pair === null) return;
    const { ours, theirs } = pair;
    expect(ours.byId).toBe(false);
    const deltas = (entries: readonly (readonly [string, number])[]) =>
      Object.fromEntries([...sumByName(entries)].filter(([, delta]) => delta !== 0));
    expect(deltas(ours.types.map(({ name, delta }) => [name, delta]))).toEqual(
      deltas(theirs.map((diff) => [diff.name, diff.addedCount - diff.removedCount])),
    );
  });

  for (const runtime of RUNTIMES) {
    describeRuntime(runtime, (execPath) => {
      it('added and removed objects within one process', async ({ skip }) => {
        const [before, after] = snapshotTwice(execPath);
        const pair = await compareBoth(before, after, skip);
        if (pair === null) return;
        const { ours, theirs } = pair;
        expect(ours.byId).toBe(true);
        // those without lasting ids: see docs/devtools-differences.md
        const isLasting = (name: string) =>
          !ARRAY_DATA.has(name) && !/^(Detached )?Node \/|^\(synthetic\)$/.test(name);
        const lines = (entries: readonly (readonly [string, number, number])[]) =>
          entries
            .filter(([name, added, removed]) => isLasting(name) && added + removed > 0)
            .map(([name, added, removed]) => `${name} +${added} -${removed}`)
            .sort();
        const found = lines(
          ours.types.map(({ name, added, removed }) => [name, added ?? 0, removed ?? 0]),
        );
        expect(found).toEqual(
          lines(theirs.map((diff) => [diff.name, diff.addedCount, diff.removedCount])),
        );
        expect(found).toContain('Session +150 -40');
      });
    });
  }
});

async function compareBoth(first: Uint8Array, second: Uint8Array, skip: (reason: string) => void) {
  const before = await parseInDevTools(first, skip);
  const after = await parseInDevTools(second, skip);
  if (before === null || after === null) return null;
  const ours = compareCensuses(await censusOf(first), await censusOf(second));
  return { ours, theirs: diffInDevTools(before, after) };
}

/** Compares as the comparison view does: plain objects are named by the later snapshot. */
function diffInDevTools(before: DevToolsSnapshot, after: DevToolsSnapshot): DevToolsDiff[] {
  const base = before.aggregatesForDiff(after.interfaceDefinitions());
  return Object.values(after.calculateSnapshotDiff(before.uid, base));
}

async function censusOf(bytes: Uint8Array) {
  const tables = await readSnapshot(inChunks(bytes, 1 << 16), { name: 'heap' });
  return takeCensus(new HeapFacts(new HeapGraph(tables)));
}

function sumByName(entries: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [name, amount] of entries) sums.set(name, (sums.get(name) ?? 0) + amount);
  return sums;
}

/** A process that adds 150 Sessions and drops 40 between two snapshots that it takes itself. */
function snapshotTwice(execPath: string): [Buffer, Buffer] {
  const folder = temporaryFolder();
  const program = `
    const v8 = require('node:v8');
    class Session { constructor(id) { this.id = id; this.user = { name: 'user ' + id }; } }
    let sessions = Array.from({ length: 50 }, (_, id) => new Session(id));
    v8.writeHeapSnapshot('before.heapsnapshot');
    sessions = sessions.slice(40);
    for (let id = 0; id < 150; id++) sessions.push(new Session(id));
    v8.writeHeapSnapshot('after.heapsnapshot');
    globalThis.sessions = sessions;`;
  execFileSync(execPath, ['-e', program], { cwd: folder });
  const read = (name: string) => readFileSync(join(folder, `${name}.heapsnapshot`));
  return [read('before'), read('after')];
}
