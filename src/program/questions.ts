import type { GraphAnswer } from '../answer/collect-graph.js';
import type { GraphQuestion } from '../question/graph-question.js';
import type { Growth } from '../stats/growth.js';
import type { TypeStats } from '../stats/type-stats.js';

/** The question of a call about its program; plain data, because it goes to a worker. */
export type Question = (ObjectQuestion | TypesQuestion | CountsQuestion | PeaksQuestion) & {
  /** Asked at a prompt, whose own objects are not part of the answer (`PromptObjects`). */
  readonly isPrompt?: boolean;
};

/** The answers by the kind of question, plain data too. */
export interface Answers {
  readonly graph: GraphAnswer;
  readonly types: readonly TypeStats[];
  readonly counts: Readonly<Record<string, number>>;
  readonly growth: PeaksAnswer;
}

/** Asks who holds objects of the program, what they hold, or which paths lead to them. */
export interface ObjectQuestion {
  readonly kind: 'graph';
  /** Its targets are the objects passed along with it. */
  readonly question: GraphQuestion;
  /**
   * The number of objects in the first target if that is a list, else 0; the targets after it are
   * the first of them.
   */
  readonly listLength: number;
}

/** Asks for all classes. */
export interface TypesQuestion {
  readonly kind: 'types';
}

/** Asks how many objects there are by class name: much less work. */
export interface CountsQuestion {
  readonly kind: 'counts';
}

/** Asks for the classes that have more objects than ever before. */
export interface PeaksQuestion {
  readonly kind: 'growth';
  /** `peaks` of the answer before this one; null for the first. */
  readonly peaks: Uint8Array | null;
}

export interface PeaksAnswer {
  readonly growth: Growth;
  /** The data to remember: bytes only, which are one object in the heap that they describe. */
  readonly peaks: Uint8Array;
}
