import { deserialize, serialize } from 'node:v8';
import { HeapFacts } from '../graph/heap-facts.js';
import { HeapGraph } from '../graph/heap-graph.js';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import type { SelfSource } from '../source/self-source.js';
import { type Census, countByName, takeCensus, withoutKeys } from '../stats/census.js';
import { growthAbovePeaks, momentsToKeep } from '../stats/peaks.js';
import { computeTypeStats } from '../stats/type-stats.js';
import type { Answers, GrowthAnswer, GrowthQuestion } from './questions.js';

export async function answerTypes(source: SelfSource): Promise<Answers['types']> {
  return computeTypeStats(await readFacts(source));
}

export async function answerCounts(source: SelfSource): Promise<Answers['counts']> {
  // what has no prototype would arrive with one
  return { ...countByName(takeCensus(await readFacts(source))) };
}

export async function answerGrowth(
  source: SelfSource,
  { peaks }: GrowthQuestion,
): Promise<GrowthAnswer> {
  // every look at the program gives its objects new ids
  const now = withoutKeys(takeCensus(await readFacts(source)));
  const earlier = peaks === null ? [] : (deserialize(peaks) as readonly Census[]);
  return {
    growth: growthAbovePeaks(earlier, now),
    peaks: serialize(momentsToKeep(earlier, now)),
  };
}

async function readFacts({ bytes, name }: SelfSource): Promise<HeapFacts> {
  return new HeapFacts(new HeapGraph(await readSnapshot(bytes, { name })));
}
