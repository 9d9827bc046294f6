import { isRootNode } from '../../engine/describe-node.js';
import type { HeapView } from '../../engine/heap-view.js';
import { Holders } from '../../engine/references/holders.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';

/** Objects whose holders are looked up for one picture, beside two for each that is drawn. */
const MOST_LOOKUPS = 30_000;
/** Steps of all searches of one picture for each of those. */
const STEPS_OF_LOOKUP = 10;
/** The limit of references to a holder: with more, it is shared too widely to be one object's own. */
const MOST_RETAINERS = 500;
/** The limit of dominators passed on the way to the requested one. */
const MOST_DOMINATORS = 100_000;

/** Says whether a holder of an object lives only through that object. */
type Verdict = 'own' | 'independent' | 'unknown';

export interface OwnOptions {
  readonly mayAskDominators: boolean;
  /** How many are asked about, which is what may be done is measured by. */
  readonly objects: number;
}

/**
 * Finds references that cannot be why an object lives: those of holders that every path from a root
 * reaches through the object itself. Searches upward from such a holder around the object, within
 * limits; beyond these the verdict is unknown, unless the dominators of the heap may be used.
 */
export class OwnReferences {
  readonly #view: HeapView;
  readonly #holders: Holders;
  readonly #mayAskDominators: boolean;
  readonly #mostLookups: number;
  /** Strong holders by object; null for what lives by itself. */
  readonly #above = new Map<NodeOrdinal, readonly NodeOrdinal[] | null>();
  #steps = 0;
  /** The object of the last question, and what is known about others around it. */
  #held: NodeOrdinal | null = null;
  readonly #verdicts = new Map<NodeOrdinal, boolean>();

  constructor(view: HeapView, { mayAskDominators, objects }: OwnOptions) {
    this.#view = view;
    this.#holders = new Holders(view, { weak: false, internals: false });
    this.#mayAskDominators = mayAskDominators;
    this.#mostLookups = MOST_LOOKUPS + 2 * objects;
  }

  /** True if every path from a root to `holder` leads through `held`. */
  isOwn(held: NodeOrdinal, holder: NodeOrdinal): boolean {
    const { rootDistances } = this.#view;
    // for an unreachable object no reference is a reason, and none is more of one than another
    if (rootDistances.of(held) < 0 || rootDistances.of(holder) < 0) return false;
    if (held === holder) return true;
    const verdict = this.#search(held, holder);
    if (verdict !== 'unknown') return verdict === 'own';
    return this.#mayAskDominators && this.#dominates(held, holder);
  }

  #search(held: NodeOrdinal, holder: NodeOrdinal): Verdict {
    if (this.#held !== held) this.#verdicts.clear();
    this.#held = held;
    const known = this.#verdicts.get(holder);
    if (known !== undefined) return known ? 'own' : 'independent';
    const reachedFrom = new Map<NodeOrdinal, NodeOrdinal | null>([[holder, null]]);
    const stack = [holder];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (this.#isExhausted()) return 'unknown';
      const above = this.#isAround(node, held) ? null : this.#holdersOf(node);
      if (above === null) {
        this.#noteIndependent(node, reachedFrom);
        return 'independent';
      }
      for (const next of above) {
        if (next === held || reachedFrom.has(next) || this.#verdicts.get(next) === true) continue;
        reachedFrom.set(next, node);
        stack.push(next);
      }
    }
    for (const node of reachedFrom.keys()) this.#verdicts.set(node, true);
    return 'own';
  }

  #isExhausted(): boolean {
    this.#steps += 1;
    return (
      this.#steps > STEPS_OF_LOOKUP * this.#mostLookups || this.#above.size > this.#mostLookups
    );
  }

  /** A way to what is as near to a root as the object itself cannot lead through that. */
  #isAround(node: NodeOrdinal, held: NodeOrdinal): boolean {
    const { rootDistances } = this.#view;
    return this.#verdicts.get(node) === false || rootDistances.of(node) <= rootDistances.of(held);
  }

  #noteIndependent(
    last: NodeOrdinal,
    reachedFrom: ReadonlyMap<NodeOrdinal, NodeOrdinal | null>,
  ): void {
    for (let at: NodeOrdinal | null = last; at !== null; at = reachedFrom.get(at) ?? null) {
      this.#verdicts.set(at, false);
    }
  }

  /** The holders, the farthest from a root first: a search takes the last one. */
  #holdersOf(node: NodeOrdinal): readonly NodeOrdinal[] | null {
    const known = this.#above.get(node);
    if (known !== undefined) return known;
    const found = this.#findHolders(node);
    this.#above.set(node, found);
    return found;
  }

  #findHolders(node: NodeOrdinal): readonly NodeOrdinal[] | null {
    const { graph, rootDistances } = this.#view;
    if (isRootNode(this.#view, node)) return null;
    if (graph.retainersOf(node).length > MOST_RETAINERS) return null;
    const found = new Set<NodeOrdinal>();
    for (const { from, weak } of this.#holders.of(node)) {
      if (weak) continue;
      if ('frame' in from) return null;
      if (rootDistances.of(from.node) >= 0) found.add(from.node);
    }
    return [...found].sort((a, b) => rootDistances.of(b) - rootDistances.of(a));
  }

  #dominates(held: NodeOrdinal, holder: NodeOrdinal): boolean {
    const { dominators } = this.#view.facts;
    let at = holder;
    for (let steps = 0; steps < MOST_DOMINATORS; steps++) {
      const above = dominators.of(at);
      if (above === held) return true;
      if (above === at) return false;
      at = above;
    }
    return false;
  }
}
