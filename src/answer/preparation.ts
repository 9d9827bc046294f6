import type { GraphQuestion } from '../question/graph-question.js';

/** The facts to compute while the heap is read, so that answering is fast. */
export type Preparation = 'nothing' | 'walk' | 'dominators';

/**
 * The facts that an answer will need: walks from object to object, or also retained sizes of the whole heap.
 * Without some references the sizes differ, which cannot be prepared for.
 */
export function preparationFor({ choice, walk, cut }: GraphQuestion): Preparation {
  if (choice.largest) return 'dominators';
  return walk.retained && cut.length === 0 ? 'dominators' : 'walk';
}

/**
 * True if retained sizes are part of the answer, of the whole heap or of one with references cut.
 */
export function needsSizes({ choice, walk }: GraphQuestion): boolean {
  return choice.largest || walk.retained;
}
