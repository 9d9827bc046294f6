import { isRootNode } from '../../engine/describe-node.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { CollectOptions } from '../../question/walk-options.js';
import type { NodeTest } from './chosen-ways.js';
import { type Drawing, type Drawn, firstEndOf } from './drawing.js';
import type { End, Neighbour } from './neighbour.js';
import type { Neighbours } from './walk-neighbours.js';
import { type Holding, nodeAt } from './walk-ways.js';

interface WalkParts {
  readonly targets: NodeTest;
  readonly neighbours: Neighbours;
  readonly drawing: Drawing;
}

/** The nodes at which a walk stops: roots, and those that `--stop` names. */
export class WalkEnds {
  readonly #view: HeapView;
  readonly #options: CollectOptions;
  readonly #parts: WalkParts;

  constructor(view: HeapView, options: CollectOptions, parts: WalkParts) {
    this.#view = view;
    this.#options = options;
    this.#parts = parts;
  }

  /** True for a root; nodes that are drawn as one are never roots. */
  isRoot(drawn: Drawn): boolean {
    const first = firstEndOf(drawn);
    return 'frame' in first || this.#isRootNode(first.node);
  }

  #isRootNode(node: NodeOrdinal): boolean {
    return !this.#parts.targets.has(node) && isRootNode(this.#view, node);
  }

  /** True if a path ends at a holder; null if that depends on the reference. */
  isEndAt(holding: Holding): boolean | null {
    if (holding < 0 || this.#isRootNode(nodeAt(holding))) return true;
    return this.#options.stop.length === 0 ? false : null;
  }

  isStopped(drawn: Drawn): boolean {
    const { stop } = this.#options;
    const end = firstEndOf(drawn);
    if (stop.length === 0 || this.#isTarget(end)) return false;
    const { drawing, neighbours } = this.#parts;
    return neighbours.patterns.matchesAny(stop, end, drawing.referencesOf(drawn));
  }

  isEnd({ end, references }: Neighbour): boolean {
    if (this.isRoot(end)) return true;
    const { stop } = this.#options;
    if (stop.length === 0 || this.#isTarget(end)) return false;
    return this.#parts.neighbours.patterns.matchesAny(stop, end, references);
  }

  /** The marks that keep a neighbour apart from others of its class. */
  marksOf({ end, references }: Neighbour): string {
    const { stop, highlight } = this.#options;
    const { patterns } = this.#parts.neighbours;
    const isStop = patterns.matchesAny(stop, end, references);
    return `${isStop} ${patterns.matchesAny(highlight, end, references)}`;
  }

  #isTarget(end: End): boolean {
    return 'node' in end && this.#parts.targets.has(end.node);
  }
}
