import { ShowBackrefError } from '../../errors.js';
import type { PackedName } from './packed-name.js';

/**
 * The largest factor of decompression. Heaps shrink to a fifth or a thirtieth; a file that shrinks
 * far more was made to fill memory.
 */
export const MOST_TIMES = 200;
export const HARMLESS_BYTES = 256 << 20;

export function isBomb({ quoted, shellArgument }: PackedName): ShowBackrefError {
  const what = `${quoted} unpacks to over ${MOST_TIMES} times its size, which no heap does`;
  const advice = `if it is one, unpack it yourself and name ${shellArgument === '' ? 'the file' : 'that'}`;
  return new ShowBackrefError('SNAPSHOT_INVALID', `${what}: ${advice}`);
}
