import { describe, expect, it } from 'vitest';
import { InterfaceMatcher, inferInterfaces } from '../../src/stats/interfaces.js';

const counts = (entries: readonly (readonly [readonly string[], number])[]) => new Map(entries);

describe('interfaces of plain objects', () => {
  it('are the combinations that occur twice, and once in a thousand, most common first', () => {
    const shapes = counts([
      [['id', 'name'], 3],
      [['a'], 5],
      [['once'], 1],
      [[], 20],
    ]);
    expect(inferInterfaces(shapes).map(({ name }) => name)).toEqual(['{a}', '{id, name}']);
    const many = counts([
      [['rare'], 9],
      [['common'], 10],
      [[], 9981],
    ]);
    expect(inferInterfaces(many).map(({ name }) => name)).toEqual(['{common}']);
  });

  it('quote names that could be taken for their own signs, and end before they get too long', () => {
    const long = Array.from({ length: 30 }, (_, i) => `property${i}`);
    const shapes = counts([
      [['a, b', '__proto__', 'c"d'], 2],
      [long, 2],
      [['x'.repeat(300), 'y'], 2],
    ]);
    const [quoted, cut, single] = inferInterfaces(shapes);
    expect(quoted?.name).toBe('{"a, b", "c\\"d"}');
    expect(cut?.name.length).toBeLessThanOrEqual(123);
    expect(cut?.properties).toEqual(long.slice(0, cut?.properties.length));
    expect(single?.name).toBe(`{${'x'.repeat(300)}}`);
  });

  it('fit objects that have all their properties; the one with most properties wins', () => {
    const definitions = [
      { name: '{a}', properties: ['a'] },
      { name: '{b}', properties: ['b'] },
      { name: '{b, c}', properties: ['b', 'c'] },
    ];
    const matcher = new InterfaceMatcher(definitions);
    expect(matcher.nameOf(['c', 'b', 'a'])).toBe('{b, c}');
    expect(matcher.nameOf(['b', 'a'])).toBe('{a}');
    expect(matcher.nameOf(['c'])).toBe('Object');
    expect(matcher.nameOf([])).toBe('Object');
  });
});
