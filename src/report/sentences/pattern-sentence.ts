import type { HoldingPattern, HoldingStep, SubgraphNode } from '../../collect/picture/subgraph.js';
import { formatCount } from '../../util/format-count.js';
import { nodeTitle } from '../../words/node-labels.js';
import { cutName, type NodeInWords } from '../../words/node-phrases.js';
import { type Ends, type LinkWords, phraseOf } from '../../words/phrases.js';
import { NOWHERE, type SentenceStep, stepsSentence } from './chain-sentence.js';
import { inWords } from './in-words.js';

/** How some of the objects of a target that is drawn as one are held, as one sentence. */
export function patternSentence(
  target: SubgraphNode,
  { count, steps, left = 0 }: HoldingPattern,
): string {
  const { is, name, count: total = count } = target;
  const share = count === total ? 'All' : `${formatCount(count)} of`;
  const objects = cutName(is === undefined ? name : nodeTitle(is));
  const subject = `${share} ${formatCount(total)} ${objects}${count === 1 ? '' : ': each'}`;
  if (steps.length === 0) return `${subject} is not reachable by strong references.`;
  const up = steps.toReversed();
  const holders = up.map(holderInWords);
  const told = holders.map((holder, index): SentenceStep => {
    const held = holders[index - 1] ?? inWords(target);
    return { holder, words: [stepPhrase(up[index] as HoldingStep, { holder, held })] };
  });
  const isRooted = holders.at(-1)?.isRoot === true;
  // where many are held by one is what to look at first
  const telling = up.findIndex(({ isOne }) => isOne === true);
  const end = isRooted ? '' : NOWHERE;
  return stepsSentence(subject, told, { end, left, ...(telling > 0 && { telling }) });
}

function stepPhrase({ means, label }: HoldingStep, ends: Ends): LinkWords {
  return phraseOf(means ?? { kind: 'internal', name: label }, ends);
}

/** A step stands for many objects, so it has neither ids nor places, and a frame no line. */
function holderInWords({ name, is = { kind: 'object', name }, root }: HoldingStep): NodeInWords {
  const common = { id: '', showsId: false, location: null, isRoot: root === true };
  if (is.kind === 'function' && is.name === null) {
    return { ...common, is: { kind: 'object', name }, title: `an ${name}` };
  }
  return { ...common, is: is.kind === 'frame' ? { kind: 'object', name } : is, title: name };
}
