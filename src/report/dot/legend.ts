import type { Subgraph, SubgraphNode } from '../../collect/subgraph.js';
import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import { wrapPhrases, wrapText } from '../../util/wrap-text.js';
import { chainSentences } from '../sentences.js';
import { countOf, describeLimits, describeMasked, describeSize, joinWords } from '../summary.js';

const LEGEND_COLUMNS = 78;
const NOTE_LENGTH = 240;
/** A sentence of a chain may take four lines. */
const SENTENCE_LENGTH = 300;
const MOST_SENTENCES = 3;
const MOST_TARGETS = 3;

/** The lines at the foot of a picture: why the targets are alive, what is drawn, what the colours mean. */
export function legendLines(subgraph: Subgraph, notes: readonly string[]): string[] {
  const masked = describeMasked(subgraph);
  const chains = chainSentences(subgraph, { most: MOST_SENTENCES });
  const others = [
    `${describeQuestion(subgraph)} ${describeLimits(subgraph)}`,
    ...notes.filter((note) => !chains.includes(note)),
    ...(masked === null ? [] : [masked]),
  ];
  return [
    ...chains.flatMap((sentence) => sentenceLines(sentence, SENTENCE_LENGTH)),
    '',
    ...others.flatMap((sentence) => sentenceLines(sentence, NOTE_LENGTH)),
    ...wrapPhrases(describeColours(subgraph), LEGEND_COLUMNS),
  ];
}

function sentenceLines(sentence: string, limit: number): string[] {
  return wrapText(truncate(showInvisible(sentence), limit), LEGEND_COLUMNS);
}

function describeQuestion(subgraph: Subgraph): string {
  const { nodeCount, producer } = subgraph.source;
  const heap = `out of ${countOf(nodeCount, 'node')} in the heap of ${producer}`;
  return `What holds ${describeTargets(subgraph)}: ${describeSize(subgraph)}, ${heap}.`;
}

function describeTargets({ nodes, targets }: Subgraph): string {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const names = targets.slice(0, MOST_TARGETS).map((id) => truncate(labels.get(id) ?? id, 40));
  const rest = targets.length - names.length;
  return joinWords(rest === 0 ? names : [...names, `${rest} more`]);
}

/** Only what this picture has in it. */
function describeColours({ nodes, edges }: Subgraph): string[] {
  const has = (test: (node: SubgraphNode) => boolean) => nodes.some(test);
  const words = [
    'Red: target',
    ...(has(({ role }) => role === 'root') ? ['green, double border: root'] : []),
    ...(has(({ highlighted }) => highlighted === true) ? ['blue: highlighted'] : []),
    ...(has(({ role }) => role === 'more') ? ['dark red: left out'] : []),
    ...(has(({ depth, role }) => role === 'holder' && depth > 1) ? ['darker: farther away'] : []),
    ...(edges.some(({ weak }) => weak) ? ['dashed: weak'] : []),
    'arrow: holder to held',
  ];
  return words.map((phrase, index) => `${phrase}${index < words.length - 1 ? ';' : '.'}`);
}
