import type { HeapGraph } from '../../graph/heap-graph.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import { internalField } from './scripts.js';

const MODULE_RECORD = 'system / SourceTextModule';

/** The body of an ES module runs as a generator that the module record holds. */
export function isModuleBody(graph: HeapGraph, node: NodeOrdinal): boolean {
  if (graph.typeOf(node) !== NodeType.object || graph.nameOf(node) !== 'Generator') return false;
  return graph
    .retainersOf(node)
    .some((edge) => graph.nameOf(graph.ownerOf(edge)) === MODULE_RECORD);
}

/** The record of the ES module that a scope belongs to; null for other scopes. */
export function recordOfScope(graph: HeapGraph, scope: NodeOrdinal): NodeOrdinal | null {
  const extension = internalField(graph, scope, 'extension');
  if (extension !== null && graph.nameOf(extension) === MODULE_RECORD) return extension;
  for (const edge of graph.retainersOf(scope)) {
    const body = graph.ownerOf(edge);
    if (!isModuleBody(graph, body)) continue;
    for (const held of graph.retainersOf(body)) {
      const owner = graph.ownerOf(held);
      if (graph.nameOf(owner) === MODULE_RECORD) return owner;
    }
  }
  return null;
}

/** The names in a scope info end with that of the function; the wrapper of a module has none. */
export function hasFunctionName(graph: HeapGraph, scope: NodeOrdinal): boolean {
  const info = internalField(graph, scope, 'scope_info');
  if (info === null) return false;
  let last = '';
  for (let edge = graph.firstEdge(info); edge < graph.endEdge(info); edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.hidden) continue;
    const target = graph.targetOf(edge);
    if (graph.typeOf(target) !== NodeType.string) break;
    last = graph.nameOf(target);
  }
  return last !== '';
}
