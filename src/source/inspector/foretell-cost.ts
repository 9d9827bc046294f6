import { formatBytes } from '../../util/format-bytes.js';
import { formatSeconds } from '../format-seconds.js';
import type { InspectorSession } from './inspector-session.js';

/** The size of heap above which memory matters. */
const LARGE_HEAP = 200e6;
/**
 * The memory that V8 needs to build and send a snapshot, as multiples of the heap. Measured on
 * Node.js 20 with 200 MB: 10 for records of a few strings, numbers and functions, 33 for objects
 * with one number. Next to nothing for the same size in long strings or arrays of numbers, but that
 * is not known in advance.
 */
const LEAST_THERE = 10;
const MOST_THERE = 33;
/** The memory that showbackref needs, for the same records. */
const MOST_HERE = 4.5;
/**
 * The number of bytes of a heap that V8 writes per second, while the program stands still. Measured
 * on Node.js 20 to 26 with 150 MB: 10 to 15 MB for objects of a few properties, on a machine with
 * other work; 380 MB for arrays of numbers and more for long strings.
 */
const SLOWEST_RATE = 10e6;
const FASTEST_RATE = 400e6;

/** The heap, and the receiver of the message about it. */
export interface CostRequest {
  readonly name: string;
  readonly onNote: (sentence: string) => void;
  /** The most times that the heap will be taken. */
  readonly times: number;
  /** True to report it for a small heap, too. */
  readonly isAlwaysSaid: boolean;
}

/** Says in advance what taking the heap of this session may cost. */
export async function foretellCost(
  session: InspectorSession,
  { name, onNote, times, isAlwaysSaid }: CostRequest,
): Promise<void> {
  const { usedSize } = await session.send('Runtime.getHeapUsage', {});
  const quoted = JSON.stringify(name);
  const memory = describeMemoryNeed(quoted, usedSize);
  if (isAlwaysSaid || memory !== null) onNote(describePauses(quoted, usedSize, times));
  if (memory !== null) onNote(memory);
}

/** Says in one sentence how long a program stands still. */
export function describePauses(owner: string, usedBytes: number, times: number): string {
  const [least, most] = [FASTEST_RATE, SLOWEST_RATE].map((rate) => formatSeconds(usedBytes / rate));
  const long =
    least === most ? `about ${least}` : `${least} to ${most}, the more objects the longer`;
  const often = Number.isFinite(times) ? oftenWords(times) : 'each time';
  return `${owner} stands still while V8 takes its heap of ${formatBytes(usedBytes)}: ${often} for ${long}.`;
}

/** Says in one sentence how much memory is needed; null for a heap that is not large. */
export function describeMemoryNeed(owner: string, usedBytes: number): string | null {
  // not a number: the other side is not an engine
  if (!(usedBytes >= LARGE_HEAP)) return null;
  const times = (factor: number) => formatBytes(usedBytes * factor);
  return `The heap of ${owner} has ${formatBytes(usedBytes)}: if it is mostly small objects, V8 needs ${times(LEAST_THERE)} to ${times(MOST_THERE)} more there while it takes the snapshot, and showbackref up to ${times(MOST_HERE)}.`;
}

function oftenWords(times: number): string {
  return times === 1 ? 'once' : `up to ${times} times, each`;
}
