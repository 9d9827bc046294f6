import { isEngineClass } from '../engine/classes/class-names.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import { computeClassRetained } from '../graph/compute-class-retained.js';
import { computeDominators } from '../graph/compute-dominators.js';
import { computeRetainedSizes } from '../graph/compute-retained-sizes.js';
import { computeShallowSizes } from '../graph/compute-shallow-sizes.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { classifyHeap, type HeapClass, nameClasses } from './heap-classes.js';

/** The number of objects of a class, and the bytes that they take and retain. */
export interface TypeStats extends HeapClass {
  readonly count: number;
  /** Bytes of the objects themselves. */
  readonly shallowSize: number;
  /** Bytes that would be freed without them, nothing counted twice. */
  readonly retainedSize: number;
  /** One of the engine's own groups, such as `(compiled code)` and `system / Context`. */
  readonly isEngine: boolean;
}

/**
 * Every class in the heap with its numbers, as DevTools' summary lists them: objects without a size
 * do not count. Largest retained size first.
 *
 * @param minSize only objects of at least this many bytes count.
 */
export function computeTypeStats(facts: HeapFacts, minSize = 0): readonly TypeStats[] {
  const { graph } = facts;
  const { classes, classOf: classOfAll } = classifyNodes(facts);
  const shallow = computeShallowSizes(graph);
  // smaller objects are of a class beyond the listed ones
  const classOf =
    minSize === 0
      ? classOfAll
      : classOfAll.map((index, node) => ((shallow[node] ?? 0) < minSize ? classes.length : index));
  const dominators = computeDominators(graph);
  const retained = computeRetainedSizes(graph, dominators, shallow);
  const retainedByClass = computeClassRetained(
    { classOf, classCount: classes.length + 1 },
    { dominators: dominators.toArray(), root: graph.root },
    { shallow, retained: retained.toArray() },
  );
  const { counts, sizes } = sumByClass(classOf, shallow, classes.length + 1);
  return classes
    .map((type, index) => ({
      ...type,
      count: counts[index] ?? 0,
      shallowSize: sizes[index] ?? 0,
      retainedSize: retainedByClass[index] ?? 0,
      isEngine: isEngineClass(type.name),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.retainedSize - a.retainedSize || compareClasses(a, b));
}

/** Classifies every node by the interfaces of its heap. */
function classifyNodes(facts: HeapFacts) {
  const { bins, binOf, interfaces } = classifyHeap(facts);
  const { classes, classOfBin } = nameClasses(bins, interfaces);
  return { classes, classOf: binOf.map((bin) => classOfBin[bin] ?? 0) };
}

/** The objects counted under this class name, wherever it was defined. */
export function findByName(facts: HeapFacts, name: string): readonly NodeOrdinal[] {
  const { classes, classOf } = classifyNodes(facts);
  const shallow = computeShallowSizes(facts.graph);
  const isWanted = classes.map((type) => type.name === name);
  const found: NodeOrdinal[] = [];
  classOf.forEach((index, node) => {
    if (isWanted[index] === true && shallow[node] !== 0) found.push(node as NodeOrdinal);
  });
  return found;
}

function sumByClass(classOf: Uint32Array, shallow: Float64Array, classCount: number) {
  const counts = new Float64Array(classCount);
  const sizes = new Float64Array(classCount);
  classOf.forEach((index, node) => {
    const size = shallow[node] ?? 0;
    if (size === 0) return;
    counts[index] = (counts[index] ?? 0) + 1;
    sizes[index] = (sizes[index] ?? 0) + size;
  });
  return { counts, sizes };
}

/** Compares by an order that is the same on every machine, whatever its language. */
export function compareClasses(a: HeapClass, b: HeapClass): number {
  return compareTexts(a.name, b.name) || compareTexts(a.location ?? '', b.location ?? '');
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
