import { NODE_TYPES, type SnapshotTables } from '../snapshot/snapshot-tables.js';

const OBJECT_SHAPE = NODE_TYPES.indexOf('object shape');

/**
 * True if JavaScriptCore (Bun) wrote a heap. It puts the empty string first, where V8 has a
 * placeholder; other writers of the format do so, too, but only in its files each object has a
 * `Structure`.
 */
export function isJavaScriptCore({ strings, nodeNames, nodeTypes }: SnapshotTables): boolean {
  if (strings.count === 0 || strings.get(0) !== '') return false;
  return strings.find('Structure').some((name) => {
    for (let at = nodeNames.indexOf(name); at >= 0; at = nodeNames.indexOf(name, at + 1)) {
      if (nodeTypes[at] === OBJECT_SHAPE) return true;
    }
    return false;
  });
}
