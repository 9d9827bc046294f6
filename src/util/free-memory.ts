import { totalmem } from 'node:os';

/**
 * The number of bytes of memory that can be filled before the machine, or the container, runs out.
 * macOS counts only memory that is not even used as a cache, which is next to nothing: there it is
 * all memory of the machine.
 */
export function freeMemory(): number {
  return process.platform === 'darwin' ? totalmem() : process.availableMemory();
}
