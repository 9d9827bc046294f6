import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import { truncate } from '../../util/truncate.js';
import type { HeapView } from '../heap-view.js';
import { maskText } from '../mask-names.js';
import { valueOfNumber } from '../number-values.js';
import { propertyLabel } from './edge-labels.js';

const MAX_KEY_LENGTH = 40;

/** A Map's key as it would be written between the brackets: `"user:42"`, `Symbol(a)`, `Key @12`. */
export function labelOfKey(view: HeapView, key: NodeOrdinal): string {
  const { graph } = view;
  const name = graph.nameOf(key);
  const text = maskText(view, key);
  if (text !== null) return JSON.stringify(truncate(text.shown, MAX_KEY_LENGTH));
  switch (graph.typeOf(key)) {
    case NodeType.symbol:
      return symbolLabel(view, key);
    case NodeType.number:
      return valueOfNumber(graph, key) ?? 'number';
    case NodeType.closure:
      return `${name || 'anonymous'}() @${graph.idOf(key)}`;
    default:
      return `${name} @${graph.idOf(key)}`;
  }
}

function symbolLabel({ graph, redactor }: HeapView, symbol: NodeOrdinal): string {
  for (let e = graph.firstEdge(symbol); e < graph.endEdge(symbol); e++) {
    const edge = e as EdgeOrdinal;
    if (graph.edgeNameOf(edge) !== 'name') continue;
    const description = redactor.text(graph.nameOf(graph.targetOf(edge)));
    return propertyLabel(`<symbol ${description}>`).slice(1, -1);
  }
  return 'Symbol()';
}
