import { expect, test } from 'vitest';
import { startAhead, takeThread } from '../../src/util/thread-ahead.js';

const LARGE = 1 << 30;

test('a thread that was started for a file is for who reads a file of that size, once', async () => {
  startAhead(LARGE);
  const other = takeThread(LARGE + 1);
  const first = takeThread(LARGE);
  const second = takeThread(LARGE);
  expect(other).not.toBeNull();
  expect(first).not.toBeNull();
  expect(new Set([other, first, second]).size).toBe(3);
  for (const thread of [other, first, second]) await thread?.close();
});

test('a second wish changes nothing', async () => {
  startAhead(LARGE);
  startAhead(LARGE + 1);
  const thread = takeThread(LARGE);
  expect(thread).not.toBeNull();
  await thread?.close();
});

test('small files need none', () => {
  startAhead(1000);
  expect(takeThread(1000)).toBeNull();
});
