import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import { highest } from '../util/many.js';
import { findSecretStrings } from './secret-strings.js';

/** V8 cuts texts here, without a mark, when it writes a snapshot. */
const TEXT_LIMIT = 1024;

/** One text that the heap holds more than once. */
export interface DuplicateString {
  readonly text: string;
  /** The heap only tells the beginning: the copies have it and their size in common. */
  readonly isCut: boolean;
  readonly copies: number;
  /** Shallow bytes of all copies. */
  readonly size: number;
  /** What all copies but one take. */
  readonly wasted: number;
  /** Whether something holds it under a name such as `password`. */
  readonly isSecret: boolean;
}

/**
 * Texts with several copies, the most wasteful first. Flat strings only: of ropes and slices the heap
 * does not tell the text.
 */
export function findDuplicateStrings({ graph }: HeapFacts): readonly DuplicateString[] {
  const { nodeNames, nodeTypes, strings } = graph.tables;
  const byText = new Map<number, Map<number, number>>();
  for (let n = 0; n < graph.nodeCount; n++) {
    if (nodeTypes[n] !== NodeType.string) continue;
    const size = graph.selfSizeOf(n as NodeOrdinal);
    if (size === 0) continue;
    const index = nodeNames[n] as number;
    const bySize = byText.get(index) ?? new Map<number, number>();
    byText.set(index, bySize.set(size, (bySize.get(size) ?? 0) + 1));
  }
  const secrets = findSecretStrings(graph);
  const found: DuplicateString[] = [];
  for (const [index, bySize] of byText) {
    if (bySize.size === 1 && [...bySize.values()][0] === 1) continue;
    const text = strings.get(index);
    const isSecret = secrets.has(text);
    for (const one of toDuplicates(text, bySize)) found.push({ ...one, isSecret });
  }
  return found.sort((a, b) => b.wasted - a.wasted || (a.text < b.text ? -1 : 1));
}

/** Texts that are cut are only taken for the same when they take the same bytes. */
function toDuplicates(
  text: string,
  bySize: ReadonlyMap<number, number>,
): Omit<DuplicateString, 'isSecret'>[] {
  const isCut = text.length >= TEXT_LIMIT;
  const groups = isCut ? [...bySize].map((entry) => [entry]) : [[...bySize]];
  return groups.flatMap((group) => {
    const copies = group.reduce((sum, [, count]) => sum + count, 0);
    const size = group.reduce((sum, [bytes, count]) => sum + bytes * count, 0);
    const largest = highest(group.map(([bytes]) => bytes));
    return copies < 2 ? [] : [{ text, isCut, copies, size, wasted: size - largest }];
  });
}
