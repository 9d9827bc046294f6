import type { HoldingPattern, HoldingStep, SubgraphNode } from '../../collect/picture/subgraph.js';
import { formatCount } from '../../util/format-count.js';
import { cutName, manyWords, type NodeInWords } from '../../words/node-phrases.js';
import { type Ends, type LinkWords, phraseOf } from '../../words/phrases.js';
import { foreignness, isTelling, NOWHERE, stepsSentence } from './chain-sentence.js';
import { inWords } from './in-words.js';
import type { SentenceStep } from './sentence-step.js';

/** One sentence on how some of the objects of a target that is drawn as one are held. */
export function patternSentence(target: SubgraphNode, pattern: HoldingPattern): string {
  const { count, steps, left = 0 } = pattern;
  const subject = subjectOf(target, count);
  if (steps.length === 0) return `${subject} is not reachable by strong references.`;
  const up = steps.toReversed();
  // where many are held by one is what to look at first
  const funnel = up.findIndex(({ isOne }) => isOne === true);
  const told = toSteps(up, inWords(target)).map((step, at) =>
    at === funnel && funnel > 0 ? { ...step, isFunnel: true } : step,
  );
  const isRooted = told.at(-1)?.holder.isRoot === true;
  const end = isRooted ? '' : NOWHERE;
  return stepsSentence(subject, told, { end, left });
}

/** A list: some objects are held in one way, and each of the others by the next one of them. */
interface ListPattern {
  readonly base: HoldingPattern;
  readonly others: number;
  /** From the holder of the next object up to that object, from the target up. */
  readonly round: readonly HoldingStep[];
  /** The step at which the round begins again: a holder of each object, or the object itself. */
  readonly below: HoldingStep | null;
}

/**
 * Finds two ways of which the second is the first with some more steps, which begin and end at the
 * same class.
 */
export function findList(base: HoldingPattern, other: HoldingPattern): ListPattern | null {
  const more = other.steps.length - base.steps.length;
  if (more < 1 || base.left !== undefined || other.left !== undefined) return null;
  const same = (a?: HoldingStep, b?: HoldingStep) => a?.name === b?.name && a?.label === b?.label;
  for (let at = base.steps.length; at > 0; at--) {
    const isPrefix = base.steps.slice(0, at).every((step, i) => same(step, other.steps[i]));
    const isSuffix = base.steps
      .slice(at)
      .every((step, i) => same(step, other.steps[at + more + i]));
    if (!isPrefix || !isSuffix) continue;
    const round = other.steps.slice(at, at + more).toReversed();
    return { base, others: other.count, round, below: base.steps[at] ?? null };
  }
  return null;
}

/** One sentence on how a list is held; null if the round does not return to its beginning. */
export function listSentence(
  target: SubgraphNode,
  { base, others, round, below }: ListPattern,
): string | null {
  const last = round.at(-1);
  const name = below?.name ?? target.name;
  if (last === undefined || last.name !== name) return null;
  const first = patternSentence(target, base).replace(/\.$/, '');
  const held = below === null ? inWords(target) : holderInWords(below);
  const steps = toSteps(round, held);
  const next = steps.map((step, index) => {
    if (index < steps.length - 1) return step;
    const title = `the next ${step.holder.title}`;
    return {
      ...step,
      holder: { ...step.holder, is: { kind: 'named' as const, name: 'process' as const }, title },
    };
  });
  const subject = below === null ? 'it' : `its ${held.title}`;
  const rest = stepsSentence(subject, next, { end: '', left: 0 });
  const all = others === 1 ? 'the other' : `each of the ${formatCount(others)} others`;
  return `${first}; ${all} is held by the next: ${rest}`;
}

function subjectOf({ is, name, count: total = 1 }: SubgraphNode, count: number): string {
  const share = count === total ? 'All' : `${formatCount(count)} of`;
  const objects = is === undefined ? cutName(name) : manyWords(is);
  return `${share} ${formatCount(total)} ${objects}${count === 1 ? '' : ': each'}`;
}

/** The steps of a sentence. @param up from the object up. */
function toSteps(up: readonly HoldingStep[], target: NodeInWords): readonly SentenceStep[] {
  const holders = up.map(holderInWords);
  return holders.map((holder, index): SentenceStep => {
    const held = holders[index - 1] ?? target;
    const step = up[index] as HoldingStep;
    return {
      holder,
      words: [stepPhrase(step, { holder, held })],
      isKept: isTelling(step.means),
      ...foreignness({ ...step, isRoot: step.root === true }),
      ...(step.holds !== undefined && { share: step.holds }),
    };
  });
}

function stepPhrase({ means, label }: HoldingStep, ends: Ends): LinkWords {
  return phraseOf(means ?? { kind: 'internal', name: label }, ends);
}

/**
 * A holder in words: a step stands for many objects, so it has neither ids nor places, and a frame
 * has no line.
 */
function holderInWords({ name, is = { kind: 'object', name }, root }: HoldingStep): NodeInWords {
  const common = { id: '', showsId: false, location: null, isRoot: root === true };
  if (is.kind === 'function' && is.name === null) {
    return { ...common, is: { kind: 'object', name }, title: `an ${name}` };
  }
  return { ...common, is: is.kind === 'frame' ? { kind: 'object', name } : is, title: name };
}
