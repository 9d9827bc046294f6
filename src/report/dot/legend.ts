import type { Subgraph, SubgraphNode } from '../../collect/picture/subgraph.js';
import { countOf } from '../../util/format-count.js';
import type { Spelling } from '../../util/sentence.js';
import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import { wrapPhrases } from '../../util/wrap-text.js';
import { isFolded } from '../node-details.js';
import { chainSentences } from '../sentences.js';
import { describeLimits, describeMasked, describeSize } from '../summary.js';
import { questionWords } from '../title.js';

const LEGEND_COLUMNS = 78;
/** Of lines that are as wide as the picture; longer ones are hard to read. */
const LEAST_POINTS = 350;
const MOST_POINTS = 740;
/** Eight lines, which few sentences need: the root is named at the end. */
const SENTENCE_LENGTH = 600;
const MOST_SENTENCES = 3;

export interface LegendOptions {
  readonly notes?: readonly string[];
  readonly spelling?: Spelling | undefined;
  /** How wide lines may be; null for lines of the usual length. */
  readonly line?: LineWidth | null;
}

interface LineWidth {
  readonly points: number;
  readonly measure: (text: string) => number;
}

/** The lines at the foot of a picture: why the targets are alive, what is drawn, what the colours mean. */
export function legendLines(
  subgraph: Subgraph,
  { notes = [], spelling, line = null }: LegendOptions = {},
): string[] {
  const masked = describeMasked(subgraph);
  const wrap = wrapping(line);
  const wrapSentence = (sentence: string) =>
    wrap(truncate(showInvisible(sentence), SENTENCE_LENGTH).split(' '));
  const chains = chainSentences(subgraph, { most: MOST_SENTENCES });
  const others = [
    `${describeQuestion(subgraph)} ${describeLimits(subgraph, spelling)}`,
    ...notes.filter((note) => !chains.includes(note)),
    ...(masked === null ? [] : [masked]),
  ];
  return [
    ...chains.flatMap(wrapSentence),
    '',
    ...others.flatMap(wrapSentence),
    ...wrap(describeColours(subgraph)),
  ];
}

/** Fills lines with phrases that are not to be broken. */
function wrapping(line: LineWidth | null): (phrases: readonly string[]) => string[] {
  if (line === null) return (phrases) => wrapPhrases(phrases, LEGEND_COLUMNS);
  const blank = line.measure(' ');
  const points = Math.min(MOST_POINTS, Math.max(LEAST_POINTS, line.points));
  // a blank between two phrases counts as one
  return (phrases) => wrapPhrases(phrases, points / blank, (text) => line.measure(text) / blank);
}

function describeQuestion(subgraph: Subgraph): string {
  const { nodeCount, producer } = subgraph.source;
  const heap = `out of ${countOf(nodeCount, 'node')} in the heap of ${producer}`;
  return `${questionWords(subgraph)}: ${describeSize(subgraph)}, ${heap}.`;
}

/** One sign of the picture and its meaning. */
export interface ColourKey {
  readonly name:
    | 'target'
    | 'root'
    | 'highlight'
    | 'dominator'
    | 'more'
    | 'folded'
    | 'funnel'
    | 'far'
    | 'count'
    | 'weak'
    | 'arrow';
  readonly sign: string;
  readonly meaning: string;
}

/** The signs that occur in this picture. */
export function colourKeys({ nodes, edges }: Subgraph): ColourKey[] {
  const has = (test: (node: SubgraphNode) => boolean) => nodes.some(test);
  const isFar = ({ depth, role }: SubgraphNode) => role === 'holder' && depth > 1;
  const keys: readonly (ColourKey & { readonly isShown: boolean })[] = [
    { name: 'target', sign: 'red', meaning: 'target', isShown: true },
    {
      name: 'root',
      sign: 'green, double border',
      meaning: 'root',
      isShown: has(({ role }) => role === 'root'),
    },
    {
      name: 'highlight',
      sign: 'blue',
      meaning: 'highlighted',
      isShown: has(({ highlighted }) => highlighted === true),
    },
    {
      name: 'dominator',
      sign: 'bold border',
      meaning: 'all ways lead through it',
      isShown: has(({ dominator }) => dominator === true),
    },
    {
      name: 'more',
      sign: 'dark red',
      meaning: 'left out',
      isShown: has((node) => node.role === 'more' && !isFolded(node)),
    },
    {
      name: 'folded',
      sign: 'dashed box',
      meaning: 'does not decide whether it lives',
      isShown: has(isFolded),
    },
    {
      name: 'funnel',
      sign: 'bold arrow',
      meaning: 'one holds many',
      isShown: edges.some(({ holds }) => holds !== undefined),
    },
    { name: 'far', sign: 'darker', meaning: 'farther away', isShown: has(isFar) },
    {
      name: 'count',
      sign: 'x N',
      meaning: 'N objects, or references, drawn as one',
      isShown: has(({ count = 1 }) => count > 1),
    },
    { name: 'weak', sign: 'dashed', meaning: 'weak', isShown: edges.some(({ weak }) => weak) },
    { name: 'arrow', sign: 'arrow', meaning: 'holder to held', isShown: true },
  ];
  return keys.filter(({ isShown }) => isShown);
}

function describeColours(subgraph: Subgraph): string[] {
  const keys = colourKeys(subgraph);
  return keys.map(({ sign, meaning }, index) => {
    const start = index === 0 ? `${sign.slice(0, 1).toUpperCase()}${sign.slice(1)}` : sign;
    return `${start}: ${meaning}${index < keys.length - 1 ? ';' : '.'}`;
  });
}
