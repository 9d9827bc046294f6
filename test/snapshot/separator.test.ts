import { describe, expect, it } from 'vitest';
import { separatorBehind } from '../../src/snapshot/separator.js';

describe('the separator between two records of three numbers', () => {
  it.each([
    ['1,2,3,4,5,6', { word: 0x2c, bytes: 1 }],
    ['1,2,3\n,4', { word: 0x2c0a, bytes: 2 }],
    ['1,2,3,\n4', { word: 0x0a2c, bytes: 2 }],
    ['1,2,3, 4', null],
    ['1,2,3\r\n,4', null],
    ['1,2,3]', null],
    ['1,2,3,', null],
    ['1,2,3\n', null],
    ['1,2', null],
    ['1, 2,3,4', null],
    ['1,-2,3,4', null],
    ['', null],
  ])('%j', (text, expected) => {
    expect(separatorBehind(Buffer.from(text), 0, 3)).toEqual(expected);
  });
});
