import type { NodeOrdinal } from '../graph/ordinals.js';
import type { CollectOptions } from './collect-options.js';
import { classOf, describeNode } from './describe-node.js';
import { type Cut, type Drawing, type Drawn, type DrawnKey, keyOf } from './drawing.js';
import type { Frame } from './frames.js';
import type { HeapView } from './heap-view.js';
import { matchesAny } from './patterns.js';
import { previewOf } from './previews.js';
import { redactSubgraph } from './redact-subgraph.js';
import { showFile, showPlace } from './show-place.js';
import type {
  NodeRole,
  Omitted,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
  SubgraphSource,
} from './subgraph.js';
import type { BackrefWalk } from './walk-backrefs.js';

const ROLE_ORDER: readonly NodeRole[] = ['target', 'holder', 'root', 'more'];
/** Classes named in the words of a cut; the rest is summed up by the count before them. */
const NAMED_CLASSES = 3;

/** Turns a finished walk into the plain, sorted answer. */
export function assembleSubgraph(
  view: HeapView,
  walk: BackrefWalk,
  targets: readonly NodeOrdinal[],
  options: CollectOptions,
  source: Pick<SubgraphSource, 'kind' | 'producer'>,
): Subgraph {
  const { drawing } = walk;
  const depths = drawnDepths(drawing, targets);
  const builder = new NodeBuilder(view, walk, new Set(targets), options);
  const nodes: SubgraphNode[] = [];
  for (const [key, drawn] of drawing.nodes) {
    const depth = depths.get(key) ?? 0;
    nodes.push(builder.build(drawn, depth));
    const cut = drawing.cuts.get(key);
    if (cut !== undefined) nodes.push(moreNode(view, idOf(view, drawn), cut, depth + 1));
  }
  nodes.sort(compareNodes);
  const { nodeCount, edgeCount } = view.graph;
  const subgraph: Subgraph = {
    schema: 'showbackref/graph@1',
    command: 'backrefs',
    source: { ...source, nodeCount, edgeCount },
    targets: targets.map((node) => idOf(view, { node })),
    nodes,
    edges: sortedEdges(view, drawing, nodes),
    limits: { ...walk.limits },
    masked: 0,
  };
  return redactSubgraph(subgraph, view.redactor);
}

class NodeBuilder {
  readonly #view: HeapView;
  readonly #walk: BackrefWalk;
  readonly #targets: ReadonlySet<NodeOrdinal>;
  readonly #options: CollectOptions;
  readonly #distances: ReadonlyMap<NodeOrdinal, number>;
  /** Labels of the references drawn to a node. */
  readonly #labels: ReadonlyMap<DrawnKey, readonly string[]>;

  constructor(
    view: HeapView,
    walk: BackrefWalk,
    targets: ReadonlySet<NodeOrdinal>,
    options: CollectOptions,
  ) {
    this.#view = view;
    this.#walk = walk;
    this.#targets = targets;
    this.#options = options;
    const drawn = [...walk.drawing.nodes.values()];
    const heapNodes = drawn.flatMap((item) => ('node' in item ? [item.node] : []));
    this.#distances = view.facts.distancesOf(heapNodes);
    this.#labels = labelsByNode(walk.drawing);
  }

