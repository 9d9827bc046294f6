import { elementsOf } from '../../engine/array-elements.js';
import { internalField } from '../../engine/code/scripts.js';
import type { HashTables } from '../../engine/hash-tables.js';
import type { HeapView } from '../../engine/heap-view.js';
import { maskName, maskText } from '../../engine/mask-names.js';
import type { Meaning } from '../../engine/meaning.js';
import { namesIn } from '../../engine/meaning-texts.js';
import { valueOfNumber } from '../../engine/number-values.js';
import { STRING_LIMIT } from '../../engine/string-text.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import { isMask } from '../../redact/redactor.js';
import { isSecretName } from '../../redact/secret-names.js';
import { truncate } from '../../util/truncate.js';

const MAX_TEXT = 40;
const MAX_PROPERTIES = 5;
/** The least capacity of an array that `push` has enlarged; smaller stores have no spare room. */
const GROWN_CAPACITY = 17;

/**
 * The second line of a node: its content; empty if the heap does not show it.
 *
 * @param references the references by which it is drawn.
 */
export function previewOf(
  view: HeapView,
  tables: HashTables,
  node: NodeOrdinal,
  references: readonly Meaning[] = [],
): string {
  const { graph, kinds, redactor } = view;
  switch (graph.typeOf(node)) {
    case NodeType.string:
    case NodeType['concatenated string']:
      return stringPreview(view, node, references);
    case NodeType.number:
      return valueOfNumber(graph, node) ?? '';
    case NodeType.regexp:
      return truncate(`/${redactor.text(graph.nameOf(node))}/`, MAX_TEXT);
    case NodeType.object:
      return kinds.kindOf(node) === 'plain' ? objectPreview(view, tables, node) : '';
    default:
      return '';
  }
}

function stringPreview(view: HeapView, node: NodeOrdinal, references: readonly Meaning[]): string {
  const known = maskText(view, node);
  if (known === null) return '';
  const { text, isWhole } = known;
  const isNamed = references.flatMap(namesIn).some(isSecretName);
  const shown = isNamed ? view.redactor.held(text, 'secret') : known.shown;
  // not even the length of a secret is shown
  if (isMask(shown)) return `"${shown}"`;
  const length = isWhole
    ? `${text.length} ${text.length === 1 ? 'char' : 'chars'}`
    : `${Math.min(text.length, STRING_LIMIT)} chars or more`;
  return `"${truncate(shown, MAX_TEXT)}" ${length}`;
}

function objectPreview(view: HeapView, tables: HashTables, object: NodeOrdinal): string {
  const { graph } = view;
  if (graph.nameOf(object) === 'Array') return arrayPreview(view, tables, object);
  const table = internalField(graph, object, 'table');
  const kind = table === null ? null : tables.kindOf(object);
  if (table !== null && kind !== null)
    return count(tables.countEntries(kind, table), 'entry', 'entries');
  const closure = internalField(graph, object, 'function');
  if (closure !== null) return `suspended ${graph.nameOf(closure) || 'anonymous'}()`;
  return propertiesPreview(view, object);
}

/**
 * The number of elements of an array. It is not in a snapshot, but bounded by its store's capacity
 * and by the elements that are heap objects; if these differ, the preview says so.
 */
function arrayPreview(view: HeapView, tables: HashTables, array: NodeOrdinal): string {
  const { graph } = view;
  const { least, capacity } = elementsOf(graph, array, tables.wordSize);
  if (capacity < GROWN_CAPACITY || capacity === least) {
    return count(Math.max(capacity, least), 'element', 'elements');
  }
  if (least === 0) return `up to ${count(capacity, 'element', 'elements')}`;
  return `${least}+ elements`;
}

function propertiesPreview(view: HeapView, object: NodeOrdinal): string {
  const { graph } = view;
  const edges = new Map<string, EdgeOrdinal>();
  for (let edge = graph.firstEdge(object); edge < graph.endEdge(object); edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.property) continue;
    const name = graph.edgeNameOf(edge);
    if (!isOwnName(name) || edges.has(name)) continue;
    edges.set(name, edge);
    if (edges.size > MAX_PROPERTIES) break;
  }
  if (edges.size === 0) return '';
  const shown = [...edges.values()]
    .slice(0, MAX_PROPERTIES)
    .map((edge) => truncate(maskName(view, edge), MAX_TEXT / 2));
  return `{${shown.join(', ')}${edges.size > MAX_PROPERTIES ? ', …' : ''}}`;
}

/**
 * False for names that V8 adds to the file: a getter is listed as "x" and as "get x", symbols by
 * description.
 */
function isOwnName(name: string): boolean {
  return name !== '__proto__' && !/^(<symbol|[gs]et )/.test(name);
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
