import type { GraphAnswer } from '../answer/collect-graph.js';
import type { GraphQuestion } from '../question/graph-question.js';
import type { Growth } from '../stats/growth.js';
import type { TypeStats } from '../stats/type-stats.js';

/** What a call wants to know of its program; plain data, because it goes to a worker. */
export type Question = (ObjectQuestion | TypesQuestion | CountsQuestion | PeaksQuestion) & {
  /** Asked at a prompt, whose own objects are no part of the answer (`PromptObjects`). */
  readonly isPrompt?: boolean;
};

/** The answers by the kind of question, plain data too. */
export interface Answers {
  readonly graph: GraphAnswer;
  readonly types: readonly TypeStats[];
  readonly counts: Readonly<Record<string, number>>;
  readonly growth: PeaksAnswer;
}

/** Who holds objects of the program, what they hold, or the ways that lead to them. */
export interface ObjectQuestion {
  readonly kind: 'graph';
  /** Its targets are the objects that go with it. */
  readonly question: GraphQuestion;
  /**
   * How many objects there are in the first target if that is a list, else 0; the targets after it
   * are the first of them.
   */
  readonly listLength: number;
}

/** All classes. */
export interface TypesQuestion {
  readonly kind: 'types';
}

/** How many objects there are by the name of their class: much less work. */
export interface CountsQuestion {
  readonly kind: 'counts';
}

/** The classes of which there are more objects than ever before. */
export interface PeaksQuestion {
  readonly kind: 'growth';
  /** `peaks` of the answer before this one; null for the first. */
  readonly peaks: Uint8Array | null;
}

export interface PeaksAnswer {
  readonly growth: Growth;
  /** What has to be remembered: bytes only, which are one object in the heap they speak of. */
  readonly peaks: Uint8Array;
}
