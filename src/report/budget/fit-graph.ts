import type { Subgraph } from '../../collect/picture/subgraph.js';
import { graphNextStep } from '../next/graph-next-step.js';
import { type Asker, stepWords } from '../next/next-step.js';
import { chainSentences } from '../sentences.js';
import { compactJson } from './compact-json.js';
import { countTokens } from './count-tokens.js';
import { cutLines } from './cut-lines.js';
import { mostThatFits } from './most-that-fits.js';
import { type RankedNodes, rankNodes } from './rank-nodes.js';
import { reduceGraph } from './reduce-graph.js';

/** How large a text may be, and what its reader can ask next. */
export interface Budget {
  /** As `countTokens` counts them. */
  readonly tokens: number;
  /** Null where what to ask next is said elsewhere. */
  readonly asker: Asker | null;
}

/** The texts of a shorter report, as the whole picture has them. */
export interface Abridged {
  /** Why the targets are alive. */
  readonly sentences: readonly string[];
  /** The next question, as the last line. */
  readonly next: readonly string[];
  /** False where the sentences beside the picture are left out. */
  readonly hasNotes: boolean;
}

/** Writes a picture in some format. */
export type WriteGraph = (picture: Subgraph, abridged: Abridged) => Promise<string>;

/**
 * A report that fits into so many tokens. Each target, its shortest way to a root and the sentence about it
 * stay longest; what is left out is counted.
 */
export async function fitGraph(
  full: Subgraph,
  { tokens, asker }: Budget,
  { format, write }: { readonly format: string; readonly write: WriteGraph },
): Promise<string> {
  const ranked = rankNodes(full);
  const next = asker === null ? [] : stepWords(graphNextStep(full, asker), asker);
  const isSmallEnough = (text: string) => countTokens(text) <= tokens;
  for (const way of leastFirst(full, next)) {
    const least = way.hasNotes ? leastNodes(ranked) : 1;
    const text = await mostThatFits(
      ranked.order.length + 1 - least,
      (more) => write(reduceGraph(full, ranked, least + more), way),
      isSmallEnough,
    );
    if (text !== null) return text;
  }
  const [shortest] = leastFirst(full, []).slice(-1);
  const smallest = reduceGraph(full, ranked, 1);
  if (format === 'json') return smallestDocument(smallest);
  return cutLines(await write(smallest, shortest ?? NOTHING), tokens);
}

const NOTHING: Abridged = { sentences: [], next: [], hasNotes: false };

/** First all that there is to say beside the nodes, then less and less. */
function leastFirst(full: Subgraph, next: readonly string[]): readonly Abridged[] {
  const [first] = chainSentences(full, { most: 1 });
  const one = first === undefined ? [] : [first];
  return [
    { sentences: chainSentences(full), next, hasNotes: true },
    { sentences: chainSentences(full, { most: 1 }), next, hasNotes: true },
    { sentences: one, next, hasNotes: false },
    { sentences: one, next: [], hasNotes: false },
  ];
}

/** A picture without the way of its first target would not say why that is alive. */
function leastNodes({ order, ways }: RankedNodes): number {
  return Math.max(1, Math.min(order.length, ways[0]?.length ?? 1));
}

function smallestDocument({ schema, command, targets, budget }: Subgraph): string {
  const [first] = targets;
  return compactJson({ schema, command, targets: first === undefined ? [] : [first], budget });
}
