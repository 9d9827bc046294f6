import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import { withoutTemplates } from '../../util/without-templates.js';
import { suspendedFunction } from '../promises.js';

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
  ['native_to_javascript', 'JavaScript object'],
  ['javascript_to_native', 'C++ object'],
]);

/** What Node.js keeps with a timer, promise or task while an AsyncLocalStorage has a store. */
const SYMBOL_LABELS: ReadonlyMap<string, string> = new Map([
  ['<symbol kResourceStore>', 'AsyncLocalStorage store'],
  ['<symbol kAsyncContextFrame>', 'async context'],
]);

/** A getter or setter, as V8 lists it. */
const ACCESSOR = /^[gs]et /;
const ACCESSOR_WORD = 'get '.length;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const DOM_NODE =
  /^<|^(Text|Comment|CDATASection|DocumentFragment|ShadowRoot|DocumentType|\w*Document)$/;
const SCOPE_NAME = /^system \/ Context($| \/ )/;
const WEAKMAP_PAIR =
  /^\d+ \/ part of key \(([\s\S]*) @(\d+)\) -> value \(([\s\S]*) @(\d+)\) pair in WeakMap \(table @(\d+)\)$/;
const OLD_WEAKMAP_PAIR = /^\d+ \/ key ([\s\S]*) in WeakMap$/;

/**
 * A reference as a programmer would write it, before any folding.
 *
 * @param name of the edge, with what is secret in it masked: in a label it is escaped, and a secret that
 *   begins after an escape is harder to find.
 */
export function labelOfEdge(
  graph: HeapGraph,
  edge: EdgeOrdinal,
  name = graph.edgeNameOf(edge),
): string {
  switch (graph.edgeTypeOf(edge)) {
    case EdgeType.context:
      return name;
    case EdgeType.element:
      return elementLabel(graph, edge, name);
    case EdgeType.property:
      return fieldLabel(graph, edge, name);
    case EdgeType.internal:
      return weakMapLabel(name) ?? FIELD_LABELS.get(name) ?? internalLabel(graph, edge, name);
    case EdgeType.hidden:
      return hiddenLabel(graph, edge, name);
    case EdgeType.weak:
      return `weak ${name}`;
    default:
      return `{${name}}`;
  }
}

/** C++ objects number their references; only the DOM's among themselves mean something in a page. */
function elementLabel(graph: HeapGraph, edge: EdgeOrdinal, name: string): string {
  const owner = graph.ownerOf(edge);
  if (graph.typeOf(owner) !== NodeType.native) return `[${name}]`;
  return isDomNode(graph, owner) && isDomNode(graph, graph.targetOf(edge))
    ? 'DOM link'
    : 'C++ reference';
}

function isDomNode(graph: HeapGraph, node: NodeOrdinal): boolean {
  return graph.typeOf(node) === NodeType.native && DOM_NODE.test(graph.nameOf(node));
}

/** Properties that are not what their name says: accessors, brands, and the runtime's own symbols. */
function fieldLabel(graph: HeapGraph, edge: EdgeOrdinal, name: string): string {
  const known = SYMBOL_LABELS.get(name);
  if (known !== undefined) return known;
  // V8 marks objects that have private methods by the scope of their class
  if (SCOPE_NAME.test(graph.nameOf(graph.targetOf(edge)))) return `private methods of ${name}`;
  const raw = graph.edgeNameOf(edge);
  if (!ACCESSOR.test(raw) || !hasAccessor(graph, edge, raw.slice(ACCESSOR_WORD))) {
    return propertyLabel(name, raw);
  }
  const property = propertyLabel(name.slice(ACCESSOR_WORD), raw.slice(ACCESSOR_WORD));
  return `${raw.slice(0, ACCESSOR_WORD)}${property.replace(/^\./, '')}()`;
}

/** Whether the object has getters or setters under that name: a property may be called "get x" too. */
function hasAccessor(graph: HeapGraph, edge: EdgeOrdinal, name: string): boolean {
  const owner = graph.ownerOf(edge);
  for (let e = graph.firstEdge(owner); e < graph.endEdge(owner); e++) {
    const other = e as EdgeOrdinal;
    if (graph.edgeTypeOf(other) !== EdgeType.property) continue;
    if (graph.nameOf(graph.targetOf(other)) !== 'system / AccessorPair') continue;
    if (graph.edgeNameOf(other) === name) return true;
  }
  return false;
}

/**
 * `.a`, `["a b"]`, `[Symbol(d)]` or `.#private`.
 *
 * @param raw the name before secrets in it were masked, which says how it is written.
 */
export function propertyLabel(name: string, raw = name): string {
  const symbol = /^<symbol ?([\s\S]*)>$/.exec(name);
  if (symbol !== null) return `[Symbol(${symbol[1]})]`;
  if (IDENTIFIER.test(raw.startsWith('#') ? raw.slice(1) : raw)) return `.${name}`;
  return `[${JSON.stringify(name)}]`;
}

/** The label of a WeakMap entry, seen from its key; null for other names. */
export function weakMapLabel(name: string): string | null {
  const pair = WEAKMAP_PAIR.exec(name);
  if (pair !== null) return `WeakMap value of ${pair[1]} @${pair[2]}`;
  const old = OLD_WEAKMAP_PAIR.exec(name);
  return old === null ? null : `WeakMap value of ${old[1]}`;
}

function internalLabel(graph: HeapGraph, edge: EdgeOrdinal, name: string): string {
  // V8 writes a property with an empty name as an internal edge, Bun every reference without a name
  if (name === '') return graph.isJavaScriptCore ? '{internal}' : '[""]';
  const handle = /^\d+ \/ ([\s\S]*)$/.exec(name);
  if (handle !== null) return `C++ handle ${withoutTemplates(handle[1] as string)}`;
  // C++ roots are named after the line of C++ that made them
  const made = /^([^(]+)\([\s\S]*@[^@]*:\d+$/.exec(name);
  if (made !== null) return `C++ handle ${made[1]}`;
  if (/^\d+$/.test(name) && graph.nameOf(graph.ownerOf(edge)) === '(Global handles)') {
    return 'C++ handle';
  }
  return `{${name}}`;
}

/** Fields that V8 only numbers, told by whose they are and what is in them. */
function hiddenLabel(graph: HeapGraph, edge: EdgeOrdinal, name: string): string {
  const owner = graph.ownerOf(edge);
  const target = graph.targetOf(edge);
  switch (graph.nameOf(owner)) {
    case 'system / JSProxy':
      return name === '1' ? '[[Target]]' : name === '2' ? '[[Handler]]' : `{${name}}`;
    case 'Array Iterator':
      return name === '2' ? 'iterator of' : `{${name}}`;
    case 'FinalizationRegistry':
      return graph.typeOf(target) === NodeType.closure ? 'cleanup callback' : `{${name}}`;
    case 'Generator':
      if (graph.nameOf(target) !== 'Promise') return `{${name}}`;
      return `promise of async ${suspendedFunction(graph, owner)}()`;
    default:
      return `{${name}}`;
  }
}
