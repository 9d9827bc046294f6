import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import type { Meaning } from '../meaning.js';
import type { HeapView } from '../view.js';
import { internalField } from './scripts.js';
import { showFile } from './show-place.js';

/** An ES module that exports the content of a cell. */
export interface ExportHolder {
  readonly owner: NodeOrdinal;
  readonly meaning: Meaning;
}

/**
 * The modules that export through this cell. A module record keeps a hash table of its exports in
 * which each cell follows the string with its name; other tables of the module (regular exports,
 * imports) hold the same cell without a name and are not needed.
 */
export function findExports(view: HeapView, cell: NodeOrdinal): readonly ExportHolder[] {
  const { graph } = view;
  if (graph.nameOf(cell) !== 'system / Cell') return [];
  const found: ExportHolder[] = [];
  for (const edge of graph.retainersOf(cell)) {
    const table = graph.ownerOf(edge);
    if (graph.typeOf(table) !== NodeType.array) continue;
    const name = exportName(view, table, edge);
    const owner = moduleOf(view, table);
    if (name === null || owner === null) continue;
    const path = fileOfModule(view, owner);
    const file = path === null ? null : showFile(view, path);
    found.push({ owner, meaning: { kind: 'export', name, file } });
  }
  return found;
}

/** The script of a module record, through the function of its body. */
export function fileOfModule(
  { graph, facts }: Pick<HeapView, 'graph' | 'facts'>,
  record: NodeOrdinal,
): string | null {
  for (let e = graph.firstEdge(record); e < graph.endEdge(record); e++) {
    const body = graph.targetOf(e);
    const isCode = graph.typeOf(body) === NodeType.closure || graph.typeOf(body) === NodeType.code;
    const closure = isCode ? body : internalField(graph, body, 'function');
    const file = closure === null ? null : facts.scripts.fileOf(closure);
    if (file !== null) return file;
  }
  return urlOfSynthetic(graph, record);
}

/** The URL, all there is of something imported as a module without being one. */
function urlOfSynthetic(graph: HeapGraph, record: NodeOrdinal): string | null {
  for (let e = graph.firstEdge(record); e < graph.endEdge(record); e++) {
    const edge = e as EdgeOrdinal;
    const target = graph.targetOf(edge);
    const isField = graph.edgeTypeOf(edge) === EdgeType.hidden;
    if (isField && graph.typeOf(target) === NodeType.string) return graph.nameOf(target) || null;
  }
  return null;
}

function exportName(view: HeapView, table: NodeOrdinal, edge: EdgeOrdinal): string | null {
  const { graph } = view;
  const before = (edge - 1) as EdgeOrdinal;
  if (before < graph.firstEdge(table) || graph.edgeTypeOf(before) !== EdgeType.internal)
    return null;
  const isPrevious = Number(graph.edgeNameOf(before)) === Number(graph.edgeNameOf(edge)) - 1;
  const name = graph.targetOf(before);
  return isPrevious && graph.typeOf(name) === NodeType.string ? graph.nameOf(name) : null;
}

function moduleOf(view: HeapView, table: NodeOrdinal): NodeOrdinal | null {
  const { graph, kinds } = view;
  for (const e of graph.retainersOf(table)) {
    const owner = graph.ownerOf(e);
    if (kinds.kindOf(owner) === 'module-record') return owner;
  }
  return null;
}
