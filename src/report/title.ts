import type { Subgraph } from '../collect/picture/subgraph.js';
import { joinWords } from './summary.js';
import { visibleLabel, visibleText } from './visible-text.js';

const MOST_TARGETS = 3;
const NAME_LENGTH = 40;
const TITLE_LENGTH = 120;

/** How a format marks a name in a sentence. */
type Quote = (name: string) => string;

const asItIs: Quote = (name) => name;

/** The question: `What holds Session @1?`. */
export function questionOf(subgraph: Subgraph, quote = asItIs): string {
  return `${questionWords(subgraph, quote)}?`;
}

/** The question without its question mark. */
export function questionWords(subgraph: Subgraph, quote = asItIs): string {
  const targets = describeTargets(subgraph, quote);
  const words = {
    backrefs: `What holds ${targets}`,
    refs: `What ${targets} ${subgraph.targets.length === 1 ? 'holds' : 'hold'}`,
    chain: `What keeps ${targets} alive`,
  };
  return words[subgraph.command];
}

/** The requested title, else the question. */
export function reportTitle(subgraph: Subgraph, title: string | undefined): string {
  return title ? visibleText(title, TITLE_LENGTH) : questionOf(subgraph);
}

/** The targets by their labels, at most three of them. */
function describeTargets({ nodes, targets }: Subgraph, quote = asItIs): string {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const names = targets
    .slice(0, MOST_TARGETS)
    .map((id) => quote(visibleLabel(labels.get(id) ?? id, NAME_LENGTH)));
  const rest = targets.length - names.length;
  return joinWords(rest === 0 ? names : [...names, `${rest} more`]);
}
