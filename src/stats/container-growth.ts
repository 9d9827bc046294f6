import { type ContainerKind, findContainers } from '../engine/containers.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';

/**
 * The number of entries of every container of a heap, to compare with a later heap of the same
 * process: 13 bytes per container.
 */
export interface ContainerSizes {
  /** Heap ids, ascending. */
  readonly ids: Float64Array;
  /** Number of entries, by position in `ids`. */
  readonly entries: Uint32Array;
  /** Position in KINDS, by position in `ids`. */
  readonly kinds: Uint8Array;
}

/**
 * A container that had more entries at the last moment than at the first one, and never lost any.
 */
export interface ContainerGrowth {
  readonly id: number;
  readonly kind: ContainerKind;
  /** Number of entries at each moment; null if the container did not exist yet, or had no entry. */
  readonly counts: readonly (number | null)[];
  readonly delta: number;
}

const KINDS: readonly ContainerKind[] = ['Map', 'Set', 'Array', 'Object'];
/**
 * The least growth that counts: an engine's and a program's own bookkeeping gets an entry now and
 * then.
 */
const LEAST_GROWTH = 8;

/**
 * Counts the entries of all containers. @param leavesOut picks objects that are not to be counted.
 */
export function measureContainers(
  graph: HeapGraph,
  leavesOut: (node: NodeOrdinal) => boolean = () => false,
): ContainerSizes {
  const found = [...findContainers(graph)].filter(({ node }) => !leavesOut(node));
  const idOf = ({ node }: { node: NodeOrdinal }) => graph.idOf(node);
  found.sort((a, b) => idOf(a) - idOf(b));
  return {
    ids: Float64Array.from(found, idOf),
    entries: Uint32Array.from(found, ({ entries }) => entries),
    kinds: Uint8Array.from(found, ({ kind }) => KINDS.indexOf(kind)),
  };
}

/**
 * The containers that grew in place, those with most new entries first: their entries rose from the
 * first moment to the last by 8 or more, and never fell. Only for moments of one process.
 */
export function growingContainers(moments: readonly ContainerSizes[]): readonly ContainerGrowth[] {
  const last = moments.at(-1);
  if (last === undefined) return [];
  const grown: ContainerGrowth[] = [];
  last.ids.forEach((id, position) => {
    const after = last.entries[position] ?? 0;
    if (after < LEAST_GROWTH) return;
    const counts = moments.map((moment) => entriesOf(moment, id));
    const first = counts[0] ?? null;
    // a new container did not grow in place
    if (first === null && counts.filter((count) => count !== null).length < 2) return;
    const delta = after - (counts.find((count) => count !== null) ?? 0);
    if (delta < LEAST_GROWTH || !isRising(counts)) return;
    grown.push({ id, kind: KINDS[last.kinds[position] ?? 0] ?? 'Object', counts, delta });
  });
  return grown.sort((a, b) => b.delta - a.delta || a.id - b.id);
}

function isRising(counts: readonly (number | null)[]): boolean {
  return counts.every((count, i) => i === 0 || (count ?? 0) >= (counts[i - 1] ?? 0));
}

function entriesOf({ ids, entries }: ContainerSizes, id: number): number | null {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? (entries[low] ?? 0) : null;
}
