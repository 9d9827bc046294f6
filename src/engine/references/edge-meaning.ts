import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import { isIdentifier } from '../../util/is-identifier.js';
import { withoutTemplates } from '../../util/without-templates.js';
import type { Meaning, PropertyMeaning } from '../meaning.js';
import { suspendedFunction } from '../promises.js';

/** Fields of JavaScript objects with a meaning in the language. */
const FIELDS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['bound_this', { kind: 'bound-this' }],
  ['bound_function', { kind: 'bound-function' }],
  ['reactions_or_result', { kind: 'promise-result' }],
  ['buffer', { kind: 'property', name: 'buffer' }],
  ['backing_store', { kind: 'bytes' }],
  ['context', { kind: 'scope' }],
  ['previous', { kind: 'outer-scope' }],
  ['first', { kind: 'string-half', half: 'first' }],
  ['second', { kind: 'string-half', half: 'second' }],
  ['parent', { kind: 'string-parent' }],
  ['native_to_javascript', { kind: 'javascript-object' }],
  ['javascript_to_native', { kind: 'native-object' }],
]);

/**
 * Symbols by which Node.js keeps data with a timer, promise or task while an AsyncLocalStorage has
 * a store.
 */
const KNOWN_SYMBOLS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['<symbol kResourceStore>', { kind: 'async-store' }],
  ['<symbol kAsyncContextFrame>', { kind: 'async-context' }],
]);

/** A getter or setter, as V8 lists it. */
const ACCESSOR = /^[gs]et /;
const ACCESSOR_WORD = 'get '.length;
const DOM_NODE =
  /^<|^(Text|Comment|CDATASection|DocumentFragment|ShadowRoot|DocumentType|\w*Document)$/;
const SCOPE_NAME = /^system \/ Context($| \/ )/;
const SYMBOL_NAME = /^<symbol ?([\s\S]*)>$/;
const WEAKMAP_PAIR =
  /^\d+ \/ part of key \(([\s\S]*) @(\d+)\) -> value \(([\s\S]*) @(\d+)\) pair in WeakMap \(table @(\d+)\)$/;
const OLD_WEAKMAP_PAIR = /^\d+ \/ key ([\s\S]*) in WeakMap$/;

/**
 * The meaning of a reference before any folding.
 *
 * @param name of the edge, with secrets masked.
 */
export function meaningOfEdge(
  graph: HeapGraph,
  edge: EdgeOrdinal,
  name = graph.edgeNameOf(edge),
): Meaning {
  switch (graph.edgeTypeOf(edge)) {
    case EdgeType.context:
      return { kind: 'variable', name };
    case EdgeType.element:
      return elementMeaning(graph, edge, name);
    case EdgeType.property:
      return fieldMeaning(graph, edge, name);
    case EdgeType.internal:
      return weakMapMeaning(name) ?? FIELDS.get(name) ?? internalMeaning(graph, edge, name);
    case EdgeType.hidden:
      return hiddenMeaning(graph, edge, name);
    case EdgeType.weak:
      return { kind: 'weak', name };
    default:
      return { kind: 'internal', name };
  }
}

/**
 * A property by V8's name for it, which gives symbols by their description.
 *
 * @param raw the name before secrets in it were masked, which decides how it is written.
 */
export function meaningOfProperty(name: string, raw = name): PropertyMeaning {
  if (name === '__proto__') return { kind: 'prototype' };
  const symbol = name.startsWith('<symbol') ? SYMBOL_NAME.exec(name) : null;
  if (symbol !== null) return { kind: 'symbol-property', description: symbol[1] as string };
  return name !== raw && isIdentifier(raw)
    ? { kind: 'property', name, isIdentifier: true }
    : { kind: 'property', name };
}

/**
 * The meaning of an element: C++ objects number their references; only those between DOM nodes mean
 * something in a page.
 */
function elementMeaning(graph: HeapGraph, edge: EdgeOrdinal, index: string): Meaning {
  const owner = graph.ownerOf(edge);
  if (graph.typeOf(owner) !== NodeType.native) return { kind: 'element', index };
  const isDomLink = isDomNode(graph, owner) && isDomNode(graph, graph.targetOf(edge));
  return { kind: isDomLink ? 'dom-link' : 'cpp-reference' };
}

