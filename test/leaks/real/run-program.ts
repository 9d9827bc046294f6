import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { runBin } from '../../support/run-bin.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Null if the packages of the programs are installed, else how to install them. */
export const MISSING_PACKAGES = existsSync(`${FOLDER}node_modules`)
  ? null
  : 'not installed: run npm ci --ignore-scripts --prefix test/leaks/real';

/** The fields of a suspect of `leaks --format json` that these tests check. */
export interface Suspect {
  readonly rank: number;
  readonly evidence: string;
  readonly holder: { readonly label: string; readonly location: string | null };
  readonly sentence: string;
  readonly unit: string;
  readonly bytes: number;
  readonly counts: readonly number[];
  readonly known: { readonly id: string } | null;
  readonly path: readonly string[];
}

/** The document of `leaks --format json`. */
export interface Leaks {
  readonly suspects: readonly Suspect[];
  readonly alsoGrew: readonly { readonly what: string; readonly why: string }[];
}

/**
 * The snapshots of a program in a separate Node.js: after the warm-up and after each of some
 * rounds.
 */
export async function snapshotsOf(
  program: string,
  { execPath, rounds }: { readonly execPath: string; readonly rounds: number },
): Promise<readonly string[]> {
  const out = `${temporaryFolder()}/heap`;
  await runToEnd(execPath, ['--no-warnings', '--expose-gc', FOLDER + program, out, String(rounds)]);
  return Array.from({ length: rounds + 1 }, (_, index) => `${out}-${index + 1}.heapsnapshot`);
}

/** The answer of the command line. */
export async function leaksIn(snapshots: readonly string[]): Promise<Leaks> {
  const { code, stdout, stderr } = await runBin(['leaks', ...snapshots, '--format', 'json']);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

/**
 * The named holder: the last two steps of the path to what piles up, and the first two of the
 * sentence.
 */
export function namedHolder(suspect: Suspect | undefined): string {
  if (suspect === undefined) return 'nobody';
  const steps = suspect.sentence.split(', which').slice(0, 2);
  return `${suspect.path.slice(-2).join(' ; ')} | ${steps.join(', which')}`;
}

function runToEnd(execPath: string, argv: readonly string[]): Promise<void> {
  const child = spawn(execPath, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${argv.join(' ')} ended with ${code}: ${stderr}`));
    });
  });
}
