import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript
import * as table from '../../bench/table.js';

const { findRegressions, median, nanosecondsPerEdge, ratiosOf, stagesToMarkdown } = table;
const { nanosecondsPerFurtherEdge, summarize, toMarkdown } = table;

const run = (seconds: number, peak = 100) => ({ seconds, cpu: 2 * seconds, peak });

const MEASURED = {
  '27 MB': {
    showbackref: [run(3), run(1), run(2)],
    'showbackref --retained': [run(3), run(3), run(9)],
    peer: [run(20, 300), run(24, 100), run(10, 200)],
  },
};

describe('the summary', () => {
  it('takes medians and compares them with ours of the same heap', () => {
    expect(summarize(MEASURED)).toEqual([
      {
        ...{ heap: '27 MB', system: 'showbackref' },
        ...{
          seconds: 2,
          least: 1,
          most: 3,
          cpu: 4,
          peak: 100,
          ratio: 1,
          leastRatio: 1,
          cpuRatio: 1,
        },
      },
      {
        ...{ heap: '27 MB', system: 'showbackref --retained' },
        ...{
          seconds: 3,
          least: 3,
          most: 9,
          cpu: 6,
          peak: 100,
          ratio: 1.5,
          leastRatio: 3,
          cpuRatio: 1.5,
        },
      },
      {
        ...{ heap: '27 MB', system: 'peer' },
        ...{
          seconds: 20,
          least: 10,
          most: 24,
          cpu: 40,
          peak: 200,
          ratio: 10,
          leastRatio: 10,
          cpuRatio: 10,
        },
      },
    ]);
  });

  it('takes the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it('is a table', () => {
    expect(toMarkdown(summarize(MEASURED)).split('\n')[4]).toBe(
      '| 27 MB | peer | 20.00 (10.00 to 24.00) | 40.00 s | 200 MiB | 10.00 |',
    );
  });
});

describe('the check', () => {
  const kept = ratiosOf(summarize(MEASURED));

  it('finds nothing where nothing changed', () => {
    expect(findRegressions(kept, kept)).toEqual([]);
  });

  it.each([
    ['27 MB: peer', { time: 8.1, processor: 8.1 }, 0],
    ['27 MB: peer', { time: 7.9, processor: 10 }, 1],
    ['27 MB: peer', { time: 10, processor: 7.9 }, 1],
    ['27 MB: peer', { time: 7.9, processor: 7.9 }, 2],
    ['27 MB: peer', { time: 100, processor: 100 }, 0],
    ['27 MB: showbackref --retained', { time: 3.74, processor: 1.5 }, 0],
    ['27 MB: showbackref --retained', { time: 3.76, processor: 1.5 }, 1],
    ['27 MB: showbackref --retained', { time: 0.5, processor: 0.5 }, 0],
    ['1200 MB: peer', { time: 0.1, processor: 0.1 }, 0],
  ])('%s %j: %i worse', (name, ratios, count) => {
    const worse = findRegressions(kept, { ...kept, [name]: ratios });
    expect(worse).toHaveLength(count);
    for (const line of worse) expect(line).toContain(name);
  });

  it('leaves out the time if the machine has other work', () => {
    const slower = { ...kept, '27 MB: peer': { time: 1, processor: 10 } };
    expect(findRegressions(kept, slower, ['processor'])).toEqual([]);
  });
});

describe('the stages', () => {
  it('have one row each, whatever stages a source goes through', () => {
    const stages = {
      seed: { Starting: 10, Drawing: 5, total: 15 },
      '27 MB': { Starting: 12, Indexing: 3, Drawing: 4, total: 19 },
    };
    expect(stagesToMarkdown(stages).split('\n')).toEqual([
      '| stage | seed | 27 MB |',
      '|---|---|---|',
      '| Starting | 10 ms | 12 ms |',
      '| Drawing | 5 ms | 4 ms |',
      '| Indexing |  | 3 ms |',
      '| total | 15 ms | 19 ms |',
    ]);
  });

  it('are compared between heaps without the time that all of them take', () => {
    const heaps = [
      { seconds: 0.2, edgeCount: 1_000_000 },
      { seconds: 0.4, edgeCount: 11_000_000 },
      { seconds: 1.6, edgeCount: 51_000_000 },
    ];
    const costs = nanosecondsPerFurtherEdge(heaps) as number[];
    expect(costs.map((ns) => Math.round(ns))).toEqual([20, 30]);
  });

  it('that grow with the heap are given per edge', () => {
    const stages = { Starting: 100, Reading: 30, Indexing: 10, Searching: 20, Drawing: 50 };
    expect(nanosecondsPerEdge({ stages, edgeCount: 1_000_000 })).toBe(60);
  });
});
