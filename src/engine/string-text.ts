import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import { pushAll } from '../util/many.js';
import { internalField } from './code/scripts.js';

/** The length at which V8 cuts strings, without a mark, when it writes a snapshot. */
export const STRING_LIMIT = 1024;

/** The limit of parts: a text concatenated letter by letter is a list as long as the text. */
const MOST_PARTS = 4096;
/** The limit of nested concatenations examined, and of holders of a half. */
const MOST_LEVELS = 16;
const MOST_HALVES = 4096;

export interface StringText {
  readonly text: string;
  /** True if this is the whole text. */
  readonly isWhole: boolean;
}

/**
 * The content of a string, if the heap has it: concatenations are joined up to the length that V8
 * keeps of one string. Null for a node that is not a string and for a piece cut out of another: a
 * snapshot does not say from which position.
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

/** The longest text that a string is a half of, and the position in it where the string begins. */
export function partOfWhole(
  graph: HeapGraph,
  node: NodeOrdinal,
): { readonly whole: string; readonly from: number } | null {
  let at = node;
  let from = 0;
  for (let levels = 0; levels < MOST_LEVELS; levels++) {
    const owner = concatenationOf(graph, at);
    if (owner === null) break;
    if (owner.isSecond) {
      const first = internalField(graph, owner.node, 'first');
      const before = first === null ? null : textOfString(graph, first);
      if (before === null || !before.isWhole) break;
      from += before.text.length;
    }
    at = owner.node;
  }
  const known = at === node ? null : textOfString(graph, at);
  return known === null ? null : { whole: known.text, from };
}

function concatenationOf(
  graph: HeapGraph,
  half: NodeOrdinal,
): { readonly node: NodeOrdinal; readonly isSecond: boolean } | null {
  let rest = MOST_HALVES;
  for (const edge of graph.retainersOf(half)) {
    if (rest-- === 0) break;
    const owner = graph.ownerOf(edge);
    if (graph.typeOf(owner) !== NodeType['concatenated string']) continue;
    const name = graph.edgeNameOf(edge);
    if (name === 'first' || name === 'second') return { node: owner, isSecond: name === 'second' };
  }
  return null;
}
