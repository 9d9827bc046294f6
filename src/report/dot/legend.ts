import type { Subgraph, SubgraphNode } from '../../collect/subgraph.js';
import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import { wrapPhrases, wrapText } from '../../util/wrap-text.js';
import { countOf, describeLimits, describeMasked, describeSize, joinWords } from '../summary.js';

const LEGEND_COLUMNS = 78;
const NOTE_LENGTH = 240;
const MOST_TARGETS = 3;

/** The lines at the foot of a picture: what is drawn, what is not, and the colours in words. */
export function legendLines(subgraph: Subgraph, notes: readonly string[]): string[] {
  const masked = describeMasked(subgraph);
  const sentences = [
    `${describeQuestion(subgraph)} ${describeLimits(subgraph)}`,
    ...notes,
    ...(masked === null ? [] : [masked]),
  ];
  const lines = sentences.flatMap((sentence) =>
    wrapText(truncate(showInvisible(sentence), NOTE_LENGTH), LEGEND_COLUMNS),
  );
  return [...lines, ...wrapPhrases(describeColours(subgraph), LEGEND_COLUMNS)];
}

function describeQuestion(subgraph: Subgraph): string {
  const { nodeCount, producer } = subgraph.source;
  const heap = `out of ${countOf(nodeCount, 'node')} in the heap of ${producer}`;
  const targets = describeTargets(subgraph);
  const question = {
    backrefs: `What holds ${targets}`,
    refs: `What ${targets} ${subgraph.targets.length === 1 ? 'holds' : 'hold'}`,
    chain: `What keeps ${targets} alive`,
  };
  return `${question[subgraph.command]}: ${describeSize(subgraph)}, ${heap}.`;
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
    ...(has(({ dominator }) => dominator === true)
      ? ['bold border: all ways lead through it']
      : []),
    ...(has(({ role }) => role === 'more') ? ['dark red: left out'] : []),
    ...(has(({ depth, role }) => role === 'holder' && depth > 1) ? ['darker: farther away'] : []),
    ...(has(({ count = 1 }) => count > 1)
      ? ['x 9: nine objects, or references, drawn as one']
      : []),
    ...(edges.some(({ weak }) => weak) ? ['dashed: weak'] : []),
    'arrow: holder to held',
  ];
  return words.map((phrase, index) => `${phrase}${index < words.length - 1 ? ';' : '.'}`);
}
