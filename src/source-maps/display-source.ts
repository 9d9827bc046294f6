import { displayFile } from '../util/display-file.js';

/** Folders in which a path of a machine begins, unlike one of a program. */
const MACHINE_FOLDER = /^(?:[a-z]:|home|mnt|opt|private|root|srv|tmp|usr|users|var)\//i;

/**
 * A source as a map names it, for people: `src/app.ts`. Leaves out the parts that depend on where
 * the program was compiled: steps up, and the whole path of one that begins at a machine's root.
 */
export function displaySource(source: string): string {
  const plain = source.replace(/[?#].*$/s, '').replace(/\\/g, '/');
  if (/^(?:file:|\/)/i.test(plain)) return displayFile(plain);
  const path = plain.replace(/^[a-z][\w+.-]*:\/\/[^/]*\//i, '').replace(/^(?:\.{0,2}\/)+/, '');
  const isMachinePath = MACHINE_FOLDER.test(path) || /(?:^|\/)node_modules\//.test(path);
  return isMachinePath || path === '' ? displayFile(plain) : path;
}
