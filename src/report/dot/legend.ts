import type { Subgraph, SubgraphNode } from '../../collect/picture/subgraph.js';
import { countOf } from '../../util/format-count.js';
import type { Spelling } from '../../util/sentence.js';
import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import { wrapPhrases, wrapText } from '../../util/wrap-text.js';
import { isFolded } from '../node-details.js';
import { chainSentences } from '../sentences.js';
import { describeLimits, describeMasked, describeSize } from '../summary.js';
import { questionWords } from '../title.js';

const LEGEND_COLUMNS = 78;
/** The longest line: longer ones are hard to read. */
const MOST_COLUMNS = 160;
/** The longest sentence: eight lines, which few need; the root is named at the end. */
const SENTENCE_LENGTH = 600;
const MOST_SENTENCES = 3;

/**
 * The lines at the foot of a picture: why the targets are alive, what is drawn, what the colours
 * mean.
 */
export function legendLines(
  subgraph: Subgraph,
  {
    notes = [],
    spelling,
    columns = 0,
  }: {
    readonly notes?: readonly string[];
    readonly spelling?: Spelling | undefined;
    /** The width of a picture that is wider than the usual lines. */
    readonly columns?: number;
  } = {},
): string[] {
  const masked = describeMasked(subgraph);
  const width = Math.min(MOST_COLUMNS, Math.max(LEGEND_COLUMNS, columns));
  const chains = chainSentences(subgraph, { most: MOST_SENTENCES });
  const others = [
    `${describeQuestion(subgraph)} ${describeLimits(subgraph, spelling)}`,
    ...notes.filter((note) => !chains.includes(note)),
    ...(masked === null ? [] : [masked]),
  ];
  return [
    ...chains.flatMap((sentence) => sentenceLines(sentence, width)),
    '',
    ...others.flatMap((sentence) => sentenceLines(sentence, width)),
    ...wrapPhrases(describeColours(subgraph), width),
  ];
}

function sentenceLines(sentence: string, width: number): string[] {
  return wrapText(truncate(showInvisible(sentence), SENTENCE_LENGTH), width);
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
