import type { NodeKind, PartKind } from '../node-kind.js';
import { awaited } from './awaited.js';
import type { Fold, PartFold } from './fold.js';
import { table } from './hash-table.js';
import { library } from './library.js';
import { pageCallback, pageListener, pageTimer } from './page.js';
import { reaction } from './reaction.js';
import { registers } from './registers.js';
import { request } from './request.js';
import { scope } from './scope.js';
import { stack } from './stack.js';
import { stackTrace } from './stack-trace.js';
import { storage } from './storage.js';
import { task } from './task.js';
import { weakCell } from './weak-cell.js';
import { weakRefList } from './weak-ref-list.js';

/** A fold for each kind of part; without one for every kind this does not compile. */
const PART_FOLDS = {
  table,
  storage,
  'stack-trace': stackTrace,
  registers,
  reaction,
  'weak-cell': weakCell,
  request,
  task,
  'blink-listener': pageListener,
  'blink-timer': pageTimer,
  'blink-callback': pageCallback,
} satisfies Record<PartKind, PartFold>;

/** Tried in this order, both to recognise a node and, for one kind, to find its holders. */
export const PARTS: readonly PartFold[] = Object.values(PART_FOLDS);

/** Every reference that takes several steps in the heap but is a single one to a programmer. */
export const FOLDS: readonly Fold[] = [...PARTS, awaited, scope, stack, library, weakRefList];

const BY_KIND = new Map<NodeKind, readonly Fold[]>();

/** The folds of edges that leave nodes of a kind, in order. */
export function foldsOf(kind: NodeKind): readonly Fold[] {
  const known = BY_KIND.get(kind) ?? findFolds(kind);
  BY_KIND.set(kind, known);
  return known;
}

function findFolds(kind: NodeKind): readonly Fold[] {
  const own = FOLDS.filter((fold) => fold.kind === kind);
  return own.length > 0 ? own : FOLDS.filter((fold) => fold.kind === null);
}

export function isPartKind(kind: NodeKind): kind is PartKind {
  return kind in PART_FOLDS;
}
