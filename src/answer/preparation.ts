import type { GraphQuestion } from '../question/graph-question.js';

/** What a heap is made ready for while it is read. */
export type Preparation = 'nothing' | 'walk' | 'dominators';

/**
 * What answering will take: walks from object to object, and, of the heap as it is, retained sizes.
 * Without some references it has other sizes, which nothing can be prepared for.
 */
export function preparationFor({ choice, walk, cut }: GraphQuestion): Preparation {
  if (choice.largest) return 'dominators';
  return walk.retained && cut.length === 0 ? 'dominators' : 'walk';
}

/** True if retained sizes are part of the answer, whichever heap they are of. */
export function needsSizes({ choice, walk }: GraphQuestion): boolean {
  return choice.largest || walk.retained;
}
