import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { declareMissing } from './declare-missing.js';

/** A Node.js to run scripts with, or another program to look at. */
export interface Runtime {
  readonly name: string;
  readonly execPath: string;
  /** Null if it is installed, else how to install it. */
  readonly missing: string | null;
}

const FOLDER = fileURLToPath(new URL('../e2e/runtimes/', import.meta.url));
const BINARY = process.platform === 'win32' ? 'node.exe' : 'node';

/** The Node.js that runs the tests, and those of test/e2e/runtimes. */
export const RUNTIMES: readonly Runtime[] = [
  { name: `Node.js ${process.version} (this one)`, execPath: process.execPath, missing: null },
  ...['22', '24', '26'].map(findInstalled),
];

export const DENO: Runtime = findPackage('Deno', '@deno/linux-x64-glibc/deno');

export const CHROMIUM: Runtime = findBrowser([
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]);

/** Where tsx, Vite and Vitest are installed. */
export const RUNNERS = fileURLToPath(new URL('../e2e/runners/node_modules', import.meta.url));

/** Declares tests of programs that they run. */
export function describeRunners(declare: () => void): void {
  if (existsSync(RUNNERS)) declare();
  else declareMissing('tsx, Vite and Vitest', 'not installed: run npm ci in test/e2e/runners');
}

/**
 * Declares the tests of a runtime. If it is not installed they are reported as skipped, with the
 * reason; if `CI` is `true` they fail, so that no version goes untested unnoticed.
 */
export function describeRuntime(runtime: Runtime, declare: (execPath: string) => void): void {
  const { name, execPath, missing } = runtime;
  if (missing === null) describe(name, () => declare(execPath));
  else declareMissing(name, missing);
}

function findInstalled(major: string): Runtime {
  return findPackage(`Node.js ${major}`, `node${major}/bin/${BINARY}`);
}

function findPackage(name: string, binary: string): Runtime {
  const execPath = `${FOLDER}node_modules/${binary}`;
  const missing = existsSync(execPath) ? null : 'not installed: run npm ci in test/e2e/runtimes';
  return { name, execPath, missing };
}

function findBrowser(places: readonly string[]): Runtime {
  const found = places.find((place) => existsSync(place));
  const missing = found === undefined ? 'not installed: run apt-get install chromium' : null;
  return { name: 'Chromium', execPath: found ?? 'chromium', missing };
}
