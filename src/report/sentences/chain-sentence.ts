import type { SubgraphNode } from '../../collect/picture/subgraph.js';
import {
  classWords,
  functionWords,
  isAnonymous,
  type NodeInWords,
  nodeWords,
  subjectWords,
} from '../../words/node-phrases.js';
import type { LinkWords } from '../../words/phrases.js';
import { countOf } from '../summary.js';
import type { Chain } from './chains.js';
import { inWords, linkWords } from './in-words.js';
import { joinFilled, linkPhrase } from './link-phrase.js';

/** Steps that are told at the beginning and at the end of a chain; those between are counted. */
const FIRST_STEPS = 4;
const LAST_STEPS = 3;

/** Said at the end of a way that ends at no root. */
export const NOWHERE = ', which nothing in this picture holds';

/** One step up: who holds, and how. */
export interface Step {
  readonly holder: NodeInWords;
  /** One for each reference of the holder. */
  readonly words: readonly LinkWords[];
}

/** A way from a target to its end as one sentence. */
export function chainSentence(
  target: SubgraphNode,
  chain: Chain,
  isTarget: (node: SubgraphNode) => boolean,
): string {
  const steps = chain.map(({ holder, edges }, index): Step => {
    const held = chain[index - 1]?.holder ?? target;
    return {
      holder: inWords(holder),
      words: edges.map((edge) => linkWords(edge, { holder, held })),
    };
  });
  const last = chain.at(-1)?.holder;
  const end = last === undefined ? '' : endWords(last, isTarget(last));
  return stepsSentence(subjectWords(inWords(target)), steps, { end, left: leftOut(chain) });
}

/** The same for steps that need not be of a picture. */
export function stepsSentence(
  subject: string,
  steps: readonly Step[],
  { end, left }: { readonly end: string; readonly left: number },
): string {
  const skipped = steps.length - FIRST_STEPS - LAST_STEPS - 1;
  if (skipped <= 0) return `${subject}${tell(steps)}${end}.`;
  const tail = steps.slice(-LAST_STEPS);
  const bridge = steps.at(-LAST_STEPS - 1) as Step;
  const count = skipped + left;
  const between = `, and so on through ${countOf(count, 'more object')} up to ${callWords(bridge, tail[0])}`;
  return `${subject}${tell(steps.slice(0, FIRST_STEPS))}${between}${tell(tail, bridge)}${end}.`;
}

/** One step of a long way may stand for many; those at its end are cuts. */
function leftOut(chain: Chain): number {
  const left = chain.slice(0, -1).map(({ holder }) => holder.omitted?.count ?? 1);
  return left.reduce((sum, count) => sum + count - 1, 0);
}

function tell(steps: readonly Step[], below?: Step): string {
  return steps
    .map((step, index) =>
      stepWords(step, { below: steps[index - 1] ?? below, above: steps[index + 1] }),
    )
    .join('');
}

function stepWords(
  step: Step,
  { below, above }: { readonly below: Step | undefined; readonly above: Step | undefined },
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

/** What the step above lets us call a holder: the `'data' listener` of a socket, the `Map clients`. */
function jointOf({ holder, words }: Step, above: Step | undefined): 'kind' | 'variable' | null {
  const [link] = above?.words ?? [];
  if (link === undefined || above?.words.length !== 1 || words[0]?.holder !== null) return null;
  if (link.kind !== null && holder.is.kind === 'function') return 'kind';
  return link.variable !== null && classWords(holder) !== null ? 'variable' : null;
}

function callWords(step: Step, above: Step | undefined): string {
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

function endWords(end: SubgraphNode, isTarget: boolean): string {
  if (isTarget) return ', a target itself';
  if (end.role === 'root' && inWords(end).showsId) return ', which is a root';
  return end.role === 'holder' ? NOWHERE : '';
}
