import { describeNode } from '../../engine/describe-node.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeMeaning, OmissionReason } from '../../engine/meaning.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import type { Spelling } from '../../util/sentence.js';
import { nodeName, omittedLabel } from '../../words/node-labels.js';
import type { Cut, Gap } from '../walk/drawing.js';
import { type End, endKey } from '../walk/neighbour.js';
import type { Omitted, SubgraphNode } from './subgraph.js';

/** The number of classes listed: each of a million objects may have a different one. */
const MOST_CLASSES = 1000;

/** The position of a node, and how it spells options. */
interface MoreWords {
  readonly depth: number;
  readonly spelling?: Spelling;
}

interface More {
  readonly omitted: Omitted;
  readonly reason: OmissionReason;
}

/** The node for the neighbours that a limit or an option has left out beside the node `id`. */
export function buildMoreNode(
  view: HeapView,
  id: string,
  { neighbours, reason }: Cut,
  words: MoreWords,
): SubgraphNode {
  const ends = new Map(neighbours.map(({ end }) => [endKey(end), end]));
  return moreNode(`more:${id}`, { omitted: summarize(view, ends.values()), reason, ...words });
}

/** The node for the middle of a long path. */
export function buildGapNode(view: HeapView, gap: Gap, words: MoreWords): SubgraphNode {
  const omitted = summarize(
    view,
    gap.nodes.map((node) => ({ node })),
  );
  return moreNode(gapId(view, gap), { omitted, reason: 'way', ...words });
}

/** The id of a gap, made from the objects at both of its ends, which are nodes of the heap. */
export function gapId({ graph }: HeapView, { nodes }: Gap): string {
  const [first, last] = [nodes[0], nodes.at(-1)] as [NodeOrdinal, NodeOrdinal];
  return `more:@${graph.idOf(first)}-@${graph.idOf(last)}`;
}

/** A box for objects that are not drawn. */
export function moreNode(
  id: string,
  { omitted, reason, depth, spelling = 'flags' }: MoreWords & More,
): SubgraphNode {
  const is: NodeMeaning = { kind: 'omitted', reason };
  return {
    id,
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

/** Counts objects by class. */
export function summarize(view: HeapView, ends: Iterable<End>): Omitted {
  const counts = new Map<string, number>();
  let count = 0;
  for (const end of ends) {
    const name = 'frame' in end ? 'frame' : classOf(view, end.node);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    count += 1;
  }
  const classes = [...counts].map(([name, found]) => ({ name, count: found }));
  classes.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return { count, classes: classes.slice(0, MOST_CLASSES) };
}

/** The class by which a node is counted when many are summed up: `30 Array, 7 Closure`. */
export function classOf(view: HeapView, node: NodeOrdinal): string {
  if (view.kinds.kindOf(node) === 'scope') return 'Scope';
  if (view.graph.typeOf(node) === NodeType.closure) return 'Closure';
  return nodeName(describeNode(view, node).is);
}
