import { ARRAY_DATA } from '../engine/classes/class-names.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import { computeShallowSizes } from '../graph/compute-shallow-sizes.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import type { ClassBin } from './class-bins.js';
import { classifyHeap, nameClasses } from './heap-classes.js';
import type { InterfaceDefinition } from './interfaces.js';

/** Room for the bin in a key: ids have 32 bits, and both have to fit into 53. */
const BIN_BITS = 21;
const BIN_RANGE = 2 ** BIN_BITS;

/**
 * The data kept of a heap to compare it with a later one: about 8 bytes per object. Objects without
 * a size are left out, as in DevTools.
 */
export interface Census {
  readonly bins: readonly ClassBin[];
  readonly interfaces: readonly InterfaceDefinition[];
  /** Number of objects and their shallow bytes, by bin. */
  readonly counts: Float64Array;
  readonly sizes: Float64Array;
  /** The part of `counts` that `keys` leaves out. */
  readonly unnumbered: Float64Array;
  /**
   * One per object, ascending: its id times 2^21 plus its bin. Without objects outside V8's heap,
   * which may have another id in every snapshot: the bytes of typed arrays, and objects that the
   * embedder describes (even ids). Empty if there are more bins than fit, or if ids mean nothing
   * beyond the heap.
   */
  readonly keys: Float64Array;
}

/** Takes a census. @param leavesOut picks objects that are not to be counted. */
export function takeCensus(
  facts: HeapFacts,
  leavesOut: (node: NodeOrdinal) => boolean = () => false,
): Census {
  const { graph } = facts;
  const { bins, binOf, interfaces } = classifyHeap(facts);
  const shallow = computeShallowSizes(graph);
  const counts = new Float64Array(bins.length);
  const sizes = new Float64Array(bins.length);
  const unnumbered = new Float64Array(bins.length);
  const isArrayData = bins.map(({ name }) => ARRAY_DATA.has(name));
  const hasIds = bins.length <= BIN_RANGE && graph.hasLastingIds;
  const keys = new Float64Array(graph.nodeCount);
  let length = 0;
  binOf.forEach((bin, node) => {
    const size = shallow[node] ?? 0;
    if (size === 0 || leavesOut(node as NodeOrdinal)) return;
    add(counts, bin, 1);
    add(sizes, bin, size);
    const id = graph.idOf(node as NodeOrdinal);
    if (hasIds && id % 2 === 1 && !isArrayData[bin]) keys[length++] = id * BIN_RANGE + bin;
    else add(unnumbered, bin, 1);
  });
  return { bins, interfaces, counts, sizes, unnumbered, keys: keys.slice(0, length).sort() };
}

/** The number of objects with a class of this name, wherever it was defined. */
export function countInstances(census: Census, name: string): number {
  return countByName(census)[name] ?? 0;
}

/** The number of objects by the name of their class, wherever it was defined. */
export function countByName({
  bins,
  counts,
  interfaces,
}: Census): Readonly<Record<string, number>> {
  const { classes, classOfBin } = nameClasses(bins, interfaces);
  // without a prototype: a class may be called `constructor`
  const sums: Record<string, number> = Object.create(null);
  counts.forEach((count, bin) => {
    const name = classes[classOfBin[bin] ?? 0]?.name ?? '';
    if (count > 0) sums[name] = (sums[name] ?? 0) + count;
  });
  return sums;
}

/** The part that is kept when only counts are needed. */
export function withoutKeys(census: Census): Census {
  return { ...census, keys: new Float64Array(0) };
}

/** Visits every id of both in ascending order; null stands for the one that lacks it. */
export function mergeKeys(
  before: Float64Array,
  after: Float64Array,
  visit: (before: number | null, after: number | null) => void,
): void {
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const old = before[i] ?? Number.POSITIVE_INFINITY;
    const now = after[j] ?? Number.POSITIVE_INFINITY;
    const order = idOfKey(old) - idOfKey(now);
    const hasOld = !(order > 0);
    const hasNow = !(order < 0);
    visit(hasOld ? old : null, hasNow ? now : null);
    if (hasOld) i++;
    if (hasNow) j++;
  }
}

export function idOfKey(key: number): number {
  return Math.floor(key / BIN_RANGE);
}

export function binOfKey(key: number): number {
  return key % BIN_RANGE;
}

function add(sums: Float64Array, index: number, amount: number): void {
  sums[index] = (sums[index] ?? 0) + amount;
}
