import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal } from '../graph/ordinals.js';
import { EdgeType } from '../graph/types.js';

/** Fields of JavaScript objects that have a name in the language's own terms. */
const FIELD_LABELS: ReadonlyMap<string, string> = new Map([
  ['bound_this', 'bound this'],
  ['bound_function', 'bound function'],
  ['reactions_or_result', '[[PromiseResult]]'],
  ['buffer', '.buffer'],
  ['backing_store', 'bytes'],
  ['context', 'scope'],
  ['previous', 'outer scope'],
  ['first', 'first half'],
  ['second', 'second half'],
  ['parent', 'substring of'],
]);

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const WEAKMAP_PAIR =
  /^\d+ \/ part of key \(([\s\S]*) @(\d+)\) -> value \(([\s\S]*) @(\d+)\) pair in WeakMap \(table @(\d+)\)$/;
const OLD_WEAKMAP_PAIR = /^\d+ \/ key ([\s\S]*) in WeakMap$/;

/** A reference as a programmer would write it, before any folding. */
export function labelOfEdge(graph: HeapGraph, edge: EdgeOrdinal): string {
  const name = graph.edgeNameOf(edge);
  switch (graph.edgeTypeOf(edge)) {
    case EdgeType.context:
      return name;
    case EdgeType.element:
      return `[${name}]`;
    case EdgeType.property:
      return propertyLabel(name);
    case EdgeType.internal:
      return weakMapLabel(name) ?? FIELD_LABELS.get(name) ?? internalLabel(graph, name);
    case EdgeType.hidden:
      return hiddenLabel(graph, edge, name);
    case EdgeType.weak:
      return `weak ${name}`;
    default:
      return `{${name}}`;
  }
}

/** `.a`, `["a b"]`, `[Symbol(d)]` or `.#private`. */
export function propertyLabel(name: string): string {
  const symbol = /^<symbol ?([\s\S]*)>$/.exec(name);
  if (symbol !== null) return `[Symbol(${symbol[1]})]`;
  if (IDENTIFIER.test(name.startsWith('#') ? name.slice(1) : name)) return `.${name}`;
  return `[${JSON.stringify(name)}]`;
}

/** The label of a WeakMap entry, seen from its key; null for other names. */
export function weakMapLabel(name: string): string | null {
  const pair = WEAKMAP_PAIR.exec(name);
  if (pair !== null) return `WeakMap value of ${pair[1]} @${pair[2]}`;
  const old = OLD_WEAKMAP_PAIR.exec(name);
  return old === null ? null : `WeakMap value of ${old[1]}`;
}

function internalLabel(graph: HeapGraph, name: string): string {
  // V8 writes a property with an empty name as an internal edge, Bun every reference without a name
  if (name === '') return graph.isJavaScriptCore ? '{internal}' : '[""]';
  const handle = /^\d+ \/ ([\s\S]*)$/.exec(name);
  if (handle !== null) return `C++ handle ${handle[1]}`;
  return `{${name}}`;
}

function hiddenLabel(graph: HeapGraph, edge: EdgeOrdinal, name: string): string {
  const isProxy = graph.nameOf(graph.ownerOf(edge)) === 'system / JSProxy';
  if (isProxy && name === '1') return '[[Target]]';
  if (isProxy && name === '2') return '[[Handler]]';
  return `{${name}}`;
}
