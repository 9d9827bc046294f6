import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';
import { THREADS, THREADS_FOLDER } from './entry-file.js';

/** Called by vitest before the tests: makes the threads that run without a build of the package. */
export async function setup(): Promise<void> {
  const { output } = await build({
    input: Object.fromEntries(Object.entries(THREADS).map(([name, file]) => [name.slice(1), file])),
    platform: 'node',
    external: (id) => !/^([./\0]|\w:\\)/.test(id),
    write: false,
    output: {
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
    },
  });
  for (const file of output) {
    if (file.type === 'chunk') writeWhole(join(THREADS_FOLDER, file.fileName), file.code);
  }
}

/** Tests of another run may be reading the file. */
function writeWhole(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  const made = `${path}.${process.pid}`;
  writeFileSync(made, text);
  renameSync(made, path);
}
