import { afterAll, describe, expect, test } from 'vitest';
import { renderSvg } from '../../src/render/svg.js';
import { caseCount, countResult } from '../support/count-result.js';

const ALL = caseCount(0, 1) === 1;
const sums = { faults: 0 };

afterAll(() => countResult('layouts that trap, or take too much memory or time', sums));

const SMALL = 'digraph { a -> b }';
const NEXT_STEP = /; lower depth, fanIn or maxNodes, or write \.dot, \.json or \.txt$/;

function many(count: number, write: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => write(i)).join(';');
}

/** A label that begins with an empty line makes Graphviz use memory that it has not set. */
const TRAP = `digraph { ${many(200, (i) => `n${i} [label="\\nx${i}"]; n${i} -> n${(i * 7) % 200}`)} }`;
/** Every node has room for every attribute: four bytes times both numbers. */
const MEMORY = `digraph { ${many(30_000, (i) => `node [a${i}=""]`)}; ${many(20_000, (i) => `n${i}`)} }`;
const TIME = `digraph { splines=true; ${many(3000, (i) => `n${i % 600} -> n${(i * 7919) % 600}`)} }`;

describe('a layout that cannot be finished', () => {
  const cases: readonly (readonly [string, string, number, string])[] = [
    ['traps', TRAP, 60_000, 'Graphviz stopped with "'],
    ['takes too long', TIME, 50, 'its layout took longer than "0.05 s"'],
    // two gigabytes
    ...(ALL
      ? [['takes too much memory', MEMORY, 600_000, 'Graphviz stopped with "'] as const]
      : []),
  ];

  test.each(cases)(
    '%s: a sentence with what to do next, and the next one is drawn',
    {
      timeout: 900_000,
    },
    async (_, dot, timeoutMs, words) => {
      const before = process.memoryUsage().rss;
      const failure = await renderSvg(dot, { timeoutMs }).catch((error: Error) => error);
      sums.faults++;
      expect(failure).toMatchObject({ code: 'RENDER_FAILED' });
      const { message } = failure as Error;
      expect(message).toContain(words);
      expect(message).toMatch(NEXT_STEP);
      expect(await renderSvg(SMALL)).toContain('<svg');
      // its memory was freed with its thread
      expect(process.memoryUsage().rss - before).toBeLessThan(500e6);
    },
  );
});
