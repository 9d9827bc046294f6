import { describe, expect, test } from 'vitest';
import type { ScopeTable } from '../../src/snapshot/scope-table.js';
import { fixtureTables } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { type ScopeRecords, tablesWithScopes } from '../support/scoped-heap.js';

/** The scopes of a heap of two nodes. */
async function scopesOf(records: ScopeRecords): Promise<ScopeTable | null> {
  const heap = new HeapBuilder();
  heap.node('code', 'script');
  return (await tablesWithScopes(heap, records)).scopes;
}

describe('what V8 says of scopes', () => {
  test('a file without them has none', () => {
    expect(new HeapBuilder().tables().scopes).toBeNull();
  });

  test('a file of Chromium', async () => {
    const { scopes, strings, nodeNames } = await fixtureTables('chromium-156');
    expect(scopes?.count).toBe(5);
    const names = Array.from(scopes?.variableNames ?? [], (name) => strings.get(name));
    expect(names).toEqual(['Retainer']);
    const script = strings.get(nodeNames[scopes?.scripts[0] ?? 0] ?? 0);
    expect(script).toMatch(/^system \/ Script/);
    expect(Array.from(scopes?.ids ?? [])).toEqual([-2, 112, 137, 3, 35]);
    expect(Array.from(scopes?.parents ?? [])).toEqual([-1, 0, 1, 0, 3]);
  });

  test('the scope around each one', async () => {
    const table = await scopesOf({
      scopes: [
        [6, -2, 0, 1, 0],
        [6, 10, 1, 0, 1],
        [6, 20, 2, 0, 0],
        [6, 40, 1, 0, 0],
        [0, -2, 0, 0, 0],
      ],
      vars: [1],
      uses: [[-2, 0]],
    });
    expect(Array.from(table?.parents ?? [])).toEqual([-1, 0, 1, 0, -1]);
    expect(Array.from(table?.scripts ?? [])).toEqual([1, 1, 1, 1, 0]);
    expect(Array.from(table?.useScopes ?? [])).toEqual([-2]);
  });

  test.each<[string, ScopeRecords]>([
    ['a scope deeper than the one before by two', { scopes: [[6, -2, 1, 0, 0]] }],
    ['a script that is not a node', { scopes: [[60, -2, 0, 0, 0]] }],
    ['a script between two nodes', { scopes: [[5, -2, 0, 0, 0]] }],
    ['more variables than there are', { scopes: [[6, -2, 0, 2, 0]], vars: [1] }],
    ['fewer uses than there are', { scopes: [[6, -2, 0, 0, 0]], uses: [[-2, 0]] }],
    ['a number of variables below 0', { scopes: [[6, -2, 0, -1, 0]] }],
    ['a name that is not a string of the file', { scopes: [[6, -2, 0, 1, 0]], vars: [1000] }],
    ['fields of other names', { scopes: [[6, -2, 0, 0, 0]], fields: { scope_fields: ['x'] } }],
  ])('%s: nothing is said of scopes', async (_, sections) => {
    expect(await scopesOf(sections)).toBeNull();
  });
});
