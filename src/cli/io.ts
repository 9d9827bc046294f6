import type { Readable, Writable } from 'node:stream';

/** Everything of the process the command line uses, so that tests can hand in their own. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The real process. Its signal fires on SIGINT and SIGTERM. */
export function processIo(): Io {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  const { stdin, stdout, stderr } = process;
  return {
    get stdin() {
      return stdin;
    },
    stdout,
    stderr,
    cwd: process.cwd(),
    signal: controller.signal,
  };
}

/** Writes and waits until the stream has taken it; a closed pipe is not an error. */
export function write(stream: Writable, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}
