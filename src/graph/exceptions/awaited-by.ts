import type { SnapshotTables } from '../../snapshot/snapshot-tables.js';
import { pushAll } from '../../util/many.js';
import { positionsOf } from '../positions-of.js';
import { EdgeType, NodeType } from '../types.js';

const PRIVATE_SYMBOL = '<symbol>';
/** Objects that wait for a promise: an async function, its promise, or V8's list of these. */
const WAITING = ['Generator', 'Promise', 'system / WeakFixedArray'];

/**
 * Finds references that exist only because of a debugger: while one is attached, V8 notes with each
 * promise what awaits it, under private symbols. The promise's reactions contain the same
 * information.
 */
export function findAwaitedBy(tables: SnapshotTables): readonly number[] {
  const { nodeNames, nodeTypes, strings } = tables;
  const symbols = new Set(strings.find(PRIVATE_SYMBOL));
  if (symbols.size === 0) return [];
  const waiting = new Set(WAITING.flatMap((name) => strings.find(name)));
  const found: number[] = [];
  for (const promise of positionsOf(nodeNames, strings.find('Promise'))) {
    if (nodeTypes[promise] !== NodeType.object) continue;
    const own = notesOf(tables, promise, { symbols, waiting });
    if (own.length === 0) continue;
    pushAll(found, own);
    pushAll(found, copiesOf(tables, promise, own));
  }
  return found;
}

interface NoteNames {
  readonly symbols: ReadonlySet<number>;
  readonly waiting: ReadonlySet<number>;
}

/**
 * The notes of a promise; empty if it has own properties: a program may use a symbol without a
 * description.
 */
function notesOf(
  { firstEdge, edgeTypes, edgeNames, edgeTargets, nodeNames, strings }: SnapshotTables,
  promise: number,
  { symbols, waiting }: NoteNames,
): readonly number[] {
  const notes: number[] = [];
  for (let edge = firstEdge[promise]; edge < firstEdge[promise + 1]; edge++) {
    if (edgeTypes[edge] !== EdgeType.property) continue;
    if (symbols.has(edgeNames[edge])) {
      if (!waiting.has(nodeNames[edgeTargets[edge]])) return [];
      notes.push(edge);
    } else if (!strings.equals(edgeNames[edge], '__proto__')) return [];
  }
  return notes;
}

/** The slots of the promise's store with the same content. */
function copiesOf(
  { firstEdge, edgeTypes, edgeNames, edgeTargets, strings }: SnapshotTables,
  promise: number,
  notes: readonly number[],
): readonly number[] {
  const targets = new Set(notes.map((edge) => edgeTargets[edge]));
  const copies: number[] = [];
  for (let edge = firstEdge[promise]; edge < firstEdge[promise + 1]; edge++) {
    if (edgeTypes[edge] !== EdgeType.internal) continue;
    if (!strings.equals(edgeNames[edge], 'properties')) continue;
    const store = edgeTargets[edge];
    for (let slot = firstEdge[store]; slot < firstEdge[store + 1]; slot++) {
      if (targets.has(edgeTargets[slot])) copies.push(slot);
    }
  }
  return copies;
}
