import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { runBin } from '../support/run-bin.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const COMPILED = 'test/programs/source-maps/compiled/sessions.cjs';
const ON_DISK =
  /^Locations in sessions\.cjs follow source maps as they are on disk now \(sessions\.cjs\.map\)\.$/m;
const LOADED =
  /^Locations in sessions\.cjs follow the source maps that were loaded with the scripts\.$/m;

/** `connect() @1` as `connect()`, with where it is. */
function placesOf({ nodes }: Subgraph): readonly string[] {
  const located = nodes.filter(({ location }) => location !== null);
  return located.map(({ label, location }) => `${label.replace(/ @\d+$/, '')} ${location}`).sort();
}

const ORIGINAL = [
  'Session src/sessions.cts:8:3',
  'main() src/sessions.cts:24 src/sessions.cts:24:3',
  'module src/sessions.cts:28 src/sessions.cts:28:1',
  'onData() src/sessions.cts:17:27',
];

const GENERATED = [
  'Session sessions.cjs:7:16',
  'main() sessions.cjs:21 sessions.cjs:21:5',
  'module sessions.cjs:24 sessions.cjs:24:1',
  'onData() sessions.cjs:15:20',
];

describe.each(RUNTIMES)('on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    async function ask(...argv: readonly string[]): Promise<{ graph: Subgraph; stderr: string }> {
      const all = [...argv, '--format', 'json'];
      const { code, stdout, stderr } = await runBin(all, { execPath });
      expect(code, stderr).toBe(0);
      expect(stdout).not.toContain(process.cwd());
      return { graph: JSON.parse(stdout) as Subgraph, stderr };
    }

    test.each([
      ['beside the script', COMPILED, ON_DISK],
      ['inline', 'test/programs/source-maps/inline/sessions.cjs', LOADED],
    ])('a source map %s is followed', async (_, script, note) => {
      const { graph, stderr } = await ask(script, '--target', 'current');
      expect(placesOf(graph)).toEqual(ORIGINAL);
      expect(stderr).toMatch(note);
    });

    test.each(['beside', 'inline'])(
      'a class that a minifier has renamed is found by its name in the source: a map %s',
      async (where) => {
        const script = `test/programs/source-maps/minified/${where}.cjs`;
        const { graph } = await ask(script, '--target', 'class:UploadTask', '--all');
        const [target] = graph.nodes.filter(({ role }) => role === 'target');
        expect(target).toMatchObject({
          name: expect.stringMatching(/^UploadTask \(\w\)$/),
          count: 2,
        });
        expect(target?.location).toMatch(/^tasks\.c?ts:6:3$/);
        expect(graph.nodes.map(({ name }) => name).join()).toMatch(/\bQueue \(\w\)/);
      },
    );

    test('--no-source-maps keeps to the script', async () => {
      const { graph, stderr } = await ask(COMPILED, '--target', 'current', '--no-source-maps');
      expect(placesOf(graph)).toEqual(GENERATED);
      expect(stderr).not.toContain('source map');
    });

    test('a source map is followed from a saved heap', async () => {
      const heap = join(temporaryFolder(), 'a.heapsnapshot');
      const { code, stderr } = await runBin(['capture', COMPILED, '--out', heap], { execPath });
      expect(code, stderr).toBe(0);
      const { graph } = await ask(heap, '--target', 'class:Session');
      const [session, onData] = [ORIGINAL[0], ORIGINAL[3]];
      expect(placesOf(graph)).toEqual(expect.arrayContaining([session, onData]));
    });

    test('positions on the first line of a CommonJS module, and of a script moved by its host', async () => {
      const targets = ['--target', 'kept', '--target', 'fn:first'];
      const { graph } = await ask('test/programs/first-line.cjs', ...targets);
      expect(placesOf(graph)).toEqual(
        expect.arrayContaining([
          `first() first-line.cjs:1:${'const first = '.length + 1}`,
          `Made first-line.cjs:6:${'  constructor'.length + 1}`,
          'Bare first-line.cjs:10:1',
          `moved() moved.js:11:${5 + '(kept) => function moved'.length + 1}`,
        ]),
      );
    });
  });
});
