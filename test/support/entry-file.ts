import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/*
 * Replaces src/util/entry-file.ts in the tests that need no build (vitest.config.ts): a thread of
 * Node.js cannot run TypeScript, so build-threads.ts compiles these from the sources.
 */

/**
 * Threads that work without other files, by their name in package.json, and the modules they start
 * with.
 */
export const THREADS = {
  '#layout-worker': 'src/entry/layout-worker.ts',
  '#second-thread': 'src/entry/second-thread-worker.ts',
} as const;

/** As deep as the folders of dist, because modules name other files relative to themselves. */
export const THREADS_FOLDER: string = fileURLToPath(
  new URL('../../.vitest/threads/', import.meta.url),
);

export function entryFile(name: string): string {
  if (name in THREADS) return `${THREADS_FOLDER}${name.slice(1)}.mjs`;
  // programs and modules loaded into them: only tests that start these need them, after a build
  return createRequire(import.meta.url).resolve(name);
}
