import type { SubgraphNode } from '../collect/picture/subgraph.js';
import { parseTarget } from '../question/target.js';
import { walkDefaults } from '../question/walk-options.js';
import type { Redactor } from '../redact/redactor.js';
import { chainSentences } from '../report/sentences.js';
import type { ContainerRow } from '../report/tables/container-table.js';
import { type ContainerSizes, growingContainers } from '../stats/container-growth.js';
import type { LocatedHeap } from './heap.js';

/** The number of containers that are named: those with the most new entries. */
const MOST_NAMED = 10;

/**
 * Describes the containers that got more and more entries, each with its holder on the shortest
 * path from a root.
 *
 * @param heap the one of the last moment.
 * @param moments sizes of containers at each moment, the last one included.
 */
export function describeGrowing(
  heap: LocatedHeap,
  moments: readonly ContainerSizes[],
  redactor: Redactor,
): readonly ContainerRow[] {
  const grown = growingContainers(moments).slice(0, MOST_NAMED);
  return grown.map(({ id, kind, counts, delta }) => {
    const { node, holder, sentence } = holderOf(heap, id, redactor);
    return { id: `@${id}`, name: node?.name ?? kind, holder, sentence, counts, delta };
  });
}

function holderOf(heap: LocatedHeap, id: number, { mode: redact }: Redactor) {
  const { subgraph } = heap.ask({
    command: 'chain',
    targets: [parseTarget(`@${id}`)],
    choice: { nth: null, largest: false, all: false, redact },
    walk: { ...walkDefaults('chain'), everything: true, redact, spelling: 'flags' },
    cut: [],
    spelling: 'flags',
  });
  const [target] = subgraph.targets;
  const at = (wanted: string | undefined): SubgraphNode | undefined =>
    subgraph.nodes.find((node) => node.id === wanted);
  const edge = subgraph.edges.find(({ to, weak }) => to === target && !weak);
  const from = at(edge?.from);
  const [sentence = ''] = chainSentences(subgraph);
  const holder = edge === undefined || from === undefined ? null : { edge, node: from };
  return { node: at(target), holder, sentence };
}
