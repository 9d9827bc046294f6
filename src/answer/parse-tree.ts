import { gunzipSync } from 'node:zlib';
import { ShowBackrefError } from '../errors.js';
import { isSavedTree, type SavedTree } from '../leaks/tree/saved-tree.js';
import { option, say } from '../util/sentence.js';

/** A tree has some 100 kB; what unpacks to more than this is something else. */
const MOST_BYTES = 2e8;

/** @param shown how messages call the file. */
export function parseTree(bytes: Uint8Array, shown: string): SavedTree {
  const data = unpack(bytes);
  if (isSavedTree(data)) return data;
  throw new ShowBackrefError(
    'SNAPSHOT_INVALID',
    say`"${shown}" is not a tree that leaks saved with ${option('saveTree')}; save it again`,
  );
}

function unpack(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8'));
  } catch {
    return null;
  }
}
