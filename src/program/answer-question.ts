import type { SelfSource } from '../source/self/self-source.js';
import { answerGraph } from './answer-graph.js';
import { answerCounts, answerGrowth, answerTypes } from './answer-stats.js';
import type { Answers, Question } from './questions.js';

/**
 * In the worker: reads the heap of the program that made the call, and answers.
 *
 * @throws ShowBackrefError as the call does.
 */
export function answerQuestion(
  source: SelfSource,
  question: Question,
): Promise<Answers[Question['kind']]> {
  switch (question.kind) {
    case 'graph':
      return answerGraph(source, question);
    case 'types':
      return answerTypes(source);
    case 'counts':
      return answerCounts(source);
    case 'growth':
      return answerGrowth(source, question);
  }
}
