import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { MapFolders } from '../answer/show-graph.js';
import type { RawArguments } from './build-yargs.js';
import { usage } from './option-values.js';

/**
 * `--source-maps DIR`, any number of times, and `--no-source-maps`.
 *
 * @throws ShowBackrefError USAGE for what is not a folder.
 */
export function sourceMapsOf(raw: RawArguments, cwd: string): false | MapFolders {
  // yargs makes a list of `--no-…` too
  const given: readonly (string | boolean)[] = raw['source-maps'] ?? [];
  const folders = given.filter((value) => typeof value === 'string');
  for (const folder of folders) {
    if (statSync(resolve(cwd, folder), { throwIfNoEntry: false })?.isDirectory()) continue;
    throw usage(`--source-maps "${folder}" is not a folder; name one that holds the scripts`);
  }
  // a source map would bring the paths back that are masked
  if (given.includes(false) || raw.redact === 'all') return false;
  return { cwd, folders: folders.map((folder) => resolve(cwd, folder)) };
}
