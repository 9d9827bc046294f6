import { IDLE_GROUPS } from './idle-groups.js';

/** The factor by which programs may differ from the idle one. */
const FACTOR = 1.5;
const MORE = 20;
const MORE_BYTES = 8000;

/** The key of an accumulation: the classes of its owner and its items. */
export function signatureOf(owner: string, item: string): string {
  return `${owner} > ${item}`;
}

/**
 * True if an idle process of that version of Node.js has about as many objects, of about the same
 * size.
 *
 * @param producer as detected in a heap: `Node.js v20.20.2`; for others the nearest version
 *   counts.
 */
export function isUsualWhenIdle(
  producer: string,
  signature: string,
  found: { readonly count: number; readonly bytes: number },
): boolean {
  const usual = groupsOf(producer)[signature];
  if (usual === undefined) return false;
  const [count, bytes] = usual;
  return found.count <= count * FACTOR + MORE && found.bytes <= bytes * FACTOR + MORE_BYTES;
}

function groupsOf(producer: string): (typeof IDLE_GROUPS)[number] {
  const major = Number(/v(\d+)\./.exec(producer)?.[1] ?? 0);
  const versions = Object.keys(IDLE_GROUPS).map(Number);
  const nearest = versions.reduce((a, b) => {
    return Math.abs(b - major) < Math.abs(a - major) ? b : a;
  }, versions[0] ?? 0);
  return IDLE_GROUPS[nearest] ?? {};
}
