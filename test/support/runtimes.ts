import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** A Node.js to run scripts with. */
export interface Runtime {
  readonly name: string;
  readonly execPath: string;
  /** Null when it is there, else what to do to have it. */
  readonly missing: string | null;
}

const FOLDER = fileURLToPath(new URL('../e2e/runtimes/', import.meta.url));
const BINARY = process.platform === 'win32' ? 'node.exe' : 'node';

/** The Node.js that runs the tests, and those of test/e2e/runtimes. */
export const RUNTIMES: readonly Runtime[] = [
  { name: `Node.js ${process.version} (this one)`, execPath: process.execPath, missing: null },
  ...['22', '24', '26'].map(findInstalled),
];

/**
 * Declares the tests of a runtime. One that is not installed is reported as skipped, with the
 * reason; where `CI` is `true` it fails, so that no version goes untested unnoticed.
 */
export function describeRuntime(runtime: Runtime, declare: (execPath: string) => void): void {
  const { name, execPath, missing } = runtime;
  if (missing === null) describe(name, () => declare(execPath));
  else if (process.env.CI !== 'true') test.skip(`${name}: ${missing}`, () => undefined);
  else test(name, () => expect.fail(missing));
}

function findInstalled(major: string): Runtime {
  const execPath = `${FOLDER}node_modules/node${major}/bin/${BINARY}`;
  const missing = existsSync(execPath) ? null : 'not installed: run npm ci in test/e2e/runtimes';
  return { name: `Node.js ${major}`, execPath, missing };
}
