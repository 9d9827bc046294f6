import type { Meaning } from '../../engine/meaning.js';
import type { Holder } from '../../engine/references/holder.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { labelOf } from '../../words/labels.js';
import { shapeOf } from '../../words/shapes.js';
import type { Drawn } from './drawing.js';
import type { Neighbour } from './neighbour.js';

export type Rank = Omit<Neighbour, 'end' | 'references'>;

/** A neighbour to be drawn as one node, with all references between it and the other node. */
export interface Unit {
  readonly drawn: Drawn;
  readonly links: readonly Neighbour[];
  /** The number of objects of the other node that it is a neighbour of. */
  readonly covers: number;
  /** The best value of its links for each criterion. */
  readonly rank: Rank;
}

/**
 * The number of links that are kept individually; a node that stands for a million objects may have
 * as many.
 */
const MOST_LINKS = 1000;
/** The number of labels of further references that are kept apart. */
const MOST_LABELS = 100;

/** Similar references, counted at the first of them. */
interface Counted {
  readonly reference: Holder;
  meaning: Meaning;
  /** The number of references after the first. */
  more: number;
}

/** All references between a drawn node and one neighbour of it, in the order they are found. */
export class UnitLinks {
  readonly #drawn: Drawn;
  readonly #keepsAll: boolean;
  readonly #links: Neighbour[] = [];
  /** References of further links, grouped by the first similar one. */
  readonly #further = new Map<string, Counted>();
  #last: Neighbour | null = null;
  #rank: { -readonly [key in keyof Rank]: Rank[key] } | null = null;
  #covers = 0;
  #member: NodeOrdinal | null = null;

  /** With `keepsAll` each link will be needed again, by its references. */
  constructor(drawn: Drawn, { keepsAll }: { readonly keepsAll: boolean }) {
    this.#drawn = drawn;
    this.#keepsAll = keepsAll;
  }

  add(neighbour: Neighbour, member: NodeOrdinal): void {
    if (this.#member !== member) this.#covers += 1;
    this.#member = member;
    this.#improve(neighbour);
    if (this.#keepsAll || this.#links.length < MOST_LINKS) {
      this.#links.push(neighbour);
      return;
    }
    for (const reference of neighbour.references) this.#count(reference);
    this.#last = neighbour;
    // for a neighbour that stands for several objects it matters which of them
    if ('alike' in this.#drawn) this.#links.push({ ...neighbour, references: [] });
  }

  finish(): Unit {
    const references = Array.from(
      this.#further.values(),
      ({ reference, meaning, more }): Holder => {
        return { ...reference, meaning, more };
      },
    );
    if (this.#last !== null) this.#links.push({ ...this.#last, references });
    const rank = { ...(this.#rank as Rank) };
    return { drawn: this.#drawn, links: this.#links, covers: this.#covers, rank };
  }

  #improve({ tier, distance, size, id }: Neighbour): void {
    if (this.#rank === null) {
      this.#rank = { tier, distance, size, id };
      return;
    }
    this.#rank.tier = Math.min(this.#rank.tier, tier);
    this.#rank.distance = Math.min(this.#rank.distance, distance);
    this.#rank.size = Math.max(this.#rank.size, size);
    this.#rank.id = Math.min(this.#rank.id, id);
  }

  #count(reference: Holder): void {
    const further = this.#further;
    const own = `${reference.weak} ${labelOf(reference.meaning)}`;
    const isOwn = further.has(own) || further.size < MOST_LABELS;
    const meaning = isOwn ? reference.meaning : shapeOf(reference.meaning);
    const key = isOwn ? own : `${reference.weak} ${labelOf(meaning)}`;
    const known = further.get(key);
    const all = 1 + (reference.more ?? 0);
    if (known === undefined) {
      further.set(key, { reference, meaning, more: all - 1 });
      return;
    }
    known.meaning = meaning;
    known.more += all;
  }
}

/** The best value of several ranks for each criterion. */
export function bestOf(ranks: readonly Rank[]): Rank {
  return ranks.reduce(better);
}

function better(a: Rank, b: Rank): Rank {
  return {
    tier: Math.min(a.tier, b.tier),
    distance: Math.min(a.distance, b.distance),
    size: Math.max(a.size, b.size),
    id: Math.min(a.id, b.id),
  };
}
