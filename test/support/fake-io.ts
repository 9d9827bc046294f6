import { Readable, Writable } from 'node:stream';
import type { Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/main.js';

/** The result of a run of the command line. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stdoutBytes: Buffer;
  readonly stderr: string;
}

export interface FakeIoOptions {
  readonly cwd?: string;
  readonly stdin?: Uint8Array;
  readonly isTerminal?: boolean;
  /** The width of standard output. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
}

/** Runs the command line in this process, with separate streams. */
export async function runCli(
  argv: readonly string[],
  { cwd = process.cwd(), stdin, isTerminal = false, columns, signal }: FakeIoOptions = {},
): Promise<RunResult> {
  const stdout = new Sink(isTerminal);
  const stderr = new Sink(isTerminal);
  const io: Io = {
    stdin: Readable.from(stdin === undefined ? [] : [stdin]),
    stdout,
    stderr,
    cwd,
    columns,
    signal: signal ?? new AbortController().signal,
    armLook: () => ({ signal: new AbortController().signal, disarm: () => undefined }),
  };
  const code = await run(argv, io);
  const stdoutBytes = Buffer.concat(stdout.chunks);
  return {
    code,
    stdout: stdoutBytes.toString(),
    stdoutBytes,
    stderr: Buffer.concat(stderr.chunks).toString(),
  };
}

class Sink extends Writable {
  readonly chunks: Buffer[] = [];
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    // a copy: the writer may reuse the memory afterwards
    this.chunks.push(Buffer.from(chunk));
    done();
  }
}
