import { deserialize, serialize } from 'node:v8';
import { HeapFacts } from '../engine/heap-facts.js';
import { HeapGraph } from '../graph/heap-graph.js';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import type { LiveFacts } from '../source/opened-source.js';
import type { SelfSource } from '../source/self/self-source.js';
import { type Census, countByName, takeCensus, withoutKeys } from '../stats/census.js';
import { growthAbovePeaks, momentsToKeep } from '../stats/peaks.js';
import { computeTypeStats } from '../stats/type-stats.js';
import { findPromptPart, findShown } from './prompt-part.js';
import type { Answers, GrowthAnswer, GrowthQuestion, Question } from './questions.js';

export async function answerTypes(source: SelfSource): Promise<Answers['types']> {
  return computeTypeStats(await readFacts(source));
}

export async function answerCounts(source: SelfSource): Promise<Answers['counts']> {
  // what has no prototype would arrive with one
  return { ...countByName(takeCensus(await readFacts(source))) };
}

export async function answerGrowth(
  source: SelfSource,
  question: GrowthQuestion & Question,
): Promise<GrowthAnswer> {
  const { peaks } = question;
  // every look at the program gives its objects new ids
  const now = withoutKeys(await countObjects(source, question));
  const earlier = peaks === null ? [] : (deserialize(peaks) as readonly Census[]);
  return {
    growth: growthAbovePeaks(earlier, now),
    peaks: serialize(momentsToKeep(earlier, now)),
  };
}

/** At a prompt, without what is there for that. */
async function countObjects(source: SelfSource, question: Question): Promise<Census> {
  const facts = await readFacts(source);
  if (question.isPrompt !== true) return takeCensus(facts);
  const shown = findShown(facts.graph, source.live as LiveFacts, question);
  return takeCensus(facts, findPromptPart(facts.graph, shown).has);
}

async function readFacts({ bytes, name }: SelfSource): Promise<HeapFacts> {
  return new HeapFacts(new HeapGraph(await readSnapshot(bytes, { name })));
}
