import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { findGrowth } from '../../src/leaks/find-suspects.js';
import type { FoundLeaks } from '../../src/leaks/suspect.js';
import { Moments } from '../../src/leaks/tree/moments.js';
import { HeapBuilder } from '../support/heap-builder.js';

/**
 * The content of a heap at one moment, put below its global; an object has the same id at each
 * moment.
 */
export type Scene = (heap: HeapBuilder, moment: number) => void;

/** The ids of objects created at a moment: above those of earlier moments. */
export function idOf(moment: number, index: number): number {
  return 100_001 + moment * 100_000 + 2 * index;
}

/** Objects that every program has, which show that heaps are of one process. */
function lasting(heap: HeapBuilder): void {
  for (let i = 0; i < 40; i++) {
    const node = heap.node('object', 'Lasting', { id: 1001 + 2 * i, size: 16 });
    heap.edge(heap.global, 'property', `lasting${i}`, node);
  }
}

/** Finds what grew in a scene. */
export function growthOf(
  scene: Scene,
  moments: number,
): FoundLeaks & { readonly last: HeapBuilder } {
  const all = new Moments();
  let found: FoundLeaks = { suspects: [], alsoGrew: [] };
  let last = new HeapBuilder();
  for (let moment = 0; moment < moments; moment++) {
    last = new HeapBuilder();
    lasting(last);
    scene(last, moment);
    const facts = last.facts();
    const latest = all.add(facts);
    if (moment === moments - 1) found = findGrowth(all, latest, facts);
  }
  return { ...found, last };
}

/** An object below the global. */
export function under(heap: HeapBuilder, name: string, class_: string, id: number): NodeOrdinal {
  const node = heap.node('object', class_, { id, size: 32 });
  heap.edge(heap.global, 'property', name, node);
  return node;
}

/** The items of all moments up to one: `each` new ones came at every moment. */
export function itemsUpTo(moment: number, each: number): readonly number[] {
  return Array.from({ length: moment + 1 }, (_, m) => m).flatMap((m) =>
    Array.from({ length: each }, (_, i) => idOf(m, i)),
  );
}
