import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/showbackref.js', import.meta.url));

export interface BinResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BinOptions {
  /** The Node.js that runs the tool; default: the one that runs the tests. */
  readonly execPath?: string;
  readonly bin?: string;
  readonly nodeArgs?: readonly string[];
  readonly cwd?: string;
  readonly stdin?: Uint8Array;
  /** In addition to the variables of the tests themselves. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the real command line in a separate process. */
export function runBin(argv: readonly string[], options: BinOptions = {}): Promise<BinResult> {
  const { execPath = process.execPath, bin = BIN, nodeArgs = [], cwd, stdin, env } = options;
  const child = spawn(execPath, [...nodeArgs, bin, ...argv], {
    cwd,
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // a tool that stops reading early closes the pipe, which is not a failure of the test
  child.stdin.on('error', () => undefined).end(stdin);
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
