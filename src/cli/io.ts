import type { Readable, Writable } from 'node:stream';
import { terminalColumns } from './terminal-columns.js';
import { watchUncaught } from './uncaught.js';

/** Everything of the process that the command line uses, so that tests can pass their own. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly cwd: string;
  /** The width of standard output; undefined if it is not a terminal and no width is set. */
  readonly columns?: number | undefined;
  /** The environment, which says how a terminal is to be written to; empty without it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Makes the next Ctrl-C request a look now, until disarmed. */
  armLook(): ArmedLook;
}

export interface ArmedLook {
  readonly signal: AbortSignal;
  disarm(): void;
}

/**
 * The real process. Its signal fires on SIGINT, SIGTERM and SIGHUP; the third one ends the process
 * by force.
 */
export function processIo(): Io {
  const controller = new AbortController();
  let look: AbortController | null = null;
  watchUncaught((reason) => controller.abort(reason));
  process.once('SIGTERM', () => controller.abort());
  process.once('SIGHUP', () => controller.abort());
  process.on('SIGINT', function onInterrupt() {
    if (look !== null && !look.signal.aborted) return look.abort();
    process.off('SIGINT', onInterrupt);
    controller.abort();
  });
  return {
    // creating a stream takes a while, so only the used ones are created
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return process.stdout;
    },
    get stderr() {
      return process.stderr;
    },
    cwd: process.cwd(),
    get columns() {
      return terminalColumns(process.stdout, process.env);
    },
    env: process.env,
    signal: controller.signal,
    armLook() {
      look = new AbortController();
      return {
        signal: look.signal,
        disarm() {
          look = null;
        },
      };
    },
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
