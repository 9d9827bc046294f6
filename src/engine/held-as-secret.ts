import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';
import type { HeldKind } from '../redact/redactor.js';
import { isSecretContainer, type PlaceInContainer } from '../redact/secret-containers.js';
import { isSecretName } from '../redact/secret-names.js';
import { HashTables } from './hash-tables.js';
import type { HeapView } from './view.js';

/** Fields of a string that was concatenated from others, or cut out of one. */
const PARTS: ReadonlySet<string> = new Set(['first', 'second', 'parent']);
const MOST_LEVELS = 4;

/** The longest list that may alternate between names and values, such as raw HTTP headers. */
const LONGEST_PAIR_LIST = 512;
/**
 * The number of holders above which a text counts as a word of the language; the same for an
 * object.
 */
const MOST_HOLDERS = 4096;
/**
 * The largest object that may be a pair such as `{ name: 'password', value: 'x' }`, in properties.
 */
const LARGEST_PAIR = 64;
const NAME_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'key',
  'header',
  'field',
  'id',
  'Name',
  'Key',
]);
const VALUE_FIELDS: ReadonlySet<string> = new Set(['value', 'val', 'content', 'data', 'Value']);

/**
 * Finds out whether a string is a secret because of any of its holders in the heap, drawn or not:
 * under the name of a property or variable, after a name in `['Authorization', 'Basic …']`, beside
 * it in `{ name, value }`, or in a container one level below it. A piece of a string counts like
 * the whole string. A local of a suspended function may be one: V8 keeps no names of these.
 */
export function heldAsSecret(view: HeapView, text: NodeOrdinal): HeldKind | null {
  return heldAs(view, text, MOST_LEVELS);
}

function heldAs(view: HeapView, text: NodeOrdinal, levels: number): HeldKind | null {
  const { graph } = view;
  let found: HeldKind | null = null;
  let rest = MOST_HOLDERS;
  for (const edge of graph.retainersOf(text)) {
    if (rest-- === 0) break;
    const isPart =
      graph.edgeTypeOf(edge) === EdgeType.internal && PARTS.has(graph.edgeNameOf(edge));
    const kind = !isPart
      ? heldBy(view, edge)
      : levels === 0
        ? null
        : heldAs(view, graph.ownerOf(edge), levels - 1);
    if (kind === 'secret') return kind;
    found ??= kind;
  }
  return found;
}

/** The evidence of one reference to a string. */
function heldBy(view: HeapView, edge: EdgeOrdinal): HeldKind | null {
  const { graph } = view;
  const owner = graph.ownerOf(edge);
  switch (graph.edgeTypeOf(edge)) {
    case EdgeType.context:
      return isSecretName(graph.edgeNameOf(edge)) ? 'secret' : null;
    case EdgeType.property: {
      const name = graph.edgeNameOf(edge);
      const isNamed = isSecretName(name) || (VALUE_FIELDS.has(name) && hasSecretName(graph, owner));
      return isNamed || isIn(graph, owner, 'property') ? 'secret' : null;
    }
    case EdgeType.element: {
      const before = textBefore(graph, edge);
      const isNamed = before !== null && isSecretName(before);
      return isNamed || isIn(graph, owner, 'element') ? 'secret' : null;
    }
    default:
      return heldByPart(view, owner, edge);
  }
}

/** The evidence of the table of a Map or Set, or of the registers of a suspended function. */
function heldByPart(view: HeapView, part: NodeOrdinal, edge: EdgeOrdinal): HeldKind | null {
  const { graph, kinds } = view;
  if (graph.typeOf(part) !== NodeType.array) return null;
  const kind = kinds.kindOf(part);
  if (kind === 'registers') return 'unnamed local';
  return kind === 'table' && isInTable(graph, part, edge) ? 'secret' : null;
}

function isInTable(graph: HeapGraph, table: NodeOrdinal, edge: EdgeOrdinal): boolean {
  const tables = new HashTables(graph);
  for (const outer of graph.retainersOf(table)) {
    if (graph.edgeNameOf(outer) !== 'table') continue;
    const collection = graph.ownerOf(outer);
    // most are held under no such name: tested first, because finding the form of a table is slow
    const places: readonly PlaceInContainer[] = ['key', 'value', 'member'];
    if (!places.some((place) => isIn(graph, collection, place))) continue;
    const kind = tables.kindOf(collection);
    if (kind === null) continue;
    const { role } = tables.slotOf(kind, table, edge);
    if (role === 'other') continue;
    if (isIn(graph, collection, kind === 'Set' ? 'member' : role)) return true;
  }
  return false;
}

/** True if the name by which a container is held means that there are secrets at such a place. */
export function isIn(graph: HeapGraph, container: NodeOrdinal, place: PlaceInContainer): boolean {
  let rest = MOST_HOLDERS;
  for (const edge of graph.retainersOf(container)) {
    if (rest-- === 0) break;
    const type = graph.edgeTypeOf(edge);
    if (type !== EdgeType.property && type !== EdgeType.context) continue;
    if (isSecretContainer(graph.edgeNameOf(edge), place)) return true;
  }
  return false;
}

/** True if one field of an object says that another one is a secret. */
function hasSecretName(graph: HeapGraph, owner: NodeOrdinal): boolean {
  const first = graph.firstEdge(owner);
  const end = Math.min(graph.endEdge(owner), first + LARGEST_PAIR);
  for (let edge = first; edge < end; edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.property) continue;
    if (!NAME_FIELDS.has(graph.edgeNameOf(edge))) continue;
    const name = graph.targetOf(edge);
    if (graph.typeOf(name) === NodeType.string && isSecretName(graph.nameOf(name))) return true;
  }
  return false;
}

/** The string directly before that of an edge, if the edge is at an odd index of a short list. */
function textBefore(graph: HeapGraph, edge: EdgeOrdinal): string | null {
  const place = Number(graph.edgeNameOf(edge));
  if (place % 2 === 0) return null;
  const list = graph.ownerOf(edge);
  const first = graph.firstEdge(list);
  const end = graph.endEdge(list);
  if (end - first > LONGEST_PAIR_LIST) return null;
  for (let other = first; other < end; other++) {
    if (graph.edgeTypeOf(other) !== EdgeType.element) continue;
    if (graph.edgeNameOf(other) !== String(place - 1)) continue;
    const name = graph.targetOf(other);
    return graph.typeOf(name) === NodeType.string ? graph.nameOf(name) : null;
  }
  return null;
}
