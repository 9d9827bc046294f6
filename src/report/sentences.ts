import type { HoldingPattern, Subgraph, SubgraphNode } from '../collect/picture/subgraph.js';
import { countOf } from '../util/format-count.js';
import { nodeWords, subjectWords } from '../words/node-phrases.js';
import { compareStackLast } from '../words/stack-last.js';
import { chainSentence } from './sentences/chain-sentence.js';
import { type Chain, ChainFinder } from './sentences/chains.js';
import { inWords } from './sentences/in-words.js';
import { findList, listSentence, patternSentence } from './sentences/pattern-sentence.js';
import { joinWords } from './summary.js';

const MOST_SENTENCES = 5;
const MOST_NAMES = 3;
/** The collector lists no more than this: with as many, there may be others. */
const MOST_PATTERNS = 100;
const ROOT_TYPES = ['module', 'root'];

export interface SentenceOptions {
  /** The number of chains described; the others are counted. */
  readonly most?: number;
}

/**
 * The story of one target: its sentences, the most informative first, and how many there would be.
 */
interface Story {
  readonly sentences: readonly string[];
  readonly total: number;
  readonly isComplete: boolean;
}

/**
 * Why the targets are alive, one sentence per path from a target up to a root: the shortest first;
 * for targets drawn as one, the most common first. The text is raw, as in the subgraph: every
 * report escapes it for its own format.
 */
export function chainSentences(
  subgraph: Subgraph,
  { most = MOST_SENTENCES }: SentenceOptions = {},
): readonly string[] {
  // what an object holds is not a reason for it to live
  if (subgraph.command === 'refs') return [];
  const finder = new ChainFinder(subgraph);
  const nodes = new Map(subgraph.nodes.map((node) => [node.id, node]));
  const stories = subgraph.targets.flatMap((id) => {
    const target = nodes.get(id);
    // the notes say that nothing leads to a target
    if (target === undefined || target.state === 'no-path' || target.state === 'only-weak')
      return [];
    return [
      target.count === undefined
        ? storyOf(subgraph, finder, target)
        : patternStory(subgraph, target),
    ];
  });
  const shares = shareOut(
    stories.map(({ sentences }) => sentences.length),
    most,
  );
  const told = stories.flatMap(({ sentences }, index) => sentences.slice(0, shares[index]));
  const rest = stories.reduce((sum, { total }) => sum + total, 0) - told.length;
  return [
    ...told,
    ...restWords(rest, stories.every(({ isComplete }) => isComplete) ? '' : 'More than '),
  ];
}

/** Gives each in turn one more, until all have enough or the limit is reached. */
function shareOut(wanted: readonly number[], most: number): readonly number[] {
  const shares = wanted.map(() => 0);
  for (let left = most, given = true; given; ) {
    given = false;
    for (const [index, count] of wanted.entries()) {
      const share = shares[index] as number;
      if (left === 0 || share === count) continue;
      shares[index] = share + 1;
      left -= 1;
      given = true;
    }
  }
  return shares;
}

function restWords(rest: number, about: string): readonly string[] {
  if (rest <= 0) return [];
  return [`${about}${countOf(rest, 'more way')}.`];
}

function storyOf(subgraph: Subgraph, finder: ChainFinder, target: SubgraphNode): Story {
  const kept = finder.find(target.id, 'kept');
  const cut = finder.find(target.id, 'cut');
  // a path that is cut off adds nothing if the same holder has a complete one
  const whole = new Set(kept.chains.map(([first]) => first?.holder.id));
  const onlyCut = cut.chains.filter(([first]) => !whole.has(first?.holder.id));
  const chains = [...stackLast(differentFirst(kept.chains)), ...differentFirst(onlyCut)];
  if (chains.length === 0) {
    return { sentences: [unheldSentence(subgraph, finder, target)], total: 1, isComplete: true };
  }
  // many closures of one line read the same
  const isTarget = ({ id }: SubgraphNode) => subgraph.targets.includes(id);
  const sentences = [...new Set(chains.map((chain) => chainSentence(target, chain, isTarget)))];
  return { sentences, total: chains.length, isComplete: kept.isComplete };
}

/**
 * The story of targets drawn as one: the most common ways first, each with the number of objects
 * held so.
 */
function patternStory({ patterns = [] }: Subgraph, target: SubgraphNode): Story {
  const own = patterns.filter((pattern) => pattern.target === target.id);
  const sentences: string[] = [];
  const told = new Set<HoldingPattern>();
  for (const pattern of own) {
    if (told.has(pattern)) continue;
    told.add(pattern);
    const list = listOf(
      target,
      pattern,
      own.filter((other) => !told.has(other)),
    );
    if (list !== null) told.add(list.base);
    sentences.push(list?.sentence ?? patternSentence(target, pattern));
  }
  const isComplete = own.length < MOST_PATTERNS;
  return { sentences, total: own.length - (told.size - sentences.length), isComplete };
}

/** A list: a way that other objects only take after they have reached the next of the objects. */
function listOf(
  target: SubgraphNode,
  pattern: HoldingPattern,
  others: readonly HoldingPattern[],
): { readonly base: HoldingPattern; readonly sentence: string } | null {
  for (const base of others) {
    const list = findList(base, pattern);
    const sentence = list === null ? null : listSentence(target, list);
    if (sentence !== null) return { base, sentence };
  }
  return null;
}

/** The shortest chain of each holder before its second one, otherwise in the order given. */
function differentFirst(chains: readonly Chain[]): readonly Chain[] {
  const byHolder = new Map(
    [...chains].reverse().map((chain) => [chain[0]?.holder.id, chain] as const),
  );
  const first = new Set(chains.filter((chain) => byHolder.get(chain[0]?.holder.id) === chain));
  return [...first, ...chains.filter((chain) => !first.has(chain))];
}

/** Puts the chains that end at the stack last, however short the way. */
function stackLast(chains: readonly Chain[]): readonly Chain[] {
  return chains.toSorted((a, b) => {
    const [rootA, rootB] = [a.at(-1)?.holder, b.at(-1)?.holder];
    return rootA === undefined || rootB === undefined ? 0 : compareStackLast(rootA, rootB);
  });
}

function unheldSentence(
  { edges, source }: Subgraph,
  finder: ChainFinder,
  target: SubgraphNode,
): string {
  const subject = subjectWords(inWords(target));
  const holders = finder.linksTo(target.id).map(({ holder }) => holder);
  if (holders.length > 0) {
    return `${subject} is only held in a circle, by ${nameSome(holders)}: no root is reached.`;
  }
  const into = edges.filter(({ to }) => to === target.id);
  if (into.some(({ from }) => from === target.id))
    return `${subject} is held by nothing but itself.`;
  if (into.length > 0) return `${subject} is only held weakly, which does not keep it alive.`;
  const isRoot = ROOT_TYPES.includes(target.type) || target.is?.kind === 'global';
  if (isRoot) return `${subject} is a root: it keeps itself alive.`;
  if (source.rootless) return `${subject} is a root: no other object holds it.`;
  return `No holder of ${nodeWords(inWords(target))} is recorded in this heap.`;
}

function nameSome(nodes: readonly SubgraphNode[]): string {
  const names = nodes.slice(0, MOST_NAMES).map((node) => nodeWords(inWords(node)));
  const rest = nodes.length - names.length;
  return joinWords(rest === 0 ? names : [...names, `${rest} more`]);
}
