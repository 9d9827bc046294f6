import type { HeapFacts } from '../engine/heap-facts.js';
import { textOfString } from '../engine/string-text.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import { highest, pushAll } from '../util/many.js';
import { findSecretStrings } from './secret-strings.js';

/** The length at which V8 cuts texts, without a mark, when it writes a snapshot. */
const TEXT_LIMIT = 1024;

/** One text that the heap holds more than once. */
export interface DuplicateString {
  readonly text: string;
  /** The heap has only the beginning of the text: the copies share it and their size. */
  readonly isCut: boolean;
  readonly copies: number;
  /** Shallow bytes of all copies. */
  readonly size: number;
  /** The bytes of all copies but one. */
  readonly wasted: number;
  /** True if something holds it under a name such as `password`. */
  readonly isSecret: boolean;
}

/** The number of copies of each size. */
type BySize = Map<number, number>;

/**
 * Finds texts with several copies, the most wasteful first. Includes flat strings and
 * concatenations, but not slices, whose text is not in the heap.
 */
export function findDuplicateStrings({ graph }: HeapFacts): readonly DuplicateString[] {
  const { nodeNames, nodeTypes, strings } = graph.tables;
  const flat = new Map<number, BySize>();
  const ropes: NodeOrdinal[] = [];
  for (let n = 0; n < graph.nodeCount; n++) {
    const node = n as NodeOrdinal;
    if (nodeTypes[n] === NodeType['concatenated string']) ropes.push(node);
    if (nodeTypes[n] === NodeType.string)
      addCopy(flat, nodeNames[n] as number, graph.selfSizeOf(node));
  }
  const { whole, cut } = textsOfRopes(graph, ropes);
  const found = [...flat].flatMap(([index, bySize]) => {
    const isSeveral = bySize.size > 1 || [...bySize.values()][0] !== 1;
    // a text with one copy is only needed if there are concatenations
    if (!isSeveral && whole.size === 0) return [];
    const text = strings.get(index);
    const more = whole.get(text);
    whole.delete(text);
    return toDuplicates({ text, isCut: text.length >= TEXT_LIMIT }, joined(bySize, more));
  });
  for (const [text, bySize] of whole) pushAll(found, toDuplicates({ text, isCut: false }, bySize));
  for (const [text, bySize] of cut) pushAll(found, toDuplicates({ text, isCut: true }, bySize));
  const secrets = findSecretStrings(graph);
  const all = found.map((one) => ({ ...one, isSecret: secrets.has(one.text) }));
  return all.sort((a, b) => b.wasted - a.wasted || (a.text < b.text ? -1 : 1));
}

function textsOfRopes(graph: HeapGraph, ropes: readonly NodeOrdinal[]) {
  const whole = new Map<string, BySize>();
  const cut = new Map<string, BySize>();
  for (const rope of ropes) {
    const known = textOfString(graph, rope);
    if (known === null || known.text === '') continue;
    const isCut = !known.isWhole || known.text.length >= TEXT_LIMIT;
    addCopy(isCut ? cut : whole, known.text.slice(0, TEXT_LIMIT), graph.selfSizeOf(rope));
  }
  return { whole, cut };
}

function addCopy<K>(copies: Map<K, BySize>, key: K, size: number): void {
  if (size === 0) return;
  const bySize = copies.get(key) ?? new Map<number, number>();
  copies.set(key, bySize.set(size, (bySize.get(size) ?? 0) + 1));
}

function joined(bySize: BySize, more: BySize | undefined): BySize {
  if (more === undefined) return bySize;
  const all = new Map(bySize);
  for (const [size, count] of more) all.set(size, (all.get(size) ?? 0) + count);
  return all;
}

/** Combines equal texts; cut ones count as equal only if they have the same size. */
function toDuplicates(
  { text, isCut }: Pick<DuplicateString, 'text' | 'isCut'>,
  bySize: BySize,
): Omit<DuplicateString, 'isSecret'>[] {
  const groups = isCut ? [...bySize].map((entry) => [entry]) : [[...bySize]];
  return groups.flatMap((group) => {
    const copies = group.reduce((sum, [, count]) => sum + count, 0);
    const size = group.reduce((sum, [bytes, count]) => sum + bytes * count, 0);
    const largest = highest(group.map(([bytes]) => bytes));
    return copies < 2 ? [] : [{ text, isCut, copies, size, wasted: size - largest }];
  });
}
