import type { HeapView } from '../../engine/heap-view.js';
import { Held, type HeldObject } from '../../engine/references/held.js';
import { Holders } from '../../engine/references/holders.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { CollectOptions } from '../../question/walk-options.js';
import type { Direction, Neighbour } from './neighbour.js';
import { PatternMatcher } from './pattern-matcher.js';
import { rankHeld } from './rank-held.js';
import { rankHolders } from './rank-holders.js';
import { RecentlyUsed } from './recently-used.js';

interface Found {
  readonly shown: readonly Neighbour[];
  readonly hidden: readonly Neighbour[];
}

const NONE: readonly Neighbour[] = [];

/**
 * The heap as seen by a walk in one direction: ranked neighbours, with hidden ones separate; the
 * latest are cached.
 */
export class Neighbours {
  readonly direction: Direction;
  readonly holders: Holders;
  readonly patterns: PatternMatcher;
  readonly #held: Held;
  readonly #view: HeapView;
  readonly #options: CollectOptions;
  #hasHidden = false;
  readonly #known = new RecentlyUsed<NodeOrdinal, Found>();

  constructor(view: HeapView, options: CollectOptions, direction: Direction) {
    this.direction = direction;
    this.#view = view;
    this.#options = options;
    this.holders = new Holders(view, options);
    this.patterns = new PatternMatcher(view);
    this.#held = new Held(view, this.holders, options);
  }

  of(node: NodeOrdinal): readonly Neighbour[] {
    return this.#found(node).shown;
  }

  /** True if `--hide` removed anything that was looked at. */
  get hasHidden(): boolean {
    return this.#hasHidden;
  }

  /** The neighbours that `--hide` removed. */
  hiddenOf(node: NodeOrdinal): readonly Neighbour[] {
    return this.#options.hide.length === 0 ? NONE : this.#found(node).hidden;
  }

  #found(node: NodeOrdinal): Found {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const found = this.#withoutHidden(this.#ranked(node));
    this.#known.set(node, found, found.shown.length + found.hidden.length);
    return found;
  }

  #ranked(node: NodeOrdinal): readonly Neighbour[] {
    const { internals, retained } = this.#options;
    if (this.direction === 'down') {
      return rankHeld(this.#view, this.#heldBy(node), { all: internals, retained });
    }
    return rankHolders(this.#view, node, this.holders.of(node), { all: internals });
  }

  /**
   * The held objects that are not folded; all of them for a folded node such as a list of
   * listeners, which was asked for.
   */
  #heldBy(node: NodeOrdinal): readonly HeldObject[] {
    const { internals } = this.#options;
    if (internals) return this.#held.of(node);
    const isFolded = this.holders.isPart(node);
    const holders = isFolded ? this.holders.asking(node) : this.holders;
    const held = isFolded ? new Held(this.#view, holders, this.#options) : this.#held;
    return held.of(node).filter((object) => !holders.isPart(object.node));
  }

  #withoutHidden(neighbours: readonly Neighbour[]): Found {
    const { hide } = this.#options;
    if (hide.length === 0) return { shown: neighbours, hidden: NONE };
    const hidden: Neighbour[] = [];
    const shown: Neighbour[] = [];
    for (const neighbour of neighbours) {
      const references = neighbour.references.filter(
        (reference) => !this.patterns.matchesAny(hide, neighbour.end, [reference]),
      );
      if (references.length < neighbour.references.length) this.#hasHidden = true;
      if (references.length > 0) shown.push({ ...neighbour, references });
      else hidden.push(neighbour);
    }
    return { shown, hidden };
  }
}
