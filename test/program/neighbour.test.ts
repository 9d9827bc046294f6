import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../support/picture.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

interface Report {
  readonly nodes: number;
  readonly beatsWithinCall: number;
  readonly beats: number;
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  readonly added: readonly string[];
  readonly url: string | null;
}

describe.each(RUNTIMES)('a program that calls showBackrefs on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('runs on while the picture is made, is left unchanged, and ends normally', async () => {
      const file = join(temporaryFolder(), 'backrefs.svg');
      const report = await runProgram<Report>('library-neighbour.mjs', [file], { execPath });
      expect(report.nodes).toBeGreaterThan(1);
      expect(report.beatsWithinCall).toBe(0);
      expect(report.beats).toBeGreaterThan(1);
      expect(report.after).toEqual(report.before);
      expect(report.added).toEqual([]);
      expect(report.url).toBeNull();
      expect(readFileSync(file, 'utf8')).toContain('EventEmitter');
    });

    test.each([
      [
        'loads something before the program',
        ['--require', join(import.meta.dirname, 'preload.cjs')],
      ],
      ['limits its memory', ['--max-old-space-size=40']],
    ])('that %s', async (_, nodeArgs) => {
      const file = join(temporaryFolder(), 'backrefs.txt');
      const options = { execPath, nodeArgs };
      await runProgram<Report>('library-neighbour.mjs', [file], options);
      expect(readFileSync(file, 'utf8')).toContain('EventEmitter');
    });
  });
});
