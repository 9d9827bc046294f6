import { defineConfig } from 'vitest/config';

const TIMEOUT_MS = 60_000;

/** Tests that start programs, browsers, threads or the command line itself: true to life, and slow. */
const WHOLE = [
  ...[
    'bench',
    'cli',
    'docs',
    'e2e',
    'lines',
    'oracle',
    'program',
    'prompt',
    'reliability',
    'render',
    'source',
  ].map((folder) => `test/${folder}/**/*.test.ts`),
  'test/answer/index-heap.test.ts',
  'test/collect/cut-oracle.test.ts',
  'test/collect/growth-of-work.test.ts',
  'test/collect/redact-subgraph.test.ts',
  'test/collect/soundness.test.ts',
  'test/leaks/real/*.test.ts',
  'test/report/dot/hostile.test.ts',
  'test/report/fuzz.test.ts',
  'test/snapshot/huge-counts.test.ts',
  'test/snapshot/long-stream.test.ts',
  'test/snapshot/read-in-two.test.ts',
  'test/util/thread-ahead.test.ts',
];

/** Packages that tests use bring tests of their own. */
const INSTALLED = '**/node_modules/**';

export default defineConfig({
  test: {
    // all cores: most of the time tests wait for what they started
    maxWorkers: '100%',
    projects: [
      project('unit', { include: ['test/**/*.test.ts'], exclude: [...WHOLE, INSTALLED] }),
      project('whole', { include: WHOLE, exclude: [INSTALLED] }),
    ],
  },
});

function project(name: string, files: { include: string[]; exclude?: string[] }) {
  return { test: { name, ...files, testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS } };
}
