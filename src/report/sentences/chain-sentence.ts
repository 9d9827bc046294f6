import type { CodeSource, SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import type { Meaning, MeaningKind, NodeMeaning } from '../../engine/meaning.js';
import { countOf, formatCount } from '../../util/format-count.js';
import { highest } from '../../util/many.js';
import {
  classWords,
  functionWords,
  isAnonymous,
  nodeWords,
  subjectWords,
} from '../../words/node-phrases.js';
import type { LinkWords } from '../../words/phrases.js';
import type { Chain } from './chains.js';
import { gapsOf } from './gaps.js';
import { inWords, linkWords } from './in-words.js';
import { joinFilled, linkPhrase } from './link-phrase.js';
import type { SentenceStep } from './sentence-step.js';

/** Variables by which compilers and libraries keep `this`. */
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

/** A way from a target to its end as one sentence. */
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
      isKept: edges.some(({ means }) => isTelling(means)),
      ...foreignness({ ...holder, isRoot: holder.role === 'root' }),
      ...shareOf(edges),
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
}

/** The same for steps that need not belong to a picture. */
export function stepsSentence(
  subject: string,
  steps: readonly SentenceStep[],
  { end, left }: WayOptions,
): string {
  const gaps = gapsOf(steps);
  const widest = highest(gaps.map((gap) => gap.end - gap.start));
  let text = subject;
  let start = 0;
  let bridge: SentenceStep | undefined;
  for (const gap of gaps) {
    const between = gap.end - gap.start;
    const count = between + (between === widest ? left : 0);
    text += tell(steps.slice(start, gap.start), bridge);
    bridge = steps[gap.end] as SentenceStep;
    const name = callWords(bridge, steps[gap.end + 1]);
    text += `, and so on through ${countOf(count, 'more object')} up to ${name}${shareWords(bridge)}`;
    start = gap.end + 1;
  }
  return `${text}${tell(steps.slice(start), bridge)}${end}.`;
}

/** True for something that can be searched for in a program: a name, a listener, a timer, a key. */
export function isTelling(meaning: Meaning | undefined): boolean {
  if (meaning === undefined || !TELLING.has(meaning.kind)) return false;
  return !(meaning.kind === 'variable' && COMPILED_THIS.test(meaning.name));
}

/** Says whether the holder belongs to a package; roots and modules end a row of package steps. */
export function foreignness({
  code,
  is,
  isRoot,
}: {
  readonly code?: CodeSource;
  readonly is?: NodeMeaning;
  readonly isRoot: boolean;
}): Pick<SentenceStep, 'isForeign'> {
  if (code !== undefined) return { isForeign: code === 'package' };
  return isRoot || is?.kind === 'module' ? { isForeign: false } : {};
}

function shareOf(edges: readonly SubgraphEdge[]): Pick<SentenceStep, 'share'> {
  const share = edges.find(({ holds }) => holds !== undefined)?.holds;
  return share === undefined ? {} : { share };
}

/** One step of a long way may stand for many; those at its end are cuts. */
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

function stepWords(step: SentenceStep, around: Around): string {
  return `${linkWordsOf(step, around)}${shareWords(step)}`;
}

/** The share of objects, which a reader who looks for a leak wants to see. */
function shareWords({ share, holder: { is } }: SentenceStep): string {
  if (share === undefined) return '';
  const verb = is.kind === 'runtime' && is.part === 'timers' ? 'they hold' : 'holds';
  return ` (${verb} ${formatCount(share.count)} of ${formatCount(share.of)})`;
}

interface Around {
  readonly below: SentenceStep | undefined;
  readonly above: SentenceStep | undefined;
}

function linkWordsOf(step: SentenceStep, { below, above }: Around): string {
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
