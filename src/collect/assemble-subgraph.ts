import { UNREACHABLE } from '../graph/breadth-first.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import type { CollectOptions } from './collect-options.js';
import { classOf, describeNode, type NodeWords } from './describe-node.js';
import { type Cut, type Drawing, type Drawn, type DrawnKey, keyOf, nodesOf } from './drawing.js';
import type { Frame } from './frames.js';
import type { HeapView } from './heap-view.js';
import { findHoldingPatterns } from './holding-patterns.js';
import { endKey } from './neighbour.js';
import { matchesAny } from './patterns.js';
import { previewOf } from './previews.js';
import { redactSubgraph } from './redact-subgraph.js';
import { frameWords, showPlace } from './show-place.js';
import type {
  NodeRole,
  Omitted,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
  SubgraphSource,
} from './subgraph.js';
import type { ObjectWalk } from './walk-objects.js';

const ROLE_ORDER: readonly NodeRole[] = ['target', 'holder', 'root', 'more'];
/** Classes named in the words of a cut; the rest is summed up by the count before them. */
const NAMED_CLASSES = 3;
/** Objects named of those that are drawn as one node. */
const NAMED_MEMBERS = 20;
/** Objects that are drawn as one node show what is in them if all show the same; more are not asked. */
const MOST_PREVIEWS = 1000;

export interface Question {
  readonly command: Subgraph['command'];
  readonly options: CollectOptions;
  readonly source: Pick<SubgraphSource, 'kind' | 'producer'>;
}

/** Turns a finished walk into the plain, sorted answer. */
export function assembleSubgraph(view: HeapView, walk: ObjectWalk, question: Question): Subgraph {
  const { drawing, targets } = walk;
  const { command, source } = question;
  const isDown = command === 'refs';
  const depths = drawnDepths(drawing, targets, isDown);
  const builder = new NodeBuilder(view, walk, question);
  const nodes: SubgraphNode[] = [];
  for (const [key, drawn] of drawing.nodes) {
    const depth = depths.get(key) ?? 0;
    nodes.push(builder.build(drawn, depth));
    const cut = drawing.cuts.get(key);
    if (cut !== undefined) nodes.push(moreNode(view, idOf(view, drawn), cut, depth + 1));
  }
  nodes.sort(compareNodes);
  const { nodeCount, edgeCount } = view.graph;
  const patterns = isDown ? [] : findHoldingPatterns(view, walk);
  const subgraph: Subgraph = {
    schema: 'showbackref/graph@1',
    command,
    source: { ...source, nodeCount, edgeCount },
    targets: targets.map((target) => idOf(view, target)),
    nodes,
    edges: sortedEdges(view, drawing, nodes, isDown),
    limits: { ...walk.limits },
    masked: 0,
    ...(patterns.length === 0 ? {} : { patterns }),
  };
  return redactSubgraph(subgraph, view.redactor);
}

class NodeBuilder {
  readonly #view: HeapView;
  readonly #walk: ObjectWalk;
  readonly #question: Question;
  readonly #targets: ReadonlySet<DrawnKey>;
  /** Nodes beyond which something is drawn, or counted. */
  readonly #continued: ReadonlySet<DrawnKey>;
  /** Labels of the references drawn to a node. */
  readonly #labels: ReadonlyMap<DrawnKey, readonly string[]>;

  constructor(view: HeapView, walk: ObjectWalk, question: Question) {
    this.#view = view;
    this.#walk = walk;
    this.#question = question;
    this.#targets = new Set(walk.targets.map(keyOf));
    const { edges, cuts } = walk.drawing;
    const ends = edges.map(({ from, to }) => (question.command === 'refs' ? from : to));
    this.#continued = new Set([...ends, ...cuts.keys()]);
    this.#labels = labelsByNode(walk.drawing);
  }

