import { constants, fstat, write } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Takes bytes. */
export interface Sink {
  /** Returns the number of bytes taken. */
  write(bytes: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** The time between two attempts on a pipe that nobody reads, or that is full. */
const PAUSE_MS = 10;

/**
 * Opens a device or a named pipe for writing, and waits for the reader of a pipe. Never blocks in a
 * system call, where a thread would keep the process from ending.
 *
 * @throws Error of the system; the reason of `signal`.
 */
export async function openStream(path: string, signal?: AbortSignal): Promise<Sink> {
  const { O_WRONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const handle = await open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY);
      if ((await handle.stat()).isFile()) {
        await handle.close();
        throw new Error('it has just become a file');
      }
      return {
        write: patiently(async (bytes) => (await handle.write(bytes)).bytesWritten, signal),
        close: () => handle.close(),
      };
    } catch (error) {
      // a pipe without a reader
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      if (!(await isNamedPipe(path))) throw error;
    }
    await wait(PAUSE_MS);
  }
}

/**
 * Opens an inherited descriptor. A pipe or terminal is opened again, for the same reason as in
 * `openStream`; a file is continued where others have stopped.
 */
export async function openDescriptor(descriptor: number, signal?: AbortSignal): Promise<Sink> {
  const stats = await promisify(fstat)(descriptor);
  // the read end of a pipe could be opened for writing here, and would never be read
  if (await isForReading(descriptor)) throw new Error('it is open for reading only');
  if (stats.isFIFO() && (await isReadHere(stats.ino))) throw new Error('it is not for output');
  if (stats.isFIFO() || stats.isCharacterDevice()) {
    const again = await openStream(`/dev/fd/${descriptor}`, signal).catch(() => null);
    if (again !== null) return again;
  }
  if (!stats.isFIFO() && !stats.isCharacterDevice() && !stats.isFile() && !stats.isSocket()) {
    throw new Error('it is not for output');
  }
  const writeTo = promisify(write);
  return {
    write: patiently(async (bytes) => (await writeTo(descriptor, bytes)).bytesWritten, signal),
    // the process that opened it closes it
    close: async () => undefined,
  };
}

/**
 * Waits while there is no room. A reader that goes away is not an error, as with standard output.
 */
function patiently(write: Sink['write'], signal: AbortSignal | undefined): Sink['write'] {
  return async (bytes) => {
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await write(bytes);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EPIPE') return bytes.length;
        if (code !== 'EAGAIN') throw error;
      }
      await wait(PAUSE_MS);
    }
  };
}

async function isNamedPipe(path: string): Promise<boolean> {
  return (await stat(path)).isFIFO();
}

/** True for pipes that Node.js made for itself, whose numbers nobody was given. */
async function isReadHere(pipe: number): Promise<boolean> {
  const names = await readdir('/proc/self/fd').catch(() => []);
  for (const name of names) {
    const stats = await promisify(fstat)(Number(name)).catch(() => null);
    if (stats?.isFIFO() && stats.ino === pipe && (await isForReading(Number(name)))) return true;
  }
  return false;
}

/** True if it was opened for reading; only Linux tells. Elsewhere writing fails. */
async function isForReading(descriptor: number): Promise<boolean> {
  const info = await readFile(`/proc/self/fdinfo/${descriptor}`, 'utf8').catch(() => '');
  const flags = /^flags:\s*([0-7]+)$/m.exec(info)?.[1];
  return flags !== undefined && (Number.parseInt(flags, 8) & 3) === 0;
}
