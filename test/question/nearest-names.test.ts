import { describe, expect, it } from 'vitest';
import { nearestNames } from '../../src/question/nearest-names.js';

describe('nearestNames', () => {
  it('puts the name with the fewest changes first', () => {
    expect(nearestNames('cache', ['catch', 'cached', 'cache2d', 'other'])).toEqual([
      'cached',
      'cache2d',
      'catch',
    ]);
  });

  it('prefers the same first letter, then the alphabet', () => {
    expect(nearestNames('cat', ['bat', 'cab', 'caa'])).toEqual(['caa', 'cab', 'bat']);
  });

  it('takes another case for almost the same name', () => {
    expect(nearestNames('userCache', ['usercache', 'UserCache'])).toEqual([
      'usercache',
      'UserCache',
    ]);
  });

  it('offers at most five, and no name that is too different', () => {
    const names = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'something'];
    expect(nearestNames('a0', names)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
    expect(nearestNames('zz', names)).toEqual([]);
    expect(nearestNames('x', ['', 'longer'])).toEqual([]);
  });
});
