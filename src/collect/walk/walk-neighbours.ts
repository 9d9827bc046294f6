import { Held } from '../../engine/folds/held.js';
import { Holders } from '../../engine/folds/holders.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { CollectOptions } from './collect-options.js';
import type { Direction, End, Neighbour } from './neighbour.js';
import { matchesAny, type PatternSubject } from './patterns.js';
import { rankHeld } from './rank-held.js';
import { rankHolders } from './rank-holders.js';
import { subjectOf } from './subject-of.js';

/** A walk may pass a million objects: of more the neighbours are found anew when they are asked for. */
const MOST_KEPT = 5_000;
/** One object alone may have a million neighbours. */
const MOST_NEIGHBOURS_KEPT = 50_000;

/** The heap as a walk in one direction sees it: ranked neighbours, hidden ones apart; the latest are kept. */
export class Neighbours {
  readonly direction: Direction;
  readonly holders: Holders;
  readonly #held: Held;
  readonly #view: HeapView;
  readonly #options: CollectOptions;
  readonly #shown = new Map<NodeOrdinal, readonly Neighbour[]>();
  readonly #hidden = new Map<NodeOrdinal, readonly Neighbour[]>();
  #kept = 0;

  constructor(view: HeapView, options: CollectOptions, direction: Direction) {
    this.direction = direction;
    this.#view = view;
    this.#options = options;
    this.holders = new Holders(view, options);
    this.#held = new Held(view, this.holders, options);
  }

  of(node: NodeOrdinal): readonly Neighbour[] {
    const known = this.#shown.get(node);
    if (known !== undefined) return known;
    const shown = this.#withoutHidden(node, this.#ranked(node));
    this.#keep(node, shown);
    return shown;
  }

  #keep(node: NodeOrdinal, shown: readonly Neighbour[]): void {
    this.#shown.set(node, shown);
    this.#kept += shown.length;
    // a Map is in the order of its entries: the first one is the oldest
    for (const [oldest, neighbours] of this.#shown) {
      if (this.#shown.size <= MOST_KEPT && this.#kept <= MOST_NEIGHBOURS_KEPT) return;
      if (oldest === node) return;
      this.#shown.delete(oldest);
      this.#hidden.delete(oldest);
      this.#kept -= neighbours.length;
    }
  }

  /** What `--hide` took away. */
  hiddenOf(node: NodeOrdinal): readonly Neighbour[] {
    this.of(node);
    return this.#hidden.get(node) ?? [];
  }

  /** What a pattern looks at; `references` are those by which the end is drawn. */
  subjectOf(end: End, references: PatternSubject['edges']): PatternSubject {
    return subjectOf(this.#view, end, references);
  }

  #ranked(node: NodeOrdinal): readonly Neighbour[] {
    const { internals, retained } = this.#options;
    if (this.direction === 'down') {
      const held = this.#held.of(node);
      const whole = internals ? held : held.filter((object) => !this.holders.isPart(object.node));
      return rankHeld(this.#view, whole, { all: internals, retained });
    }
    return rankHolders(this.#view, node, this.holders.of(node), { all: internals });
  }

  #withoutHidden(node: NodeOrdinal, neighbours: readonly Neighbour[]): readonly Neighbour[] {
    const { hide } = this.#options;
    if (hide.length === 0) return neighbours;
    const hidden: Neighbour[] = [];
    const shown: Neighbour[] = [];
    for (const neighbour of neighbours) {
      const references = neighbour.references.filter(
        (reference) => !matchesAny(hide, this.subjectOf(neighbour.end, [reference])),
      );
      if (references.length > 0) shown.push({ ...neighbour, references });
      else hidden.push(neighbour);
    }
    this.#hidden.set(node, hidden);
    return shown;
  }
}
