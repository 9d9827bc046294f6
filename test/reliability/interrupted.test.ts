import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { caseCount, countResult } from '../support/count-result.js';
import { largeHeapText } from '../support/large-heap-text.js';
import { type BinResult, runBin } from '../support/run-bin.js';
import { listeningPorts, programFile, startProgram } from '../support/running-program.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { reserveUsualPort } from '../support/usual-port.js';

const ALL = caseCount(0, 1) === 1;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** In order. A stage is shown on a terminal; the others are functions that touch the file. */
const STAGES = [
  ...['Reading…', 'Indexing…', 'Searching…', 'Collecting…', 'Writing…', 'Laying out…', 'Drawing…'],
  ...['open', 'rename'],
];
/** Each stage with each signal; in a usual run with one signal, in turn. */
const CASES = STAGES.flatMap((at, i) =>
  SIGNALS.filter((_, k) => ALL || k === i % SIGNALS.length).map((signal) => [at, signal] as const),
);
/** The cases in which the tool is still busy with a running program. */
const LIVE_CASES = CASES.filter(([at]) => ['Reading…', 'Searching…', 'Drawing…'].includes(at));
const sums = { faults: 0 };

afterAll(() => countResult('signals at every stage', sums));

interface Interruption {
  readonly at: string;
  readonly signal: (typeof SIGNALS)[number];
  /** The format of the output; default: a picture. */
  readonly format?: string;
}

/** A run of the tool, in a folder with nothing else in it. */
async function runInterrupted(
  argv: readonly string[],
  { at, signal, format = 'png' }: Interruption,
) {
  const folder = temporaryFolder();
  const preload = pathToFileURL(programFile('signalled.mjs')).href;
  const out = join(folder, `x.${format}`);
  const result = await runBin([...argv, '--out', out], {
    nodeArgs: ['--import', preload],
    env: { AT: at, SIGNAL: signal },
  });
  sums.faults++;
  return { ...result, out, left: readdirSync(folder) };
}

/** Checks for a whole file and exit code 0, or no file and 130; anything being written is gone. */
function expectWholeOrNone({ code, stderr, out, left }: Run, { at }: Interruption): void {
  if (at === 'rename') {
    // too late to be interrupted
    expect(code, stderr).toBe(0);
    expect(readFileSync(out).subarray(-8, -4).toString()).toBe('IEND');
    expect(left).toEqual(['x.png']);
  } else {
    // a drawing is native code: if it does not end soon, the process ends by SIGINT, which a shell
    // shows as 130
    const codes = at === 'Drawing…' ? [130, null] : [130];
    expect(codes, stderr).toContain(code);
    // after the stages, which are on one line
    expect(stderr.split('\u001b[K').at(-1)).toMatch(/(?:^|\n)showbackref: interrupted\n$/);
    expect(left).toEqual([]);
  }
}

type Run = BinResult & { readonly out: string; readonly left: readonly string[] };

// the signals of Windows cannot be caught
describe.runIf(process.platform !== 'win32')('a signal', () => {
  describe('while a file is looked at', () => {
    test.each(CASES)('at %s: %s', async (at, signal) => {
      const file = join(temporaryFolder(), 'a.heapsnapshot');
      writeFileSync(file, largeHeapText(20_000));
      const run = await runInterrupted([file, '--target', '@7'], { at, signal });
      expectWholeOrNone(run, { at, signal });
    });
  });

  test.each([
    ['types', 'Reading…', 'SIGINT'],
    ['growth', 'Indexing…', 'SIGTERM'],
    ['info', 'Indexing…', 'SIGHUP'],
  ] as const)('while %s counts, at %s: %s', async (command, at, signal) => {
    const file = join(temporaryFolder(), 'a.heapsnapshot');
    writeFileSync(file, largeHeapText(20_000));
    const sources = command === 'growth' ? [file, file] : [file];
    const run = await runInterrupted([command, ...sources], { at, signal, format: 'json' });
    expectWholeOrNone(run, { at, signal });
  });

  describe('while a script is looked at: no process of it is left', () => {
    test.each([...LIVE_CASES, ['running', 'SIGTERM'] as const])('at %s: %s', async (at, signal) => {
      const script = join(temporaryFolder(), 'app.cjs');
      const body = 'const x = [1]; debugger; setInterval(() => x, 1000);';
      writeFileSync(script, `console.log("running"); setTimeout(() => { ${body} }, 200);`);
      const run = await runInterrupted([script, '--target', 'x'], { at, signal });
      expectWholeOrNone(run, { at, signal });
      expect(processesWith(script)).toEqual([]);
    });

    test('before it has stopped: SIGINT looks at once', async () => {
      const script = join(temporaryFolder(), 'app.cjs');
      writeFileSync(script, 'globalThis.x = [1]; console.log("running"); setInterval(() => x, 9);');
      const run = await runInterrupted([script, '--target', 'x'], {
        at: 'running',
        signal: 'SIGINT',
      });
      expect(run.code, run.stderr).toBe(0);
      expect(run.left).toEqual(['x.png']);
      expect(processesWith(script)).toEqual([]);
    });
  });

  describe.runIf(process.platform === 'linux')('while a process is looked at: it goes on', () => {
    test.each(LIVE_CASES)('at %s: %s', async (at, signal) => {
      await reserveUsualPort();
      const program = await startProgram(process.execPath, [programFile('live-server.cjs')]);
      const port = Number(program.firstLine);
      const argv = [`pid:${program.pid}`, '--target', 'class:Session', '--all'];
      const run = await runInterrupted(argv, { at, signal });
      expectWholeOrNone(run, { at, signal });
      // its own server, and soon no inspector
      await vi.waitUntil(() => listeningPorts(program.pid).length === 1, { timeout: 60_000 });
      expect(listeningPorts(program.pid)).toEqual([port]);
      expect(await isAnswered(port)).toBe(true);
    });
  });
});

/** Numbers of the processes with this text among their arguments. */
function processesWith(text: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    const file = `/proc/${name}/cmdline`;
    try {
      return /^\d+$/.test(name) && existsSync(file) && readFileSync(file, 'utf8').includes(text);
    } catch {
      // it has ended meanwhile
      return false;
    }
  });
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/same' }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
    }).on('error', () => resolve(false));
  });
}
