import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';

/** Fields of a string that was put together from others, or cut out of one. */
const PARTS: ReadonlySet<string> = new Set(['first', 'second', 'parent']);
const MOST_LEVELS = 4;

/** Lists of name and value in turn, such as raw HTTP headers, are short. */
const LONGEST_PAIR_LIST = 512;

/**
 * The names under which a string is held anywhere in the heap, drawn or not: of properties and
 * variables, and in `['Authorization', 'Basic …']` the string before it. A piece of a string
 * goes by the names of the whole.
 */
export function namesHolding(graph: HeapGraph, text: NodeOrdinal): ReadonlySet<string> {
  const names = new Set<string>();
  addNames(names, graph, text, MOST_LEVELS);
  return names;
}

function addNames(names: Set<string>, graph: HeapGraph, text: NodeOrdinal, levels: number): void {
  for (const e of graph.retainersOf(text)) {
    const edge = e as EdgeOrdinal;
    const type = graph.edgeTypeOf(edge);
    if (type === EdgeType.property || type === EdgeType.context) names.add(graph.edgeNameOf(edge));
    if (type === EdgeType.internal && levels > 0 && PARTS.has(graph.edgeNameOf(edge))) {
      addNames(names, graph, graph.ownerOf(edge), levels - 1);
    }
    if (type !== EdgeType.element) continue;
    const before = textBefore(graph, edge);
    if (before !== null) names.add(before);
  }
}

/** The string one place before that of an edge, if that is at an odd place of a short list. */
function textBefore(graph: HeapGraph, edge: EdgeOrdinal): string | null {
  const place = Number(graph.edgeNameOf(edge));
  if (place % 2 === 0) return null;
  const list = graph.ownerOf(edge);
  const first = graph.firstEdge(list);
  const end = graph.endEdge(list);
  if (end - first > LONGEST_PAIR_LIST) return null;
  for (let e = first; e < end; e++) {
    const other = e as EdgeOrdinal;
    if (graph.edgeTypeOf(other) !== EdgeType.element) continue;
    if (graph.edgeNameOf(other) !== String(place - 1)) continue;
    const name = graph.targetOf(other);
    return graph.typeOf(name) === NodeType.string ? graph.nameOf(name) : null;
  }
  return null;
}
