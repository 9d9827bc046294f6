import { formatBytes } from '../../util/format-bytes.js';
import { formatSeconds } from '../format-seconds.js';
import type { InspectorSession } from './inspector-session.js';

/** Below this nobody has to think about memory. */
const LARGE_HEAP = 200e6;
/**
 * What V8 needs besides while it builds and sends a snapshot, as multiples of the heap. Measured on
 * Node.js 20 with 200 MB: 10 for records of a few strings, numbers and functions, 33 for objects of one
 * number. Next to nothing for the same in long strings or arrays of numbers, but nobody knows before.
 */
const LEAST_THERE = 10;
const MOST_THERE = 33;
/** What showbackref needs, for the same records. */
const MOST_HERE = 4.5;
/**
 * Bytes of a heap that V8 takes in a second, in which the program stands still. Measured on Node.js 20 to
 * 26 with 150 MB: 10 to 15 MB for objects of a few properties, on a machine with other work; 380 MB for
 * arrays of numbers and more for long strings.
 */
const SLOWEST_RATE = 10e6;
const FASTEST_RATE = 400e6;

/** What is to be said of a heap, and to whom. */
export interface CostRequest {
  readonly name: string;
  readonly onNote: (sentence: string) => void;
  /** How often the heap will be taken, at most. */
  readonly times: number;
  /** True to say it of a small heap, too. */
  readonly isAlwaysSaid: boolean;
}

/** Says beforehand what it may cost to take the heap of this session. */
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

/** For how long a program stands still, in one sentence. */
export function describePauses(owner: string, usedBytes: number, times: number): string {
  const [least, most] = [FASTEST_RATE, SLOWEST_RATE].map((rate) => formatSeconds(usedBytes / rate));
  const long =
    least === most ? `about ${least}` : `${least} to ${most}, the more objects the longer`;
  const often = Number.isFinite(times) ? oftenWords(times) : 'each time';
  return `${owner} stands still while V8 takes its heap of ${formatBytes(usedBytes)}: ${often} for ${long}.`;
}

/** One sentence; null for a heap that is not large. */
export function describeMemoryNeed(owner: string, usedBytes: number): string | null {
  // not a number: whoever answers is no engine
  if (!(usedBytes >= LARGE_HEAP)) return null;
  const times = (factor: number) => formatBytes(usedBytes * factor);
  return `The heap of ${owner} has ${formatBytes(usedBytes)}: if it is mostly small objects, V8 needs ${times(LEAST_THERE)} to ${times(MOST_THERE)} more there while it takes the snapshot, and showbackref up to ${times(MOST_HERE)}.`;
}

function oftenWords(times: number): string {
  return times === 1 ? 'once' : `up to ${times} times, each`;
}
