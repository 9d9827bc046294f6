import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { LoadedHeap } from '../../src/answer/heap.js';
import { readHeap } from '../../src/answer/load-heap.js';
import { PLAIN_WORK } from '../../src/answer/work.js';
import { toJson } from '../../src/report/json.js';
import { toText } from '../../src/report/text.js';
import type { OpenedSource } from '../../src/source/opened-source.js';
import { countWork } from '../support/count-work.js';
import { SHAPES, type ShapeName, shapeText } from '../support/shapes.js';

/**
 * The largest growth of the time when something doubles: it must about double; sorting adds a
 * little.
 */
const MOST_GROWTH = 2.3;
const N = 250;
/**
 * The number of doublings that must exceed it: a limit that is reached in between makes a single
 * one dearer, or cheaper; work that grows too fast exceeds it again.
 */
const LEAST_DOUBLINGS = 2;
const MOST_DOUBLINGS = 4;

async function load(shape: ShapeName, n: number) {
  const bytes = Readable.from([shapeText(shape, n)]);
  const source: OpenedSource = {
    kind: 'snapshot',
    name: shape,
    bytes,
    live: null,
    close: async () => undefined,
  };
  return (await readHeap(source, PLAIN_WORK)).heap;
}

type Heap = Pick<LoadedHeap, 'backrefs' | 'chain' | 'refs' | 'types' | 'byType' | 'nodeCount'>;

/** The object that is farthest from the roots: shapes are created from the roots on. */
function last(heap: Heap): string {
  return `@${2 * heap.nodeCount - 1}`;
}

const QUESTIONS: Readonly<Record<string, (heap: Heap) => unknown>> = {
  'who holds all of a class': (heap) => told(heap.backrefs(['class:/./'])),
  'who holds the last object': (heap) => told(heap.backrefs([last(heap)])),
  'each object on its own': (heap) => told(heap.backrefs(['class:/./'], { group: false })),
  'the way to the last object': (heap) => told(heap.chain([last(heap)])),
  'three ways to the last object': (heap) => told(heap.chain([last(heap)], { paths: 3 })),
  'a way to each object of a class': (heap) => told(heap.chain(['class:/./'])),
  'what the first object holds': (heap) => told(heap.refs(['@7'], { depth: 9 })),
  'retained sizes': (heap) => told(heap.backrefs(['class:/./'], { retained: true })),
  'the types': (heap) => heap.types(),
};

function told({ subgraph }: ReturnType<Heap['backrefs']>): void {
  toJson(subgraph);
  toText(subgraph, {});
}

describe.each(Object.keys(SHAPES) as ShapeName[])('%s', (shape) => {
  test('twice as much takes at most twice the work, and a little', async () => {
    const works: string[] = [];
    for (const [name, ask] of Object.entries(QUESTIONS)) {
      const workAt = async (n: number) => {
        const heap = await load(shape, n);
        return countWork(() => void ask(heap));
      };
      const growths: number[] = [];
      let before = await workAt(N);
      for (let n = 2 * N; growths.length < MOST_DOUBLINGS; n *= 2) {
        const work = await workAt(n);
        growths.push(work / before);
        if (growths.length >= LEAST_DOUBLINGS && work / before <= MOST_GROWTH) break;
        before = work;
      }
      if ((growths.at(-1) as number) > MOST_GROWTH)
        works.push(`${name}: ${growths.map((growth) => growth.toFixed(1)).join(', ')}`);
    }
    expect(works).toEqual([]);
  });
});
