import type { NodeOrdinal } from '../../../src/graph/ordinals.js';
import { HeapBuilder } from '../../support/heap-builder.js';
import { type Random, seededRandom } from '../seeded-random.js';

export interface Tangle {
  readonly heap: HeapBuilder;
  readonly objects: readonly NodeOrdinal[];
}

/**
 * Random objects below globalThis, with the features that make a picture large: names that differ
 * in numbers, rows of single holders, lists, many of one class, and references back to a parent.
 */
export function randomTangle(seed: number, most: number): Tangle {
  const random = seededRandom(seed);
  const heap = new HeapBuilder();
  const objects: NodeOrdinal[] = [];
  const make = (name: string) => {
    const node = heap.node('object', name, { size: 8 * (1 + random(9)) });
    objects.push(node);
    return node;
  };
  const any = () => objects[random(objects.length)] as NodeOrdinal;
  const link = (from: NodeOrdinal, to: NodeOrdinal) =>
    heap.edge(from, 'property', `p${random(4)}`, to);
  const count = 3 + random(most);
  while (objects.length < count) grow({ random, heap, make, any, link, objects });
  for (let i = 1 + random(3); i > 0; i--) heap.edge(heap.global, 'property', `g${i}`, any());
  for (let i = random(count); i > 0; i--) link(any(), any());
  return { heap, objects };
}

interface Growing extends Tangle {
  readonly random: Random;
  readonly make: (name: string) => NodeOrdinal;
  readonly any: () => NodeOrdinal;
  readonly link: (from: NodeOrdinal, to: NodeOrdinal) => void;
}

function grow({ random, make, any, link, heap, objects }: Growing): void {
  const parent = objects.length === 0 ? make('Top') : any();
  const kind = random(5);
  const number = random(100);
  if (kind === 0) link(parent, make(`Item${number}`));
  else if (kind === 1) {
    let last = parent;
    for (let i = 2 + random(6); i > 0; i--) {
      const next = make(random(3) === 0 ? 'Cell' : `Row${i % 3}`);
      heap.edge(last, 'property', 'next', next);
      last = next;
    }
  } else if (kind === 2) {
    const child = make('Child');
    link(parent, child);
    heap.edge(child, 'property', 'parent', parent);
  } else if (kind === 3) {
    for (let i = 2 + random(4); i > 0; i--) heap.edge(parent, 'element', i, make('Many'));
  } else link(make(`Other${number}`), parent);
}
