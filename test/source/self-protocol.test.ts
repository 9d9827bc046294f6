import { expect, test } from 'vitest';
import { releaseLock, tryLock } from '../../src/source/self/self-protocol.js';

test('one thread at a time takes the heap, and only that thread releases the lock', () => {
  const lock = new SharedArrayBuffer(4);
  expect(tryLock(lock, 1)).toBe(true);
  expect(tryLock(lock, 2)).toBe(false);
  // a thread that ended while it waited
  releaseLock(lock, 2);
  expect(tryLock(lock, 3)).toBe(false);
  releaseLock(lock, 1);
  expect(tryLock(lock, 2)).toBe(true);
});
