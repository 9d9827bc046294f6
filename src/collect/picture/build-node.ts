import { describeNode, type NodeWords } from '../../engine/describe-node.js';
import type { Frame } from '../../engine/frames.js';
import type { HeapView } from '../../engine/heap-view.js';
import { frameWords, showPlace } from '../../engine/show-place.js';
import { UNREACHABLE } from '../../graph/breadth-first.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType } from '../../graph/types.js';
import { formatCount } from '../../util/format-count.js';
import type { CollectOptions } from '../walk/collect-options.js';
import { type Drawing, type Drawn, type DrawnKey, idOf, keyOf, nodesOf } from '../walk/drawing.js';
import { matchesAny } from '../walk/patterns.js';
import type { ObjectWalk } from '../walk/walk-objects.js';
import { previewOf } from './previews.js';
import type { Subgraph, SubgraphNode, SubgraphSource } from './subgraph.js';

/** Said of a target that some reference leads to, but none that keeps it. */
export const ONLY_WEAK = 'only held weakly';

/** Objects named of those that are drawn as one node. */
const NAMED_MEMBERS = 20;
/** Objects that are drawn as one node show what is in them if all show the same; more are not asked. */
const MOST_PREVIEWS = 1000;

export interface Question {
  readonly command: Subgraph['command'];
  readonly options: CollectOptions;
  readonly source: Pick<SubgraphSource, 'kind' | 'producer'>;
}

/** Puts what a walk has found at a place into words: one node of the answer. */
export class NodeBuilder {
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
    const [first] = nodes as [NodeOrdinal];
    const words = describeNode(this.#view, first);
    const isTarget = this.#targets.has(keyOf(drawn));
    const isGroup = words.isRoot && words.type === 'root';
    const labels = this.#labels.get(keyOf(drawn)) ?? [];
    const parts = [this.#previewOf(nodes, labels), words.isRoot ? '' : this.#noteOn(drawn)];
    const sizes = nodes.map((node) => graph.selfSizeOf(node));
    const { retained } = this.#question.options;
    const isDominator = nodes.length === 1 && this.#walk.dominators.has(first);
    this.#view.shown.set(graph.idOf(first), first);
    return {
      id: idOf(this.#view, drawn),
      type: words.type,
      name: words.name,
      label: labelOf(words, nodes.length),
      preview: parts.filter((part) => part !== '').join(', '),
      location: words.location,
      shallowSize: isGroup ? null : sizes.reduce((sum, size) => sum + size, 0),
      retainedSize: (retained || isDominator) && !isGroup ? this.#retainedBy(nodes) : null,
      distance: this.#distanceOf(nodes),
      depth,
      role: isTarget ? 'target' : words.isRoot ? 'root' : 'holder',
      omitted: null,
      ...this.#membersOf(nodes),
      ...(isDominator ? { dominator: true } : {}),
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
      const isTarget = this.#targets.has(keyOf(drawn));
      if (isTarget && nodesOf(drawn).every((node) => isOnlyHeldWeakly(this.#view, node)))
        return ONLY_WEAK;
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
      for (let at = node; dominators.of(at) !== at; ) {
        at = dominators.of(at);
        if (members.has(at)) return true;
      }
      return false;
    };
    const outer = nodes.length === 1 ? nodes : nodes.filter((node) => !isWithinAnother(node));
    return outer.reduce((sum, node) => sum + retainedSizes.of(node), 0);
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

/** Whether something alive refers to an object, and nothing keeps it. */
function isOnlyHeldWeakly({ graph, rootDistances }: HeapView, node: NodeOrdinal): boolean {
  if (rootDistances.of(node) >= 0) return false;
  return graph.retainersOf(node).some((e) => {
    const edge = e as EdgeOrdinal;
    return graph.edgeTypeOf(edge) === EdgeType.weak && rootDistances.of(graph.ownerOf(edge)) >= 0;
  });
}

/** `Session @5`, or `Session x 1,204` for so many of them. */
function labelOf({ name, label }: NodeWords, count: number): string {
  if (count === 1) return label;
  const words = label.replace(/ @\d+$/, '') || name;
  return `${words} x ${formatCount(count)}`;
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
