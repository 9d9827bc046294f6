import { describeNode } from '../../engine/describe-node.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeMeaning } from '../../engine/meaning.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import type { Spelling } from '../../util/sentence.js';
import { nodeName, omittedLabel } from '../../words/node-labels.js';
import type { Cut } from '../walk/drawing.js';
import { endKey } from '../walk/neighbour.js';
import type { Omitted, SubgraphNode } from './subgraph.js';

/** The node that stands for what a limit or an option has left out beside the node `id`. */
export function buildMoreNode(
  view: HeapView,
  id: string,
  { neighbours, reason }: Cut,
  { depth, spelling = 'flags' }: { readonly depth: number; readonly spelling?: Spelling },
): SubgraphNode {
  const omitted = summarize(view, neighbours);
  const is: NodeMeaning = { kind: 'omitted', reason };
  return {
    id: `more:${id}`,
    type: 'more',
    name: nodeName(is),
    label: omittedLabel(reason, omitted, spelling),
    preview: '',
    location: null,
    shallowSize: null,
    retainedSize: null,
    distance: null,
    depth,
    role: 'more',
    omitted,
    is,
  };
}

function summarize(view: HeapView, neighbours: Cut['neighbours']): Omitted {
  const ends = new Map(neighbours.map(({ end }) => [endKey(end), end]));
  const counts = new Map<string, number>();
  for (const end of ends.values()) {
    const name = 'frame' in end ? 'frame' : classOf(view, end.node);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const classes = [...counts].map(([name, count]) => ({ name, count }));
  classes.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return { count: ends.size, classes };
}

/** What a node counts as when many are summed up: `30 Array, 7 Closure`. */
export function classOf(view: HeapView, node: NodeOrdinal): string {
  if (view.kinds.kindOf(node) === 'scope') return 'Scope';
  if (view.graph.typeOf(node) === NodeType.closure) return 'Closure';
  return nodeName(describeNode(view, node).is);
}