  build(drawn: Drawn, depth: number): SubgraphNode {
    const node =
      'frame' in drawn ? this.#buildFrame(drawn.frame, depth) : this.#buildHeapNode(drawn, depth);
    const edges = this.#walk.drawing.referencesOf(drawn);
    const { id, name, location } = node;
    const { highlight } = this.#question.options;
    const isHighlighted = matchesAny(highlight, { id, name, location, edges });
    return isHighlighted ? { ...node, highlighted: true } : node;
  }

  #buildHeapNode(drawn: Exclude<Drawn, { frame: number }>, depth: number): SubgraphNode {
    const { graph } = this.#view;
    const nodes = nodesOf(drawn);
    const words = describeNode(this.#view, nodes[0] as NodeOrdinal);
    const isTarget = this.#targets.has(keyOf(drawn));
    const isGroup = words.isRoot && words.type === 'root';
    const labels = this.#labels.get(keyOf(drawn)) ?? [];
    const parts = [this.#previewOf(nodes, labels), words.isRoot ? '' : this.#noteOn(drawn)];
    const sizes = nodes.map((node) => graph.selfSizeOf(node));
    const { retained } = this.#question.options;
    return {
      id: idOf(this.#view, drawn),
      type: words.type,
      name: words.name,
      label: labelOf(words, nodes.length),
      preview: parts.filter((part) => part !== '').join(', '),
      location: words.location,
      shallowSize: isGroup ? null : sizes.reduce((sum, size) => sum + size, 0),
      retainedSize: retained && !isGroup ? this.#retainedBy(nodes) : null,
      distance: this.#distanceOf(nodes),
      depth,
      role: isTarget ? 'target' : words.isRoot ? 'root' : 'holder',
      omitted: null,
      ...this.#membersOf(nodes),
      ...this.#dominanceOf(nodes),
    };
  }

  /** What is in the objects, where it is the same in all of them. */
  #previewOf(nodes: readonly NodeOrdinal[], labels: readonly string[]): string {
    if (nodes.length > MOST_PREVIEWS) return '';
    const { tables } = this.#walk.neighbours.holders;
    const [first = '', ...others] = nodes.map((node) =>
      previewOf(this.#view, tables, node, labels),
    );
    return others.every((preview) => preview === first) ? first : '';
  }

  /** Said of a node at which the walk ends although it is no root; it would look like one. */
  #noteOn(drawn: Drawn): string {
    const { command } = this.#question;
    const isContinued = this.#continued.has(keyOf(drawn));
    if (command === 'refs') {
      return !isContinued && this.#targets.has(keyOf(drawn)) ? 'holds nothing' : '';
    }
    if (!isContinued) {
      const isAnswer = command === 'chain' || this.#view.isCut === true;
      return isAnswer ? 'not reachable' : 'no holder recorded';
    }
    const { rootDistances } = this.#view;
    const nodes = nodesOf(drawn);
    const lost = nodes.filter((node) => rootDistances.of(node) < 0).length;
    if (lost === 0) return '';
    return lost === nodes.length ? 'unreachable' : `${lost} unreachable`;
  }

  /** What the objects retain, none of it counted twice. */
  #retainedBy(nodes: readonly NodeOrdinal[]): number {
    const { retainedSizes, dominators } = this.#view.facts;
    const members = new Set(nodes);
    const isWithinAnother = (node: NodeOrdinal) => {
      for (let at = node; dominators[at] !== at; ) {
        at = dominators[at] as NodeOrdinal;
        if (members.has(at)) return true;
      }
      return false;
    };
    const outer = nodes.length === 1 ? nodes : nodes.filter((node) => !isWithinAnother(node));
    return outer.reduce((sum, node) => sum + (retainedSizes[node] as number), 0);
  }

