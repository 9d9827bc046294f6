import { classOf } from '../../engine/describe-node.js';
import type { HeapView } from '../../engine/heap-view.js';
import { option, type Spelling, say, spell } from '../../util/sentence.js';
import type { Cut } from '../walk/drawing.js';
import { endKey } from '../walk/neighbour.js';
import type { Omitted, SubgraphNode } from './subgraph.js';

/** Classes named in the words of a cut; the rest is summed up by the count before them. */
const NAMED_CLASSES = 3;

/** The node that stands for what a limit or an option has left out beside the node `id`. */
export function buildMoreNode(
  view: HeapView,
  id: string,
  { neighbours, reason }: Cut,
  { depth, spelling = 'flags' }: { readonly depth: number; readonly spelling?: Spelling },
): SubgraphNode {
  const omitted = summarize(view, neighbours);
  const named = omitted.classes
    .slice(0, NAMED_CLASSES)
    .map(({ name, count }) => `${count} ${name}`);
  if (omitted.classes.length > NAMED_CLASSES) named.push('…');
  const words = {
    limit: 'more',
    depth: say`beyond ${option('depth')}`,
    stop: say`behind ${option('stop')}`,
    hide: say`hidden by ${option('hide')}`,
  };
  return {
    id: `more:${id}`,
    type: 'more',
    name: 'more',
    label: `${omitted.count} ${spell(words[reason], spelling)}: ${named.join(', ')}`,
    preview: '',
    location: null,
    shallowSize: null,
    retainedSize: null,
    distance: null,
    depth,
    role: 'more',
    omitted,
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
