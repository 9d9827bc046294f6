import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import { truncate } from '../../util/truncate.js';
import { maskText } from '../mask-names.js';
import type { Key } from '../meaning.js';
import { valueOfNumber } from '../number-values.js';
import type { HeapView } from '../view.js';
import { meaningOfProperty } from './edge-meaning.js';

const MAX_KEY_LENGTH = 40;
/** The number of keys kept. */
const MOST_KEPT = 4096;

/** Recently masked keys: masking takes long, and each key is asked for repeatedly. */
const known = new WeakMap<HeapView, Map<NodeOrdinal, Key>>();

/**
 * The key of a Map: a text masked and cut, the description of a symbol, or the identity of an
 * object.
 */
export function keyMeaning(view: HeapView, key: NodeOrdinal): Key {
  const keys = known.get(view) ?? new Map<NodeOrdinal, Key>();
  known.set(view, keys);
  const kept = keys.get(key);
  if (kept !== undefined) return kept;
  const found = findMeaning(view, key);
  if (keys.size >= MOST_KEPT) keys.clear();
  keys.set(key, found);
  return found;
}

function findMeaning(view: HeapView, key: NodeOrdinal): Key {
  const { graph } = view;
  const name = graph.nameOf(key);
  const text = maskText(view, key);
  if (text !== null) return { type: 'text', text: truncate(text.shown, MAX_KEY_LENGTH) };
  switch (graph.typeOf(key)) {
    case NodeType.symbol:
      return { type: 'symbol', description: descriptionOf(view, key) };
    case NodeType.number:
      return { type: 'number', value: valueOfNumber(graph, key) };
    case NodeType.closure:
      return { type: 'function', name: name || 'anonymous', id: graph.idOf(key) };
    default:
      return { type: 'object', name, id: graph.idOf(key) };
  }
}

/** The name of a property as a key, such as that of an event in a table of listeners. */
export function keyOfProperty(name: string): Key {
  const property = meaningOfProperty(name);
  if (property.kind !== 'symbol-property') return { type: 'text', text: name };
  return { type: 'symbol', description: property.description };
}

function descriptionOf({ graph, redactor }: HeapView, symbol: NodeOrdinal): string {
  for (let edge = graph.firstEdge(symbol); edge < graph.endEdge(symbol); edge++) {
    if (graph.edgeNameOf(edge) !== 'name') continue;
    return redactor.text(graph.nameOf(graph.targetOf(edge)));
  }
  return '';
}
