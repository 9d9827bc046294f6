import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/**
 * Wakes a thread that waits for a named pipe here, once `signal` is aborted: waiting for a writer,
 * or for its bytes, it would keep the process from ending. To wake it, one byte is written, which
 * only the waiting thread can get.
 *
 * @returns a function that ends the watch.
 */
export function wakeOnAbort(path: string, signal: AbortSignal | undefined): () => void {
  const wake = () => void writeByte(path).catch(() => undefined);
  signal?.addEventListener('abort', wake, { once: true });
  return () => signal?.removeEventListener('abort', wake);
}

async function writeByte(path: string): Promise<void> {
  if (!(await stat(path)).isFIFO()) return;
  const pipe = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    await pipe.write('\n');
  } finally {
    await pipe.close();
  }
}