function isDomNode(graph: HeapGraph, node: NodeOrdinal): boolean {
  return graph.typeOf(node) === NodeType.native && DOM_NODE.test(graph.nameOf(node));
}

/**
 * The meaning of properties that differ from their name: accessors, brands, and the runtime's own
 * symbols.
 */
function fieldMeaning(graph: HeapGraph, edge: EdgeOrdinal, name: string): Meaning {
  const known = KNOWN_SYMBOLS.get(name);
  if (known !== undefined) return known;
  // V8 marks objects that have private methods by the scope of their class
  if (SCOPE_NAME.test(graph.nameOf(graph.targetOf(edge)))) {
    return { kind: 'private-methods', class: name };
  }
  const raw = graph.edgeNameOf(edge);
  if (!ACCESSOR.test(raw) || !hasAccessor(graph, edge, raw.slice(ACCESSOR_WORD))) {
    return meaningOfProperty(name, raw);
  }
  return {
    kind: 'accessor',
    accessor: raw.startsWith('get') ? 'get' : 'set',
    of: meaningOfProperty(name.slice(ACCESSOR_WORD), raw.slice(ACCESSOR_WORD)),
  };
}

/**
 * True if the object has getters or setters under that name: a property may be named "get x", too.
 */
function hasAccessor(graph: HeapGraph, edge: EdgeOrdinal, name: string): boolean {
  const owner = graph.ownerOf(edge);
  for (let other = graph.firstEdge(owner); other < graph.endEdge(owner); other++) {
    if (graph.edgeTypeOf(other) !== EdgeType.property) continue;
    if (graph.nameOf(graph.targetOf(other)) !== 'system / AccessorPair') continue;
    if (graph.edgeNameOf(other) === name) return true;
  }
  return false;
}

/** An entry of a WeakMap, seen from its key; null for other names. */
function weakMapMeaning(name: string): Meaning | null {
  const pair = WEAKMAP_PAIR.exec(name);
  if (pair !== null) {
    return { kind: 'weakmap-value', key: pair[1] as string, id: Number(pair[2]) };
  }
  const old = OLD_WEAKMAP_PAIR.exec(name);
  return old === null ? null : { kind: 'weakmap-value', key: old[1] as string, id: null };
}

function internalMeaning(graph: HeapGraph, edge: EdgeOrdinal, name: string): Meaning {
  // V8 writes a property with an empty name as an internal edge, Bun every reference without a name
  if (name === '') {
    return graph.isJavaScriptCore
      ? { kind: 'internal', name: null }
      : { kind: 'property', name: '' };
  }
  const handle = /^\d+ \/ ([\s\S]*)$/.exec(name);
  if (handle !== null) return { kind: 'cpp-handle', name: withoutTemplates(handle[1] as string) };
  // C++ roots are named after the line of C++ that made them
  const made = /^([^(]+)\([\s\S]*@[^@]*:\d+$/.exec(name);
  if (made !== null) return { kind: 'cpp-handle', name: made[1] as string };
  if (/^\d+$/.test(name) && graph.nameOf(graph.ownerOf(edge)) === '(Global handles)') {
    return { kind: 'cpp-handle', name: null };
  }
  return { kind: 'internal', name };
}

/** The meaning of fields that V8 only numbers, derived from their owner and their content. */
function hiddenMeaning(graph: HeapGraph, edge: EdgeOrdinal, name: string): Meaning {
  const owner = graph.ownerOf(edge);
  const target = graph.targetOf(edge);
  const plain: Meaning = { kind: 'internal', name };
  switch (graph.nameOf(owner)) {
    case 'system / JSProxy':
      if (name === '1') return { kind: 'proxy-target' };
      return name === '2' ? { kind: 'proxy-handler' } : plain;
    case 'Array Iterator':
      return name === '2' ? { kind: 'array-iterator' } : plain;
    case 'FinalizationRegistry':
      return graph.typeOf(target) === NodeType.closure ? { kind: 'cleanup-callback' } : plain;
    case 'WeakRef':
      return graph.isWeak(edge) ? { kind: 'weak', name: 'target' } : plain;
    case 'Generator':
      if (graph.nameOf(target) !== 'Promise') return plain;
      return { kind: 'async-promise', function: suspendedFunction(graph, owner) };
    default:
      return plain;
  }
}
