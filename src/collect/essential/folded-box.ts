import type { Spelling } from '../../util/sentence.js';
import { moreNode } from '../picture/build-more-node.js';
import type { Omitted, SubgraphEdge, SubgraphNode } from '../picture/subgraph.js';
import { objectsIn } from './picture-links.js';

/** The number of names that a box keeps of the nodes it stands for. */
const MOST_LABELS = 50;

export interface BoxWords {
  readonly id: string;
  readonly reason: 'own' | 'between' | 'repeats';
  readonly spelling: Spelling;
}

/** A box for the nodes that do not decide whether the targets live. */
export function foldedBox({ id, reason, spelling }: BoxWords, omitted: Omitted): SubgraphNode {
  return moreNode(id, { omitted, reason, depth: 0, spelling });
}

/** A line without a label, to or from a box that stands for others. */
export function lineTo(from: string, to: string): SubgraphEdge {
  return { from, to, type: 'more', name: '', label: '', weak: false };
}

/** Sums up some nodes of a picture. */
export function summaryOf(nodes: readonly SubgraphNode[]): Omitted {
  const drawn = nodes.filter(({ role }) => role !== 'more');
  const beyond = nodes.reduce((sum, { omitted }) => sum + (omitted?.count ?? 0), 0);
  const counts = new Map<string, number>();
  for (const node of drawn) {
    const name = className(node);
    counts.set(name, (counts.get(name) ?? 0) + (node.count ?? 1));
  }
  for (const { omitted } of nodes) {
    for (const { name, count } of omitted?.classes ?? []) {
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  const classes = Array.from(counts, ([name, count]) => ({ name, count }));
  classes.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return {
    count: objectsIn(drawn) + beyond,
    classes,
    ...(beyond === 0 ? {} : { beyond }),
    labels: drawn.slice(0, MOST_LABELS).map(({ label }) => label),
  };
}

function className({ is, name, type }: SubgraphNode): string {
  if (is?.kind === 'scope') return 'Scope';
  return type === 'closure' ? 'Closure' : name;
}
