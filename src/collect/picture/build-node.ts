import { describeFrame, describeNode } from '../../engine/describe-node.js';
import type { Frame } from '../../engine/frames.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { Meaning, NodeState } from '../../engine/meaning.js';
import { UNREACHABLE } from '../../graph/breadth-first.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { CollectOptions } from '../../question/walk-options.js';
import { nodeLabel, nodeName, stateWords } from '../../words/node-labels.js';
import {
  type Drawing,
  type Drawn,
  type DrawnKey,
  endsOf,
  idOf,
  keyOf,
  nodesOf,
} from '../walk/drawing.js';
import type { Walked } from '../walk/walked.js';
import { codeSourceOf } from './code-source.js';
import { previewOf } from './previews.js';
import type { Subgraph, SubgraphNode, SubgraphSource } from './subgraph.js';

/** The number of objects listed of those drawn as one node. */
const NAMED_MEMBERS = 20;
/**
 * The number of objects whose previews are compared: a group shows a preview only if it is the same
 * for all.
 */
const MOST_PREVIEWS = 1000;

type State = { readonly state?: NodeState; readonly unreachable?: number };

export interface PictureQuestion {
  readonly command: Subgraph['command'];
  readonly options: CollectOptions;
  readonly source: Pick<SubgraphSource, 'kind' | 'producer'>;
}

/** Describes a position of the walk in words: one node of the answer. */
export class NodeBuilder {
  readonly #view: HeapView;
  readonly #walk: Walked;
  readonly #question: PictureQuestion;
  readonly #targets: ReadonlySet<DrawnKey>;
  /** Nodes beyond which something is drawn or counted. */
  readonly #continued: Set<DrawnKey>;
  /** The meanings of the references drawn to a node. */
  readonly #meanings: ReadonlyMap<DrawnKey, readonly Meaning[]>;

  constructor(view: HeapView, walk: Walked, question: PictureQuestion) {
    this.#view = view;
    this.#walk = walk;
    this.#question = question;
    this.#targets = new Set(walk.targets.map(keyOf));
    const { edges, cuts, gaps } = walk.drawing;
    const ends = edges.map(({ from, to }) => (question.command === 'refs' ? from : to));
    this.#continued = new Set(ends);
    for (const key of cuts.keys()) this.#continued.add(key);
    for (const key of gaps.keys()) this.#continued.add(key);
    this.#meanings = meaningsByNode(walk.drawing);
  }

  build(drawn: Drawn, depth: number): SubgraphNode {
    const node =
      'frame' in drawn ? this.#buildFrame(drawn.frame, depth) : this.#buildHeapNode(drawn, depth);
    const { highlight } = this.#question.options;
    if (highlight.length === 0) return node;
    const references = this.#walk.drawing.referencesOf(drawn);
    const { patterns } = this.#walk.neighbours;
    const isHighlighted = endsOf(drawn).some((end) =>
      patterns.matchesAny(highlight, end, references),
    );
    return isHighlighted ? { ...node, highlighted: true } : node;
  }

  #buildHeapNode(drawn: Exclude<Drawn, { frame: number }>, depth: number): SubgraphNode {
    const { graph } = this.#view;
    const nodes = nodesOf(drawn);
    const [first] = nodes as [NodeOrdinal];
    const known = describeNode(this.#view, first);
    const isTarget = this.#targets.has(keyOf(drawn));
    const isGroup = known.isRoot && known.type === 'root';
    const content = this.#previewOf(nodes, this.#meanings.get(keyOf(drawn)) ?? []);
    const state = known.isRoot ? {} : this.#stateOf(drawn);
    const sizes = nodes.map((node) => graph.selfSizeOf(node));
    const { retained } = this.#question.options;
    const isDominator = nodes.length === 1 && this.#walk.dominators.has(first);
    this.#view.shown.set(graph.idOf(first), first);
    const id = idOf(this.#view, drawn);
    return {
      id,
      type: known.type,
      name: nodeName(known.is),
      label: nodeLabel(known.is, id, nodes.length),
      preview: previewWords(content, state),
      location: known.location,
      shallowSize: isGroup ? null : sizes.reduce((sum, size) => sum + size, 0),
      retainedSize: (retained || isDominator) && !isGroup ? this.#retainedBy(nodes) : null,
      distance: this.#distanceOf(nodes),
      depth,
      role: isTarget ? 'target' : known.isRoot ? 'root' : 'holder',
      omitted: null,
      is: known.is,
      ...state,
      ...(known.isRoot ? {} : codeSourceOf(this.#view, first)),
      ...this.#membersOf(nodes),
      ...(isDominator ? { dominator: true } : {}),
    };
  }

  /** The preview of the objects if it is the same for all of them. */
  #previewOf(nodes: readonly NodeOrdinal[], references: readonly Meaning[]): string {
    if (nodes.length > MOST_PREVIEWS) return '';
    const { tables } = this.#walk.neighbours.holders;
    const [first = '', ...others] = nodes.map((node) =>
      previewOf(this.#view, tables, node, references),
    );
    return others.every((preview) => preview === first) ? first : '';
  }

  /**
   * The state of a node at which the walk ends although it is not a root: without it, the node
   * would look like one.
   */
  #stateOf(drawn: Drawn): State {
    const { command } = this.#question;
    const isContinued = this.#continued.has(keyOf(drawn));
    if (command === 'refs') {
      const isEmpty = !isContinued && this.#targets.has(keyOf(drawn));
      return isEmpty ? { state: 'holds-nothing' } : {};
    }
    if (!isContinued) {
      const isAnswer = command === 'chain' || this.#view.isCut === true;
      const isTarget = this.#targets.has(keyOf(drawn));
      if (isTarget && nodesOf(drawn).every((node) => isOnlyHeldWeakly(this.#view, node))) {
        return { state: 'only-weak' };
      }
      return { state: isAnswer ? 'no-path' : 'no-holder' };
    }
    const { rootDistances } = this.#view;
    const nodes = nodesOf(drawn);
    const lost = nodes.filter((node) => rootDistances.of(node) < 0).length;
    if (lost === 0) return {};
    if (lost === nodes.length) return { state: 'unreachable' };
    return { state: 'partly-unreachable', unreachable: lost };
  }

  /** The retained size of the objects, with nothing counted twice. */
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
    const { type, is, location } = describeFrame(this.#view, frame);
    const id = `frame:${position}`;
    return {
      id,
      type,
      name: nodeName(is),
      label: nodeLabel(is, id),
      preview: '',
      location,
      shallowSize: null,
      retainedSize: null,
      distance: null,
      depth,
      role: 'root',
      omitted: null,
      is,
    };
  }
}

/** True if living objects refer to an object only weakly, so that nothing keeps it. */
function isOnlyHeldWeakly({ graph, rootDistances }: HeapView, node: NodeOrdinal): boolean {
  if (rootDistances.of(node) >= 0) return false;
  return graph.retainersOf(node).some((edge) => {
    return graph.isWeak(edge) && rootDistances.of(graph.ownerOf(edge)) >= 0;
  });
}

function previewWords(content: string, { state, unreachable = 0 }: State): string {
  const words = state === undefined ? '' : stateWords(state, unreachable);
  return [content, words].filter((part) => part !== '').join(', ');
}

function meaningsByNode({ edges }: Drawing): ReadonlyMap<DrawnKey, readonly Meaning[]> {
  const meanings = new Map<DrawnKey, Meaning[]>();
  for (const { to, reference } of edges) {
    const known = meanings.get(to) ?? [];
    known.push(reference.meaning);
    meanings.set(to, known);
  }
  return meanings;
}