  #distanceOf(nodes: readonly NodeOrdinal[]): number | null {
    const { distances } = this.#view.facts;
    let least = Infinity;
    for (const node of nodes) {
      const distance = distances.of(node);
      if (distance !== UNREACHABLE) least = Math.min(least, distance);
    }
    return least === Infinity ? null : least;
  }

  #membersOf(nodes: readonly NodeOrdinal[]): Pick<SubgraphNode, 'count' | 'members'> {
    if (nodes.length === 1) return {};
    const members = nodes.slice(0, NAMED_MEMBERS).map((node) => idOf(this.#view, { node }));
    return { count: nodes.length, members };
  }

  #dominanceOf([node, other]: readonly NodeOrdinal[]): Pick<SubgraphNode, 'dominator' | 'frees'> {
    const isOne = node !== undefined && other === undefined;
    if (!isOne || !this.#walk.dominators.has(node)) return {};
    return { dominator: true, frees: this.#view.facts.retainedSizes[node] as number };
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

/** `Session @5`, or `Session x 1,204` for so many of them. */
function labelOf({ name, label }: NodeWords, count: number): string {
  if (count === 1) return label;
  const words = label.replace(/ @\d+$/, '') || name;
  return `${words} x ${count.toLocaleString('en-US')}`;
}

function labelsByNode({ edges }: Drawing): ReadonlyMap<DrawnKey, readonly string[]> {
  const labels = new Map<DrawnKey, string[]>();
  for (const { to, reference } of edges) {
    const known = labels.get(to) ?? [];
    known.push(reference.label);
    labels.set(to, known);
  }
  return labels;
}

function moreNode(
  view: HeapView,
  id: string,
  { neighbours, reason }: Cut,
  depth: number,
): SubgraphNode {
  const omitted = summarize(view, neighbours);
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

/** Steps from the nearest target along drawn references, by breadth-first search. */
function drawnDepths(
  drawing: Drawing,
  targets: readonly Drawn[],
  isDown: boolean,
): Map<DrawnKey, number> {
  const beyond = new Map<DrawnKey, DrawnKey[]>();
  for (const { from, to } of drawing.edges) {
    const [near, far] = isDown ? [from, to] : [to, from];
    const list = beyond.get(near) ?? [];
    list.push(far);
    beyond.set(near, list);
  }
  const depths = new Map(targets.map((target) => [keyOf(target), 0]));
  // a Map grows while it is iterated, which makes it its own queue
  for (const [key, depth] of depths) {
    for (const next of beyond.get(key) ?? []) {
      if (!depths.has(next)) depths.set(next, depth + 1);
    }
  }
  return depths;
}

function sortedEdges(
  view: HeapView,
  drawing: Drawing,
  nodes: readonly SubgraphNode[],
  isDown: boolean,
): readonly SubgraphEdge[] {
  const position = new Map(nodes.map(({ id }, index) => [id, index]));
  const near = ({ from, to }: SubgraphEdge) => position.get(isDown ? from : to) ?? 0;
  const far = ({ from, to }: SubgraphEdge) => position.get(isDown ? to : from) ?? 0;
  const idOfKey = (key: DrawnKey) => idOf(view, drawing.nodes.get(key) as Drawn);
  const edges: SubgraphEdge[] = drawing.edges.map(({ from, to, reference, label, count }) => {
    const { type, name, weak } = reference;
    const counted = count === 1 ? {} : { count };
    return { from: idOfKey(from), to: idOfKey(to), type, name, label, weak, ...counted };
  });
  for (const key of drawing.cuts.keys()) {
    const [node, more] = [idOfKey(key), `more:${idOfKey(key)}`];
    const ends = isDown ? { from: node, to: more } : { from: more, to: node };
    edges.push({ ...ends, type: 'more', name: '', label: '', weak: false });
  }
  return edges.sort(
    (a, b) =>
      near(a) - near(b) ||
      (b.count ?? 1) - (a.count ?? 1) ||
      far(a) - far(b) ||
      compareText(a.label, b.label),
  );
}

function idOf(view: HeapView, drawn: Drawn): string {
  if ('frame' in drawn) return `frame:${drawn.frame}`;
  const id = `@${view.graph.idOf(nodesOf(drawn)[0] as NodeOrdinal)}`;
  return 'alike' in drawn ? `many:${id}` : id;
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
