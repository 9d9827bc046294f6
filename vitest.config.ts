import { defineConfig } from 'vitest/config';

const TIMEOUT_MS = 60_000;

/** What starts programs, browsers or the command line itself: true to life, and slow. */
const WHOLE = [
  'bench',
  'cli',
  'docs',
  'e2e',
  'lines',
  'program',
  'prompt',
  'reliability',
  'source',
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    // all cores: most of the time tests wait for what they started
    maxWorkers: '100%',
    projects: [
      project('unit', { include: ['test/**/*.test.ts'], exclude: WHOLE }),
      project('whole', { include: WHOLE }),
    ],
  },
});

function project(name: string, files: { include: string[]; exclude?: string[] }) {
  return { test: { name, ...files, testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS } };
}
