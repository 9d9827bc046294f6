import { describe, expect, it } from 'vitest';
import { findKnown } from '../../src/leaks/known/find-known.js';
import { KNOWN_LEAKS } from '../../src/leaks/known/rows.js';
import { REAL_LEAKS } from './real/real-leaks.js';

const IDS = KNOWN_LEAKS.map(({ id }) => id);

describe('known leaks', () => {
  it('are at least 25', () => expect(IDS.length).toBeGreaterThanOrEqual(25));

  it('have different names', () => {
    expect(new Set(IDS).size).toBe(IDS.length);
    for (const id of IDS) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('have a program each that shows them', () => {
    const shown = new Set(REAL_LEAKS.map(({ known }) => known));
    expect(IDS.filter((id) => !shown.has(id))).toEqual([]);
  });

  it.each(KNOWN_LEAKS)('$id: cause and fix are one sentence each, links lead to threads', (row) => {
    for (const sentence of [row.cause, row.fix]) expect(sentence).toMatch(/^[A-Za-z].*\.$/);
    expect(row.links.length).toBeGreaterThan(0);
    for (const link of row.links) expect(link).toMatch(/^https:\/\/github\.com\/.*\/\d+$/);
  });

  it('are found by the end of a path, whatever comes before', () => {
    const way = [
      '.a -> Object',
      '.exports -> createDebug()',
      '.instances -> Array',
      '[*] -> debug()',
    ];
    expect(findKnown(way)?.id).toBe('debug-instances');
    expect(findKnown(way.slice(0, -1))).toBeNull();
    expect(findKnown([...way, '.a -> Object'])).toBeNull();
  });

  it('of a package come before those of Node.js, which explain less', () => {
    const way = [
      '.token -> CancelToken',
      '.promise -> Promise',
      '<reactions_or_result> -> system / PromiseReaction',
      '<*> -> system / PromiseReaction',
    ];
    expect(findKnown(way)?.id).toBe('axios-cancel-token');
    expect(findKnown(way.slice(1))?.id).toBe('promise-reactions');
  });
});