  build(drawn: Drawn, depth: number): SubgraphNode {
    const node =
      'frame' in drawn
        ? this.#buildFrame(drawn.frame, depth)
        : this.#buildHeapNode(drawn.node, depth);
    const edges = this.#walk.drawing.edgesFrom(drawn);
    const { id, name, location } = node;
    const isHighlighted = matchesAny(this.#options.highlight, { id, name, location, edges });
    return isHighlighted ? { ...node, highlighted: true } : node;
  }

  #buildHeapNode(node: NodeOrdinal, depth: number): SubgraphNode {
    const { graph, facts } = this.#view;
    const words = describeNode(this.#view, node);
    const isTarget = this.#targets.has(node);
    const isGroup = words.isRoot && words.type === 'root';
    const labels = this.#labels.get(keyOf({ node })) ?? [];
    const preview = previewOf(this.#view, this.#walk.holders.tables, node, labels);
    const note = words.isRoot ? '' : this.#noteOn(node);
    return {
      id: idOf(this.#view, { node }),
      type: words.type,
      name: words.name,
      label: words.label,
      preview: [preview, note].filter((part) => part !== '').join(', '),
      location: words.location,
      shallowSize: isGroup ? null : graph.selfSizeOf(node),
      retainedSize:
        this.#options.retained && !isGroup ? (facts.retainedSizes[node] as number) : null,
      distance: this.#distances.get(node) ?? null,
      depth,
      role: isTarget ? 'target' : words.isRoot ? 'root' : 'holder',
      omitted: null,
    };
  }

  /** Said of a node at which the way up ends although it is no root; it would look like one. */
  #noteOn(node: NodeOrdinal): string {
    const key = keyOf({ node });
    if (!this.#labels.has(key) && !this.#walk.drawing.cuts.has(key)) return 'no holder recorded';
    return (this.#view.rootDistances[node] as number) < 0 ? 'unreachable' : '';
  }

  #buildFrame(position: number, depth: number): SubgraphNode {
    const frame = this.#view.frames.frames[position] as Frame;
    const words = frameWords(this.#view, frame);
    return {
      id: `frame:${position}`,
      type: 'frame',
      name: words,
      label: `${words}:${frame.line}`,
      preview: '',
      location: showPlace(this.#view, frame),
      shallowSize: null,
      retainedSize: null,
      distance: null,
      depth,
      role: 'root',
      omitted: null,
    };
  }
}

function labelsByNode({ edges }: Drawing): ReadonlyMap<DrawnKey, readonly string[]> {
  const labels = new Map<DrawnKey, string[]>();
  for (const { to, holder } of edges) {
    const known = labels.get(to) ?? [];
    known.push(holder.label);
    labels.set(to, known);
  }
  return labels;
}

/** `main() app.js`, or `module app.js` for top-level code. */
function frameWords(view: HeapView, { isTopLevel, functionName, file }: Frame): string {
  const place = showFile(view, file);
  return isTopLevel ? `module ${place}` : `${functionName || '(anonymous)'}() ${place}`;
}

function moreNode(
  view: HeapView,
  id: string,
  { groups, reason }: Cut,
  depth: number,
): SubgraphNode {
  const omitted = summarize(view, groups);
  const named = omitted.classes
    .slice(0, NAMED_CLASSES)
    .map(({ name, count }) => `${count} ${name}`);
  if (omitted.classes.length > NAMED_CLASSES) named.push('…');
  const words = {
    limit: 'more',
    depth: 'beyond --depth',
    stop: 'behind --stop',
    hide: 'hidden by --hide',
  };
  return {
    id: `more:${id}`,
    type: 'more',
    name: 'more',
    label: `${omitted.count} ${words[reason]}: ${named.join(', ')}`,
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

function summarize(view: HeapView, groups: Cut['groups']): Omitted {
  const counts = new Map<string, number>();
  for (const { from } of groups) {
    const name = 'frame' in from ? 'frame' : classOf(view, from.node);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const classes = [...counts].map(([name, count]) => ({ name, count }));
  classes.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return { count: groups.length, classes };
}

/** Steps from the nearest target along drawn references, by breadth-first search. */
function drawnDepths(drawing: Drawing, targets: readonly NodeOrdinal[]): Map<DrawnKey, number> {
  const holdersOf = new Map<DrawnKey, DrawnKey[]>();
  for (const { from, to } of drawing.edges) {
    const holders = holdersOf.get(to) ?? [];
    holders.push(from);
    holdersOf.set(to, holders);
  }
  const depths = new Map(targets.map((node) => [keyOf({ node }), 0]));
  // a Map grows while it is iterated, which makes it its own queue
  for (const [key, depth] of depths) {
    for (const holder of holdersOf.get(key) ?? []) {
      if (!depths.has(holder)) depths.set(holder, depth + 1);
    }
  }
  return depths;
}

function sortedEdges(
  view: HeapView,
  drawing: Drawing,
  nodes: readonly SubgraphNode[],
): readonly SubgraphEdge[] {
  const position = new Map(nodes.map(({ id }, index) => [id, index]));
  const at = (id: string) => position.get(id) ?? 0;
  const idOfKey = (key: DrawnKey) => idOf(view, drawing.nodes.get(key) as Drawn);
  const edges: SubgraphEdge[] = drawing.edges.map(({ from, to, holder }) => {
    const { type, name, label, weak } = holder;
    return { from: idOfKey(from), to: idOfKey(to), type, name, label, weak };
  });
  for (const key of drawing.cuts.keys()) {
    const to = idOfKey(key);
    edges.push({ from: `more:${to}`, to, type: 'more', name: '', label: '', weak: false });
  }
  return edges.sort(
    (a, b) => at(a.to) - at(b.to) || at(a.from) - at(b.from) || compareText(a.label, b.label),
  );
}

function idOf(view: HeapView, drawn: Drawn): string {
  return 'frame' in drawn ? `frame:${drawn.frame}` : `@${view.graph.idOf(drawn.node)}`;
}

function compareNodes(a: SubgraphNode, b: SubgraphNode): number {
  return (
    a.depth - b.depth ||
    ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role) ||
    numberIn(a.id) - numberIn(b.id) ||
    compareText(a.id, b.id)
  );
}

function numberIn(id: string): number {
  return Number(/\d+/.exec(id)?.[0] ?? 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
