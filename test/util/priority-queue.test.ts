import { expect, test } from 'vitest';
import { PriorityQueue } from '../../src/util/priority-queue.js';
import { seededRandom } from '../support/random-heap.js';

test('gives back in order, whatever was added and removed in between', () => {
  const random = seededRandom(1);
  const queue = new PriorityQueue<number>((a, b) => a < b);
  const left: number[] = [];
  for (let i = 0; i < 2000; i++) {
    if (random() < 0.6) {
      const item = Math.floor(random() * 100);
      queue.push(item);
      left.push(item);
      left.sort((a, b) => a - b);
    } else expect(queue.pop()).toBe(left.shift());
  }
  while (left.length > 0) expect(queue.pop()).toBe(left.shift());
  expect(queue.pop()).toBeUndefined();
});
