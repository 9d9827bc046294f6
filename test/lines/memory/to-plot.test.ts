import { describe, expect, test } from 'vitest';
import { axisFor, unitOf } from '../../../src/lines/memory/axis.js';
import { type MemoryLog, parseMemoryLog } from '../../../src/lines/memory/memory-log.js';
import { toPlot } from '../../../src/lines/memory/to-plot.js';

describe('axes', () => {
  test.each([
    [10, 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0],
    [187.2, 6, [0, 50, 100, 150, 200], 0],
    [0.31, 5, [0, 0.1, 0.2, 0.3, 0.4], 1],
    [0, 5, [0, 0.2, 0.4, 0.6, 0.8, 1], 1],
    [7, 10, [0, 1, 2, 3, 4, 5, 6, 7], 0],
  ])('for %d with %d marks', (most, marks, expected, decimals) => {
    const axis = axisFor(most, marks);
    expect(axis.marks.map((mark) => Number(mark.toFixed(6)))).toEqual(expected);
    expect(axis.end).toBeGreaterThanOrEqual(most);
    expect(axis.decimals).toBe(decimals);
  });

  test('any value has room, and marks that differ', () => {
    for (let most = 1e-4; most < 1e12; most *= 1.7) {
      const { end, marks, decimals } = axisFor(most, 6);
      expect(end * (1 + 1e-9)).toBeGreaterThanOrEqual(most);
      expect(marks.length).toBeLessThanOrEqual(7);
      expect(new Set(marks.map((mark) => mark.toFixed(decimals))).size).toBe(marks.length);
    }
  });

  test('units', () => {
    const names = [0, 999, 1000, 2e6, 3e9, 4e12, 5e15].map((bytes) => unitOf(bytes).name);
    expect(names).toEqual(['B', 'B', 'kB', 'MB', 'GB', 'TB', 'TB']);
  });
});

const LOG: MemoryLog = {
  command: 'node app.js',
  peak: null,
  series: [
    {
      name: 'rss',
      samples: [
        { time: 0, bytes: 0 },
        { time: 4, bytes: 100e6 },
        { time: 10, bytes: 50e6 },
      ],
    },
  ],
};

describe('a plot', () => {
  test('points are where the axes say', () => {
    const svg = toPlot(LOG, { theme: 'light' });
    // 0 to 10 s from 78 to 872, 0 to 120 MB from 366 up to 56
    expect(svg).toContain('points="78.0,366.0 395.6,107.7 872.0,236.8"');
    expect(textsOf(svg)).toEqual([
      'node app.js',
      ...['0', '20', '40', '60', '80', '100', '120'],
      ...['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
      ...['Time (s)', 'Memory (MB)', 'peak 100.0 MB at 4.00 s'],
      'whole process (rss), peak 100 MB',
    ]);
    // both lines of the peak
    expect(svg).toContain('<line x1="395.6" y1="56.0" x2="395.6" y2="366.0" stroke="#cf1322"');
    expect(svg).toContain('<line x1="78.0" y1="107.7" x2="872.0" y2="107.7" stroke="#cf1322"');
  });

  test('a peak between two samples is mentioned', () => {
    const svg = toPlot({ ...LOG, peak: 130e6 }, { theme: 'light' });
    expect(svg).toContain('peak 100.0 MB at 4.00 s, for a moment 130.0 MB');
  });

  test('dark, with a title', () => {
    const svg = toPlot(LOG, { theme: 'dark', title: 'a run' });
    expect(svg).toContain('<polygon fill="#0d1117" stroke="none"');
    expect(textsOf(svg)[0]).toBe('a run');
  });

  test('a million samples stay small, and the highest of them is drawn', () => {
    const samples = Array.from({ length: 1_000_000 }, (_, at) => ({
      time: at / 1000,
      bytes: at === 654_321 ? 90e6 : 10e6 + (at % 1000),
    }));
    const svg = toPlot({ ...LOG, series: [{ name: 'rss', samples }] }, { theme: 'light' });
    expect(svg.length).toBeLessThan(150_000);
    expect(svg).toContain('peak 90.0 MB at 654.32 s');
    // 90 of 100 MB
    expect(svg).toMatch(/points="[^"]*,87\.0/);
  });

  test('one sample of nothing', () => {
    const log = parseMemoryLog('MEM 0 5\n', 'a.dat');
    expect(toPlot(log, { theme: 'light' })).not.toMatch(/NaN|Infinity/);
  });

  test('a command is text and nothing else', () => {
    const command = 'node "</text><script>alert(1)</script>&\u0007\u202e';
    const svg = toPlot({ ...LOG, command }, { theme: 'light' });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;\\u0007\\u202e');
  });
});

function textsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
}
