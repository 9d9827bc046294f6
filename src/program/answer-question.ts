import { deserialize, serialize } from 'node:v8';
import { readFacts } from '../answer/load-heap.js';
import { PLAIN_WORK } from '../answer/work.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { LiveFacts } from '../source/opened-source.js';
import type { SelfSource } from '../source/self/self-source.js';
import { type Census, countByName, takeCensus, withoutKeys } from '../stats/census.js';
import { growthAbovePeaks, momentsToKeep } from '../stats/peaks.js';
import { computeTypeStats } from '../stats/type-stats.js';
import { answerGraph } from './answer-graph.js';
import { findOwnPart, findShown } from './own-part.js';
import type { Answers, PeaksAnswer, PeaksQuestion, Question } from './questions.js';

/**
 * Runs in the worker: reads the heap of the program that made the call, and answers.
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

async function answerTypes(source: SelfSource): Promise<Answers['types']> {
  return computeTypeStats(await readOwn(source));
}

async function answerCounts(source: SelfSource): Promise<Answers['counts']> {
  // an object without a prototype would arrive with one
  return { ...countByName(takeCensus(await readOwn(source))) };
}

async function answerGrowth(
  source: SelfSource,
  question: PeaksQuestion & Question,
): Promise<PeaksAnswer> {
  const { peaks } = question;
  // each look at the program gives new ids to its objects
  const now = withoutKeys(await countObjects(source, question));
  const earlier = peaks === null ? [] : (deserialize(peaks) as readonly Census[]);
  return {
    growth: growthAbovePeaks(earlier, now),
    peaks: serialize(momentsToKeep(earlier, now)),
  };
}

/**
 * Counts objects without those of this package, and at a prompt without those that exist for the
 * prompt.
 */
async function countObjects(source: SelfSource, question: Question): Promise<Census> {
  const facts = await readOwn(source);
  const shown = findShown(facts.graph, source.live as LiveFacts, question);
  const ours = shown.targets.filter((node) => node !== null);
  return takeCensus(facts, findOwnPart(facts, { ...shown, targets: [] }, ours).has);
}

function readOwn(source: SelfSource): Promise<HeapFacts> {
  return readFacts(source, PLAIN_WORK, { prepare: 'nothing' });
}
