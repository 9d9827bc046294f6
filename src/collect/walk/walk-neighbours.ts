import { Held } from '../../engine/folds/held.js';
import { Holders } from '../../engine/folds/holders.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { RecentlyUsed } from '../../util/recently-used.js';
import type { CollectOptions } from './collect-options.js';
import type { Direction, End, Neighbour } from './neighbour.js';
import { matchesAny, type PatternSubject } from './patterns.js';
import { rankHeld } from './rank-held.js';
import { rankHolders } from './rank-holders.js';
import { subjectOf } from './subject-of.js';

interface Found {
  readonly shown: readonly Neighbour[];
  readonly hidden: readonly Neighbour[];
}

/** The heap as a walk in one direction sees it: ranked neighbours, hidden ones apart; the latest are kept. */
export class Neighbours {
  readonly direction: Direction;
  readonly holders: Holders;
  readonly #held: Held;
  readonly #view: HeapView;
  readonly #options: CollectOptions;
  readonly #known = new RecentlyUsed<NodeOrdinal, Found>();

  constructor(view: HeapView, options: CollectOptions, direction: Direction) {
    this.direction = direction;
    this.#view = view;
    this.#options = options;
    this.holders = new Holders(view, options);
    this.#held = new Held(view, this.holders, options);
  }

  of(node: NodeOrdinal): readonly Neighbour[] {
    return this.#found(node).shown;
  }

  /** What `--hide` took away. */
  hiddenOf(node: NodeOrdinal): readonly Neighbour[] {
    return this.#options.hide.length === 0 ? [] : this.#found(node).hidden;
  }

  #found(node: NodeOrdinal): Found {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const found = this.#withoutHidden(this.#ranked(node));
    this.#known.set(node, found, found.shown.length + found.hidden.length);
    return found;
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

  #withoutHidden(neighbours: readonly Neighbour[]): Found {
    const { hide } = this.#options;
    if (hide.length === 0) return { shown: neighbours, hidden: [] };
    const hidden: Neighbour[] = [];
    const shown: Neighbour[] = [];
    for (const neighbour of neighbours) {
      const references = neighbour.references.filter(
        (reference) => !matchesAny(hide, this.subjectOf(neighbour.end, [reference])),
      );
      if (references.length > 0) shown.push({ ...neighbour, references });
      else hidden.push(neighbour);
    }
    return { shown, hidden };
  }
}
