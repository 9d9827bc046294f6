import { totalmem } from 'node:os';

/**
 * Bytes of memory that can be filled before the machine, or the container, runs out. macOS counts what
 * is not even used as a cache, which is next to nothing: there it is all that the machine has.
 */
export function freeMemory(): number {
  return process.platform === 'darwin' ? totalmem() : process.availableMemory();
}
