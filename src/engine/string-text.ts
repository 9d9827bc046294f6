import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import { pushAll } from '../util/many.js';
import { internalField } from './scripts.js';

/** V8 cuts strings here, without a mark, when it writes a snapshot. */
export const STRING_LIMIT = 1024;

/** A text put together letter by letter is a list as long as the text. */
const MOST_PARTS = 4096;

export interface StringText {
  readonly text: string;
  /** Whether this is all of it. */
  readonly isWhole: boolean;
}

/**
 * What a string says, as far as the heap tells: concatenations are joined until there is as much as V8
 * keeps of one string. Null for what is no string and for a piece cut out of another: from which place, a
 * snapshot does not say.
 */
export function textOfString(graph: HeapGraph, node: NodeOrdinal): StringText | null {
  if (graph.typeOf(node) === NodeType.string) return ofOne(graph, node);
  if (graph.typeOf(node) !== NodeType['concatenated string']) return null;
  const waiting: NodeOrdinal[] = [node];
  let text = '';
  for (let parts = 0; waiting.length > 0; parts++) {
    const part = waiting.pop() as NodeOrdinal;
    if (parts === MOST_PARTS || text.length >= STRING_LIMIT) return cutText(text);
    if (graph.typeOf(part) === NodeType['concatenated string']) {
      const halves = ['second', 'first'].map((name) => internalField(graph, part, name));
      pushAll(
        waiting,
        halves.filter((half) => half !== null),
      );
      continue;
    }
    const known = graph.typeOf(part) === NodeType.string ? ofOne(graph, part) : null;
    text += known?.text ?? '';
    if (!known?.isWhole) return cutText(text);
  }
  return { text, isWhole: true };
}

function ofOne(graph: HeapGraph, node: NodeOrdinal): StringText {
  const text = graph.nameOf(node);
  return { text, isWhole: text.length < STRING_LIMIT };
}

function cutText(text: string): StringText | null {
  return text === '' ? null : { text, isWhole: false };
}
