import type { SubgraphNode } from '../../collect/picture/subgraph.js';
import type { Meaning, MeaningKind } from '../../engine/meaning.js';
import { countOf } from '../../util/format-count.js';
import { highest } from '../../util/many.js';
import {
  classWords,
  functionWords,
  isAnonymous,
  type NodeInWords,
  nodeWords,
  subjectWords,
} from '../../words/node-phrases.js';
import type { LinkWords } from '../../words/phrases.js';
import type { Chain } from './chains.js';
import { inWords, linkWords } from './in-words.js';
import { joinFilled, linkPhrase } from './link-phrase.js';

/**
 * The number of steps described at the beginning and at the end of a chain; those in between are
 * counted.
 */
const FIRST_STEPS = 4;
const LAST_STEPS = 3;
/** The same number if steps in the middle are described, too. */
const FIRST_STEPS_OF_MORE = 2;

/** The longest row of steps worth describing; of a longer one only the ends are described. */
const MOST_KEPT = 4;
const LEAST_LEFT_OUT = 2;
/** Variables in which compilers and libraries keep `this`. */
const COMPILED_THIS = /^_?(?:this|self|that)\d*$/;
const TELLING: ReadonlySet<MeaningKind> = new Set([
  'variable',
  'local',
  'suspended-local',
  'export',
  'listener',
  'timer',
  'immediate',
  'map-value',
]);

/** The end of a path that does not end at a root. */
export const NOWHERE = ', which nothing in this picture holds';

/** One step up: the holder and the reference. */
export interface SentenceStep {
  readonly holder: NodeInWords;
  /** One for each reference of the holder. */
  readonly words: readonly LinkWords[];
  /** Always described: something that a programmer can search for. */
  readonly isKept?: boolean;
}

/** A path from a target to its end as one sentence. */
export function chainSentence(
  target: SubgraphNode,
  chain: Chain,
  isTarget: (node: SubgraphNode) => boolean,
): string {
  const steps = chain.map(({ holder, edges }, index): SentenceStep => {
    const held = chain[index - 1]?.holder ?? target;
    return {
      holder: inWords(holder),
      words: edges.map((edge) => linkWords(edge, { holder, held })),
      isKept: edges.some(({ means, holds }) => holds !== undefined || isTelling(means)),
    };
  });
  const last = chain.at(-1)?.holder;
  const end = last === undefined ? '' : isTarget(last) ? ', a target itself' : endWords(last);
  return stepsSentence(subjectWords(inWords(target)), steps, { end, left: leftOut(chain) });
}

export interface WayOptions {
  /** The words after the last step. */
  readonly end: string;
  /** The number of steps that are in no list. */
  readonly left: number;
  /** The index of a step that is always described, with the one above it. */
  readonly telling?: number;
}

/** The same for steps that need not belong to a picture. */
export function stepsSentence(
  subject: string,
  steps: readonly SentenceStep[],
  { end, left, telling = 0 }: WayOptions,
): string {
  const gaps = gapsOf(steps, telling);
  const widest = highest(gaps.map((gap) => gap.end - gap.start));
  let text = subject;
  let start = 0;
  let bridge: SentenceStep | undefined;
  for (const gap of gaps) {
    const between = gap.end - gap.start;
    const count = between + (between === widest ? left : 0);
    text += tell(steps.slice(start, gap.start), bridge);
    bridge = steps[gap.end] as SentenceStep;
    text += `, and so on through ${countOf(count, 'more object')} up to ${callWords(bridge, steps[gap.end + 1])}`;
    start = gap.end + 1;
  }
  return `${text}${tell(steps.slice(start), bridge)}${end}.`;
}

/**
 * Decides where steps are left out; the last one of each gap is named. Leaving out a single step
 * saves no words.
 */
function gapsOf(
  steps: readonly SentenceStep[],
  telling: number,
): readonly { readonly start: number; readonly end: number }[] {
  const last = steps.length - LAST_STEPS;
  const inner = steps.flatMap(({ isKept }, at) => (isKept && at < last ? [at] : []));
  const kept = inner.length <= MOST_KEPT ? inner : [inner[0] ?? 0, inner.at(-1) ?? 0];
  const told = new Set(kept.flatMap((at) => [at, at + 1]));
  // the object that holds all of them, its reference, and what it holds
  if (telling > 0) for (const at of [telling - 1, telling, telling + 1]) told.add(at);
  const isMore = [...told].some((at) => at > FIRST_STEPS && at < last);
  const first = isMore ? FIRST_STEPS_OF_MORE : FIRST_STEPS;
  const gaps: { start: number; end: number }[] = [];
  let start = first;
  for (let at = first; at <= last; at++) {
    if (!told.has(at) && at < last) continue;
    // at the end the step before the last ones is named
    const end = at < last ? at : last - 1;
    if (end - start >= LEAST_LEFT_OUT) gaps.push({ start, end });
    start = at + 1;
  }
  return gaps;
}

/** True for something that can be searched for in a program: a name, a listener, a timer, a key. */
export function isTelling(meaning: Meaning | undefined): boolean {
  if (meaning === undefined || !TELLING.has(meaning.kind)) return false;
  return !(meaning.kind === 'variable' && COMPILED_THIS.test(meaning.name));
}

/**
 * The number of steps left out: one step of a long path may stand for many; those at its end are
 * cuts.
 */
function leftOut(chain: Chain): number {
  const left = chain.slice(0, -1).map(({ holder }) => holder.omitted?.count ?? 1);
  return left.reduce((sum, count) => sum + count - 1, 0);
}

function tell(steps: readonly SentenceStep[], below?: SentenceStep): string {
  return steps
    .map((step, index) =>
      stepWords(step, { below: steps[index - 1] ?? below, above: steps[index + 1] }),
    )
    .join('');
}

function stepWords(
  step: SentenceStep,
  {
    below,
    above,
  }: { readonly below: SentenceStep | undefined; readonly above: SentenceStep | undefined },
): string {
  const [first] = step.words as [LinkWords];
  const holder = callWords(step, above);
  if (below === undefined) return ` ${linkPhrase(step.words, holder)}`;
  switch (jointOf(below, step)) {
    case 'kind':
      return ` ${joinFilled([first.tie, first.holder ?? holder, first.after])}`;
    case 'variable':
      return `, ${first.variable?.is}`;
    default:
      return `, which ${linkPhrase(step.words, holder)}`;
  }
}

/**
 * The name that the step above gives to a holder: the `'data' listener` of a socket, the `Map
 * clients`.
 */
function jointOf(
  { holder, words }: SentenceStep,
  above: SentenceStep | undefined,
): 'kind' | 'variable' | null {
  const [link] = above?.words ?? [];
  if (link === undefined || above?.words.length !== 1 || words[0]?.holder !== null) return null;
  if (link.kind !== null && holder.is.kind === 'function') return 'kind';
  return link.variable !== null && classWords(holder) !== null ? 'variable' : null;
}

function callWords(step: SentenceStep, above: SentenceStep | undefined): string {
  const { holder } = step;
  const [link] = above?.words ?? [];
  switch (jointOf(step, above)) {
    case 'kind':
      return `the ${isAnonymous(holder) ? 'anonymous ' : ''}${link?.kind}${functionWords(holder)}`;
    case 'variable':
      return `${classWords(holder)} ${link?.variable?.name}`;
    default:
      return nodeWords(holder);
  }
}

function endWords(end: SubgraphNode): string {
  if (end.role === 'root' && inWords(end).showsId) return ', which is a root';
  return end.role === 'holder' ? NOWHERE : '';
}
