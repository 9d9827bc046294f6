import { gunzipSync } from 'node:zlib';
import { ShowBackrefError } from '../../errors.js';
import { isSavedTree, type SavedTree } from '../../leaks/tree/saved-tree.js';
import { option, say } from '../../util/sentence.js';

/** A tree has some 100 kB; an archive that unpacks to more than this many bytes is not one. */
const MOST_BYTES = 2e8;

/** Reads a saved tree. @param shown the name of the file in messages. */
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
