import type { SnapshotTables } from '../../snapshot/snapshot-tables.js';
import { positionsOf } from '../positions-of.js';
import { EdgeType, NodeType } from '../types.js';

/** Fields of a WeakCell by number: 0 is its registry, 3 the held value. */
const TARGET = 1;
const TOKEN = 2;

/**
 * Finds weak fields in old files: V8 before 10 (Node.js 14 and 16) writes the target of a WeakRef,
 * and the targets and tokens of a FinalizationRegistry, as numbered fields like any strong one.
 * Later versions write weak references.
 */
export function findOldWeakFields(tables: SnapshotTables): readonly number[] {
  const weakRefs = objectsNamed(tables, 'WeakRef');
  const registries = objectsNamed(tables, 'FinalizationRegistry');
  const cells = cellsOf(tables, registries);
  if (weakRefs.length + cells.length === 0) return [];
  if ([...weakRefs, ...cells].some((node) => hasWeakField(tables, node))) return [];
  // object shapes came with V8 11, after these fields had become weak
  if (tables.nodeTypes.includes(NodeType['object shape'])) return [];
  const targets = weakRefs.flatMap((node) => hiddenEdges(tables, node));
  const isWeak = (edge: number) => {
    return tables.edgeNames[edge] === TARGET || tables.edgeNames[edge] === TOKEN;
  };
  return [...targets, ...cells.flatMap((node) => hiddenEdges(tables, node).filter(isWeak))];
}

function objectsNamed(tables: SnapshotTables, name: string): readonly number[] {
  const { nodeTypes, nodeNames, strings } = tables;
  return positionsOf(nodeNames, strings.find(name)).filter(
    (node) => nodeTypes[node] === NodeType.object,
  );
}

/** The cells of registries, which form a list: each refers to its neighbours and the registry. */
function cellsOf(tables: SnapshotTables, registries: readonly number[]): readonly number[] {
  const owners = new Set(registries);
  const cells = new Set<number>();
  const reached = [...registries];
  for (let node = reached.pop(); node !== undefined; node = reached.pop()) {
    for (const edge of hiddenEdges(tables, node)) {
      const target = tables.edgeTargets[edge];
      if (cells.has(target) || !isCell(tables, target, owners)) continue;
      cells.add(target);
      reached.push(target);
    }
  }
  return [...cells];
}

/** True for a cell; V8 8.4 names it only "system", so it is recognised by its registry. */
function isCell(tables: SnapshotTables, node: number, registries: ReadonlySet<number>): boolean {
  const { nodeTypes, nodeNames, strings, edgeNames, edgeTargets } = tables;
  if (nodeTypes[node] !== NodeType.hidden) return false;
  const name = strings.get(nodeNames[node]);
  if (name !== 'system / WeakCell' && name !== 'system') return false;
  return hiddenEdges(tables, node).some((edge) => {
    return edgeNames[edge] === 0 && registries.has(edgeTargets[edge]);
  });
}

function hasWeakField({ firstEdge, edgeTypes }: SnapshotTables, node: number): boolean {
  return edgeTypes.subarray(firstEdge[node], firstEdge[node + 1]).includes(EdgeType.weak);
}

function hiddenEdges({ firstEdge, edgeTypes }: SnapshotTables, node: number): readonly number[] {
  const found: number[] = [];
  for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
    if (edgeTypes[edge] === EdgeType.hidden) found.push(edge);
  }
  return found;
}
