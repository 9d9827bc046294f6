import { expect, test } from 'vitest';
import { matchesEnd } from '../../src/leaks/path-pattern.js';

const WAY = ['<global> -> process', '.mainModule -> Module', '.children -> Array', '[*] -> Module'];

test.each<[readonly string[], boolean]>([
  [['.children -> Array', '[*] -> Module'], true],
  [['[*] -> Module'], true],
  [['.mainModule -> Module', '**', '[*] -> Module'], true],
  [['.mainModule -> Module', '**', '.children -> Array', '[*] -> Module'], true],
  [['.ch* -> *', '[*] -> M*'], true],
  [['**', '* -> process', '**'], true],
  [['.children -> Array'], false],
  [['["*"] -> Module'], false],
  [['.children -> Set', '[*] -> Module'], false],
  [['.children -> Array', '[x] -> Module'], false],
])('%j: %s', (pattern, expected) => {
  expect(matchesEnd(WAY, pattern)).toBe(expected);
});
