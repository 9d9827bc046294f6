import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseCount, countResult, sayProgress } from '../support/count-result.js';
import { shapeText } from '../support/shapes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const BIN = fileURLToPath(new URL('../../bin/showbackref.js', import.meta.url));
const CASES = caseCount(6, 200);
/** On a machine that has nothing else to do. */
const MOST_MS = 300;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

let home = '';
let heap = '';
let wholeMs = 0;
const latencies: number[] = [];
const controls: number[] = [];

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  /** From the signal to the end of the process; 0 where none was sent. */
  readonly ms: number;
}

/** Runs Node.js and sends it a signal after some time, if it is still there. */
function runFor(
  argv: readonly string[],
  { afterMs, signal = 'SIGINT' }: { afterMs: number; signal?: NodeJS.Signals },
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    let sentAt = 0;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const timer = setTimeout(() => {
      sentAt = performance.now();
      child.kill(signal);
    }, afterMs);
    child.on('close', (code, killedBy) => {
      clearTimeout(timer);
      const ms = sentAt === 0 ? 0 : performance.now() - sentAt;
      resolve({ code, signal: killedBy, stderr, ms });
    });
  });
}

/** A program that only waits, and ends at the signal: what this takes is the machine's. */
const CONTROL = ['-e', 'process.on("SIGINT", () => process.exit(130)); setInterval(() => 0, 1e6)'];

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** The same numbers on every machine. */
function shareOf(index: number): number {
  return (index * 0.618_033_988_75) % 1;
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'showbackref-latency-'));
  heap = join(home, 'list.heapsnapshot');
  writeFileSync(heap, shapeText('list', 100_000));
  const began = performance.now();
  await runFor([BIN, heap, '--target', 'class:Item', '--format', 'txt'], { afterMs: 2 ** 30 });
  wholeMs = performance.now() - began;
}, 120_000);

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  const sorted = [...latencies].sort((a, b) => a - b);
  countResult('Ctrl-C and SIGTERM at random moments of a question', {
    moments: latencies.length,
    'median ms': Math.round(median(sorted)),
    'highest ms': Math.round(sorted.at(-1) ?? 0),
    'median ms of a program that only waits': Math.round(median(controls)),
  });
});

// what Windows calls signals cannot be caught
describe.runIf(process.platform !== 'win32')('a signal at any moment', () => {
  test(`${CASES} moments: one sentence and exit code 130, and soon`, async () => {
    for (let i = 0; i < CASES; i++) {
      sayProgress(i, CASES);
      const folder = temporaryFolder();
      const argv = [BIN, heap, '--target', 'class:Item', '--out', join(folder, 'x.svg')];
      // before there is a handler the signal has its usual meaning
      const afterMs = wholeMs * (0.3 + 0.6 * shareOf(i));
      const signal = SIGNALS[i % SIGNALS.length] as NodeJS.Signals;
      const { code, stderr, ms, ...end } = await runFor(argv, { afterMs, signal });
      if (ms === 0 || code === 0) continue;
      // native code ends with the process, by SIGINT, which a shell shows as 130, too
      if (end.signal === null) expect(code, stderr).toBe(130);
      else expect(end.signal).toBe('SIGINT');
      expect(stderr).toBe('showbackref: interrupted\n');
      expect(readdirSync(folder)).toEqual([]);
      latencies.push(ms);
      controls.push((await runFor(CONTROL, { afterMs: 300 })).ms);
    }
    expect(latencies.length).toBeGreaterThan(CASES / 2);
    // the limit is one of a machine that has nothing else to do, such as that of the full run
    const extra = median(latencies) - median(controls);
    if (CASES >= 200) expect(extra).toBeLessThan(MOST_MS + median(controls));
  }, 1_200_000);

  test('the time of --timeout is over during a computation: one sentence and exit code 1', async () => {
    const argv = [BIN, heap, '--target', 'class:Item', '--format', 'txt'];
    const text = `${Math.ceil(wholeMs / 2)}ms`;
    const { code, stderr } = await runFor([...argv, '--timeout', text], { afterMs: 2 ** 30 });
    expect([code, stderr]).toEqual([
      1,
      `showbackref: there is no answer within --timeout "${text}"; allow more, or ask for less with --depth and --max-nodes\n`,
    ]);
  });

  test('a shell sees exit code 130', async () => {
    const argv = [BIN, heap, '--target', 'class:Item', '--format', 'txt'];
    const words = [process.execPath, ...argv].map((word) => `'${word}'`).join(' ');
    const child = spawn('sh', [
      '-c',
      `${words} & sleep ${wholeMs / 2000}; kill $!; wait $!; echo $?`,
    ]);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(stdout).toBe('130\n');
  });
});
