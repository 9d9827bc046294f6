import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Modules that are started by their file, as package.json names them under `imports`. */
export type EntryName =
  | '#command-thread'
  | '#hold-program'
  | '#inspector-relay'
  | '#layout-worker'
  | '#loader-thread'
  | '#mcp-room'
  | '#probe-preload'
  | '#prompt'
  | '#sample-program'
  | '#script-prompt'
  | '#second-thread'
  | '#self-worker';

/** The path of the compiled module: the same from `src`, from `dist` and from the bundle. */
export function entryFile(name: EntryName): string {
  return createRequire(import.meta.url).resolve(name);
}

/** The same as a `file:` URL, which `--import` needs. */
export function entryUrl(name: EntryName): string {
  return pathToFileURL(entryFile(name)).href;
}
