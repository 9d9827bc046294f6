import { describe, expect, test } from 'vitest';
import { ShowBackrefError } from '../../../src/errors.js';
import {
  commandLine,
  nodeLine,
  parseMemoryLog,
  peakLine,
  peakOf,
  rssLine,
} from '../../../src/lines/memory/memory-log.js';

const NODE = { heapUsed: 3e6, heapTotal: 5e6, external: 1e6, arrayBuffers: 2e5 };

describe('a file of samples', () => {
  test('comes back as it was written, times from its start', () => {
    const text = [
      commandLine('node app.js\nMEM 1 2'),
      rssLine(40 * 2 ** 20, 1000.5),
      nodeLine(NODE, 1000.25),
      rssLine(80 * 2 ** 20, 1002.25),
      peakLine(90 * 2 ** 20),
    ].join('');
    const { command, series, peak } = parseMemoryLog(text, 'a.dat');
    expect(command).toBe('node app.js MEM 1 2');
    expect(peak).toBe(90 * 2 ** 20);
    expect(series).toEqual([
      {
        name: 'rss',
        samples: [
          { time: 0.25, bytes: 40 * 2 ** 20 },
          { time: 2, bytes: 80 * 2 ** 20 },
        ],
      },
      { name: 'heapTotal', samples: [{ time: 0, bytes: 5e6 }] },
      { name: 'heapUsed', samples: [{ time: 0, bytes: 3e6 }] },
      { name: 'external', samples: [{ time: 0, bytes: 1e6 }] },
      { name: 'arrayBuffers', samples: [{ time: 0, bytes: 2e5 }] },
    ]);
    expect(peakOf(series[0]!)).toEqual({ time: 2, bytes: 80 * 2 ** 20 });
  });

  test("Python's mprof writes such files, too", () => {
    const text =
      'CMDLINE /usr/bin/python3 a.py\nMEM 1.484375 1795472655.5100\nCHLD 1 2.0 1795472655.6\n' +
      'FUNC __main__.work 22.1 1795472655.5 45.0 1795472655.9\nMEM 45.75 1795472656.0100\n';
    const { command, series, peak } = parseMemoryLog(text, 'a.dat');
    expect([command, peak]).toEqual(['/usr/bin/python3 a.py', null]);
    expect(series.map(({ name }) => name)).toEqual(['rss']);
    expect(series[0]?.samples.map(({ bytes }) => bytes)).toEqual([1556480, 47972352]);
    expect(series[0]?.samples[1]?.time).toBeCloseTo(0.5, 4);
  });

  test('a killed program leaves an incomplete line, which is skipped', () => {
    const text = 'CMDLINE a\nMEM 1 2\nMEM 3';
    expect(parseMemoryLog(text, 'a.dat').series[0]?.samples).toHaveLength(1);
  });

  test.each([
    ['nothing', '', 'no samples'],
    ['another text', 'hello\nworld\n', 'no samples'],
    ['a number is missing', 'CMDLINE a\nMEM 1\n', 'line 2'],
    ['no number', 'MEM x 2\n', 'line 1'],
    ['below nothing', 'MEM -1 2\n', 'line 1'],
    ['half of the fields', 'MEM 1 2\nNODE 1 2 3\n', 'line 2'],
  ])('%s is one sentence', (_, text, words) => {
    const parse = () => parseMemoryLog(text, 'a.dat');
    expect(parse).toThrow(ShowBackrefError);
    expect(parse).toThrow(words);
  });
});
