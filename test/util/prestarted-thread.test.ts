import { expect, test } from 'vitest';
import { PrestartedThread } from '../../src/util/prestarted-thread.js';

const LARGE = 1 << 30;

test('a thread that was started for a file is for the reader of a file of that size, once', async () => {
  const ahead = new PrestartedThread(LARGE);
  expect(ahead.take(LARGE + 1)).toBeNull();
  const thread = ahead.take(LARGE);
  expect(thread).not.toBeNull();
  expect(ahead.take(LARGE)).toBeNull();
  await thread?.close();
});

test('small files need none', () => {
  expect(new PrestartedThread(1000).take(1000)).toBeNull();
});
