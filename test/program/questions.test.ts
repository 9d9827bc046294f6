import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import type { ChainStep, TypeStats } from '../../src/entry/index.js';
import { referencesOf, runProgram } from '../support/picture.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

interface Graphs {
  readonly refs: Subgraph;
  readonly chain: Subgraph;
  readonly steps: readonly ChainStep[];
  readonly cut: Subgraph;
  readonly gone: readonly ChainStep[];
}

interface Types {
  readonly common: readonly TypeStats[];
  readonly stats: Readonly<Record<string, number>>;
  readonly count: number;
  readonly unknown: number;
  readonly table: string;
}

interface Grown {
  readonly steps: readonly (readonly number[] | null)[];
  readonly others: readonly string[];
  readonly table: string;
  readonly nothing: string;
}

describe.each(RUNTIMES)('a program asks about its own heap on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    const ask = <Answer>(name: string, ...argv: string[]) =>
      runProgram<Answer>('library-questions.cjs', [name, ...argv], { execPath });

    test('which classes it has most objects of', async () => {
      const { common, stats, count: visitors, unknown, table } = await ask<Types>('types');
      expect(common.map(({ name, count }) => [name, count])[0]).toEqual(['Visitor', 20_000]);
      expect(common).toHaveLength(2);
      expect(common[0]?.retainedSize).toBeGreaterThan(20_000 * 16);
      expect(stats.Visitor).toBe(20_000);
      expect(stats['(string)']).toBeGreaterThan(1000);
      expect(visitors).toBe(20_000);
      // a property that every object has is not a class
      expect(unknown).toBe(0);
      expect(table).toMatch(
        /^class +count +shallow +retained\n-+\nVisitor +20,000 +\S+ kB +\S+ kB\n$/,
      );
    });

    test('what has grown beyond all peaks so far', async () => {
      const { steps, others, table, nothing } = await ask<Grown>('growth');
      // nothing at first; not more than before; more than ever in a separate series
      expect(steps).toEqual([null, null, [0, 140, 140]]);
      expect(others).toContain('Visitor 100');
      expect(others.indexOf('Visitor 100')).toBe(0);
      expect(table).toMatch(/\nVisitor +100 +140 +\? +\? +\+40 +\+/);
      expect(nothing).toBe('');
    });

    test('without finding what its own calls left in the program', async () => {
      const grown = await ask<readonly (readonly string[])[]>('idleGrowth');
      const ours = /Worker|MessagePort|Uint8Array|ArrayBuffer|Listener|Census|^Map$|^Function$/;
      expect(grown.flat().filter((name) => ours.test(name))).toEqual([]);
    });

    test('for all objects of a class, themselves', async () => {
      expect(await ask('byType')).toEqual({
        ...{ isSame: true, isAdmin: true, function: true, none: [] },
        // no handler of a proxy has run, and no global variable is left
        ...{ touched: false, globals: [] },
      });
    });

    test('without keeping alive what it was given', async () => {
      const answer = { found: 1, first: true, left: 0 };
      expect(await ask('leavesNothing')).toEqual(answer);
    });

    test('for the object with an id of a snapshot it has written', async () => {
      const file = join(temporaryFolder(), 'own.heapsnapshot');
      const answer = { none: null, isSame: true, name: 'Visitor', heapNone: null };
      expect(await ask('at', file)).toEqual(answer);
    });

    test('what an object holds, and which paths lead to it', async () => {
      const file = join(temporaryFolder(), 'refs.txt');
      const { refs, chain, steps, cut, gone } = await ask<Graphs>('graphs', file);
      expect(referencesOf(refs)).toEqual(['target -.visitor-> Visitor']);
      expect(readFileSync(file, 'utf8')).toContain('.visitor → Visitor');
      expect(referencesOf(chain)).toEqual([
        'Object {x} -.x-> target',
        'frame -local holder in graphs()-> Object {x}',
        'frame -local x in graphs()-> target',
      ]);
      expect(steps.map(({ node, edge }) => [node.name, edge?.label ?? null])).toEqual([
        ['graphs() library-questions.cjs', 'local x in graphs()'],
        ['Object', '.visitor'],
        ['Visitor', null],
      ]);
      expect(cut.edges).toEqual([]);
      expect(cut.nodes[0]?.preview).toBe('not reachable');
      expect(cut.cut?.rules).toMatchObject([{ text: 'Object->Visitor' }]);
      expect(gone).toEqual([]);
    });
  });
});
