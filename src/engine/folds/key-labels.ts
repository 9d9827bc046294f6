import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import { truncate } from '../../util/truncate.js';
import type { HeapView } from '../heap-view.js';
import { valueOfNumber } from '../number-values.js';
import { textOfString } from '../string-text.js';
import { propertyLabel } from './edge-labels.js';

const MAX_KEY_LENGTH = 40;

/** A Map's key as it would be written between the brackets: `"user:42"`, `Symbol(a)`, `Key @12`. */
export function labelOfKey({ graph, redactor }: HeapView, key: NodeOrdinal): string {
  const name = graph.nameOf(key);
  const text = textOfString(graph, key);
  if (text !== null) return JSON.stringify(truncate(redactor.value(text.text), MAX_KEY_LENGTH));
  switch (graph.typeOf(key)) {
    case NodeType.symbol:
      return symbolLabel(graph, key);
    case NodeType.number:
      return valueOfNumber(graph, key) ?? 'number';
    case NodeType.closure:
      return `${name || 'anonymous'}() @${graph.idOf(key)}`;
    default:
      return `${name} @${graph.idOf(key)}`;
  }
}

function symbolLabel(graph: HeapGraph, symbol: NodeOrdinal): string {
  for (let e = graph.firstEdge(symbol); e < graph.endEdge(symbol); e++) {
    const edge = e as EdgeOrdinal;
    if (graph.edgeNameOf(edge) !== 'name') continue;
    const description = graph.nameOf(graph.targetOf(edge));
    return propertyLabel(`<symbol ${description}>`).slice(1, -1);
  }
  return 'Symbol()';
}
