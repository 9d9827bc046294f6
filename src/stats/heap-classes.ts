import type { HeapFacts } from '../engine/heap-facts.js';
import { type BinnedNodes, binNodes, type ClassBin } from './class-bins.js';
import { type InterfaceDefinition, InterfaceMatcher, inferInterfaces } from './interfaces.js';
import type { Shape } from './object-shapes.js';

/** A class of objects: one name, defined in one place. */
export interface HeapClass {
  readonly name: string;
  /** `file:line:column` of the definition if the heap contains it. */
  readonly location: string | null;
}

/** All nodes of a heap in bins, and the interfaces by which DevTools names its plain objects. */
export interface ClassifiedHeap extends BinnedNodes {
  readonly interfaces: readonly InterfaceDefinition[];
}

export function classifyHeap(facts: HeapFacts): ClassifiedHeap {
  const binned = binNodes(facts);
  return { ...binned, interfaces: inferInterfaces(countShapes(binned)) };
}

function countShapes({ bins, binOf }: BinnedNodes): ReadonlyMap<Shape, number> {
  const counts = new Float64Array(bins.length);
  binOf.forEach((bin) => {
    counts[bin] = (counts[bin] ?? 0) + 1;
  });
  const byShape = new Map<Shape, number>();
  for (const [bin, { shape }] of bins.entries()) {
    if (shape !== null) byShape.set(shape, (byShape.get(shape) ?? 0) + (counts[bin] ?? 0));
  }
  return byShape;
}

/** Bins as classes, once the interfaces are chosen. */
export interface NamedClasses {
  readonly classes: readonly HeapClass[];
  /** Index into `classes` by bin. */
  readonly classOfBin: Uint32Array;
}

export function nameClasses(
  bins: readonly ClassBin[],
  interfaces: readonly InterfaceDefinition[],
): NamedClasses {
  const matcher = new InterfaceMatcher(interfaces);
  const classes: HeapClass[] = [];
  const indexes = new Map<string, number>();
  const classOfBin = new Uint32Array(bins.length);
  for (const [bin, { name, location, shape }] of bins.entries()) {
    const named = { name: shape === null ? name : matcher.nameOf(shape), location };
    const key = classKey(named);
    const index = indexes.get(key) ?? classes.push(named) - 1;
    indexes.set(key, index);
    classOfBin[bin] = index;
  }
  return { classes, classOfBin };
}

/** A key that the same class has in every heap. */
export function classKey({ name, location }: HeapClass): string {
  return location === null ? name : `${name}\0${location}`;
}
