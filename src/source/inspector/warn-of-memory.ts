import { formatBytes } from '../../util/format-bytes.js';
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

/** Says beforehand what it may cost to take the heap of this session; nothing for a small one. */
export async function warnOfMemoryNeed(
  session: InspectorSession,
  name: string,
  onNote: (sentence: string) => void,
): Promise<void> {
  const { usedSize } = await session.send('Runtime.getHeapUsage', {});
  const sentence = describeMemoryNeed(JSON.stringify(name), usedSize);
  if (sentence !== null) onNote(sentence);
}

/** One sentence; null for a heap that is not large. */
export function describeMemoryNeed(owner: string, usedBytes: number): string | null {
  // not a number: whoever answers is no engine
  if (!(usedBytes >= LARGE_HEAP)) return null;
  const times = (factor: number) => formatBytes(usedBytes * factor);
  return `The heap of ${owner} has ${formatBytes(usedBytes)}: if it is mostly small objects, V8 needs ${times(LEAST_THERE)} to ${times(MOST_THERE)} more there while it takes the snapshot, and showbackref up to ${times(MOST_HERE)}.`;
}
