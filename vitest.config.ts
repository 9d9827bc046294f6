import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const TIMEOUT_MS = 60_000;

/** Tests that start programs, browsers, threads or the command line itself: realistic, and slow. */
const WHOLE = [
  ...[
    'bench',
    'cli',
    'docs',
    'e2e',
    'lines',
    'mcp',
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
  'test/leaks/ended/*.test.ts',
  'test/leaks/excused/*.test.ts',
  'test/leaks/real/*.test.ts',
  'test/leaks/timers/*.test.ts',
  'test/question/completion.test.ts',
  'test/report/dot/hostile.test.ts',
  'test/report/dot/many-nodes.test.ts',
  'test/report/fuzz.test.ts',
  'test/snapshot/huge-counts.test.ts',
  'test/snapshot/long-stream.test.ts',
  'test/snapshot/read-in-two.test.ts',
  'test/util/thread-ahead.test.ts',
];

/** Tests that replace modules, for which these must not have been loaded by another test. */
const ALONE = ['test/files/output-file.test.ts', 'test/report/formats.test.ts'];

/** The path as other modules import it. */
const ENTRY_FILE = /^(?:\.\.?\/)+(?:util\/)?entry-file\.js$/;
const THREADS_FROM_SOURCE = fileURLToPath(new URL('test/support/entry-file.ts', import.meta.url));

/** Needs no build: threads are compiled from the sources. */
const FROM_SOURCE = {
  resolve: { alias: [{ find: ENTRY_FILE, replacement: THREADS_FROM_SOURCE }] },
};
const THREADS = { globalSetup: 'test/support/build-threads.ts' };

/** Packages that tests use contain tests themselves. */
const INSTALLED = '**/node_modules/**';

export default defineConfig({
  test: {
    // all cores: most of the time tests wait for what they started
    maxWorkers: '100%',
    projects: [
      {
        ...FROM_SOURCE,
        test: {
          ...project('unit', {
            include: ['test/**/*.test.ts'],
            exclude: [...WHOLE, ...ALONE, INSTALLED],
          }),
          ...THREADS,
          // modules and the heaps of test/fixtures are read once in each worker
          isolate: false,
        },
      },
      { ...FROM_SOURCE, test: { ...project('unit-alone', { include: ALONE }), ...THREADS } },
      { test: project('whole', { include: WHOLE, exclude: [INSTALLED] }) },
    ],
  },
});

function project(name: string, files: { include: string[]; exclude?: string[] }) {
  return { name, ...files, testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS };
}
