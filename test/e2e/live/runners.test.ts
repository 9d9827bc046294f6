import { cpSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Subgraph } from '../../../src/collect/picture/subgraph.js';
import { startBrowser, untilTitled } from '../../support/browser.js';
import { runBin } from '../../support/run-bin.js';
import { programFile, startProgram } from '../../support/running-program.js';
import {
  CHROMIUM,
  DENO,
  describeRunners,
  describeRuntime,
  RUNNERS,
  RUNTIMES,
} from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const TSX = join(RUNNERS, 'tsx/dist/loader.mjs');
const ENTRY = fileURLToPath(new URL('../../../dist/entry/index.js', import.meta.url));
const ASKED = [
  '--target',
  'class:UploadTask',
  '--target',
  'fn:startUpload',
  '--target',
  'fn:onEnd',
  '--all',
];
/** Where a programmer sees them in uploads.ts. */
const LINES = { UploadTask: 11, startUpload: 19, onEnd: 22 };

/** Copies the programs into a temporary folder, into which runners can write. */
function copyPrograms(type: 'commonjs' | 'module' = 'module'): string {
  const folder = temporaryFolder();
  cpSync(programFile('runners'), folder, { recursive: true });
  symlinkSync(RUNNERS, join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
  return folder;
}

async function ask(source: string, ...more: readonly string[]): Promise<Subgraph> {
  const { code, stdout, stderr } = await runBin([source, ...ASKED, ...more, '--format', 'json']);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Subgraph;
}

/** The lines of uploads.ts on which things of that name were made; a compiler adds others. */
function linesOf({ nodes }: Subgraph, wanted: string): readonly number[] {
  return nodes.flatMap(({ name, location }) => {
    const [, line] = /(?:^|\/)uploads\.ts:(\d+):\d+$/.exec(location ?? '') ?? [];
    return line === undefined || name !== wanted ? [] : [Number(line)];
  });
}

function expectSource(graph: Subgraph): void {
  for (const [name, line] of Object.entries(LINES)) expect(linesOf(graph, name)).toContain(line);
  expect(graph.edges.map(({ label }) => label).join()).toContain('listener');
  expect(graph.sourceMaps).toContainEqual({ file: 'uploads.ts', map: 'inline' });
}

describeRunners(() => {
  describe.each(['commonjs', 'module'] as const)('tsx, a program of %s', (type) => {
    test('a class, a function and a listener at their lines, also from a captured heap', async () => {
      const folder = copyPrograms(type);
      const argv = ['--inspect=127.0.0.1:0', `--import=${TSX}`, join(folder, 'app.ts')];
      const program = await startProgram(process.execPath, argv);
      const url = await program.inspector();
      expectSource(await ask(url));

      const heap = join(folder, 'a.heapsnapshot');
      const maps = join(folder, 'a.maps.json');
      const { code, stderr } = await runBin(['capture', url, '--out', heap]);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain(`Source maps of its scripts written to ${maps}\n`);
      expect(statSync(maps).mode & 0o777).toBe(0o600);
      expect(readFileSync(maps, 'utf8')).not.toContain('by which the lines of this file');
      expectSource(await ask(heap));
      expect(linesOf(await ask(heap, '--no-source-maps'), 'UploadTask')).not.toContain(11);

      rmSync(maps);
      const graph = await ask(heap);
      const places = graph.nodes.filter(({ name }) => name in LINES).map((node) => node.location);
      expect(places.every((place) => place?.endsWith(' (compiled)'))).toBe(true);
    });

    test('--when with a line of the source', async () => {
      const file = join(copyPrograms(type), 'app.ts');
      const argv = ['--when', 'uploads.ts:21', '--target', 'task', `--node-arg=--import=${TSX}`];
      const { code, stdout, stderr } = await runBin([file, ...argv, '--format', 'txt']);
      expect(code, stderr).toBe(0);
      expect(stdout).toMatch(/local task in startUpload\(\) ← startUpload\(\) uploads\.ts:21/);
    });

    test('lprun shows the lines of the source', async () => {
      const file = join(copyPrograms(type), 'total.ts');
      const answer = await runBin(['lprun', file, '-f', 'total', `--node-arg=--import=${TSX}`]);
      expectTotal(answer);
    });
  });

  test('Vitest: in a test that runs', async () => {
    const folder = copyPrograms();
    const argv = ['--pool=forks', '--execArgv=--inspect=127.0.0.1:0', '--testTimeout=0'];
    const program = await startVitest(folder, ['uploads.spec.ts', ...argv]);
    const said = () => program.stdout() + program.stderr();
    await expect.poll(said, { timeout: 60_000 }).toMatch(/^ready$/m);
    const [url = ''] = /ws:\/\/\S+/.exec(said()) ?? [];
    expectSource(await ask(url));
  });

  test('Vitest: lprun in a test', async () => {
    const folder = copyPrograms();
    const { child, stdout } = await startVitest(folder, ['total.spec.ts', '--testTimeout=60000']);
    await expect.poll(() => child.exitCode, { timeout: 60_000 }).not.toBeNull();
    expect(child.exitCode, stdout()).toBe(0);
  });

  test('the development server of Vite, which renders a page itself', async () => {
    const file = join(copyPrograms(), 'render.mjs');
    const program = await startProgram(process.execPath, ['--inspect=127.0.0.1:0', file]);
    expectSource(await ask(await program.inspector()));
  });

  describeRuntime(CHROMIUM, (chromium) => {
    test('Vite: in a page', async () => {
      const file = join(copyPrograms(), 'serve.mjs');
      const { firstLine: page } = await startProgram(process.execPath, [file]);
      const { port, stop } = await startBrowser(chromium, page);
      onTestFinished(stop);
      await untilTitled(port, 'ready');
      expectSource(await ask(`127.0.0.1:${port}`, '--page', page));
    });
  });
});

describeRuntime(DENO, (deno) => {
  test('Deno: a class, a function and a listener at their lines', async () => {
    const file = join(programFile('runners'), 'app.ts');
    const program = await startProgram(deno, ['run', '--inspect=127.0.0.1:0', file]);
    expectSource(await ask(await program.inspector()));
  });
});

describe.each(RUNTIMES.filter(({ name }) => !/v20\./.test(name)))('on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test.each(['strip', 'transform'])(
      'lprun where Node.js itself takes the types off: %s',
      async (how) => {
        const file = join(programFile('runners'), 'total.ts');
        // an older one takes types off only if it is told to, a newer one knows no other way
        const { stdout: allowed } = await runNode(
          execPath,
          '[...process.allowedNodeEnvironmentFlags]',
        );
        const flag = `--experimental-${how}-types`;
        const argv = allowed.includes(flag) ? [`--node-arg=${flag}`] : [];
        const answer = await runBin(['lprun', file, '-f', 'total', ...argv], { execPath });
        expectTotal(answer);
        expect(answer.stderr).not.toContain('stripTypeScriptTypes');
      },
    );
  });
});

function runNode(execPath: string, expression: string) {
  const argv = ['-p', expression];
  return runBin([], { execPath, bin: argv[0] as string, nodeArgs: argv });
}

function expectTotal({ code, stdout, stderr }: Awaited<ReturnType<typeof runBin>>): void {
  expect(code, stderr).toBe(0);
  expect(stdout.match(/^Function: .*$/gm)).toEqual(['Function: total at line 5']);
  expect(stdout).toMatch(/^ +5 +export function total\(rows: readonly Row\[\]\): number \{$/m);
  expect(stdout).toMatch(/^ +7 +4 .* for \(const \{ n \} of rows\) \{$/m);
  expect(stdout).toMatch(/^ +8 +3 .* sum \+= n;$/m);
}

/** As it is installed for the tests, with a folder as its root. */
function startVitest(folder: string, argv: readonly string[]) {
  const all = [join(RUNNERS, 'vitest/vitest.mjs'), 'run', ...argv];
  const options = ['--root', folder, '--disable-console-intercept'];
  const env = { SHOWBACKREF: pathToFileURL(ENTRY).href };
  return startProgram(process.execPath, [...all, ...options], env);
}
