import type { Holder } from '../../engine/references/holder.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { labelOf } from '../../words/labels.js';
import { shapeOf } from '../../words/shapes.js';
import type { Drawn } from './drawing.js';
import type { Neighbour } from './neighbour.js';

export type Rank = Omit<Neighbour, 'end' | 'references'>;

/** What would be drawn as one node beside another, with all references between the two. */
export interface Unit {
  readonly drawn: Drawn;
  readonly links: readonly Neighbour[];
  /** How many of the objects on the other side it is a neighbour of. */
  readonly covers: number;
  /** The best of its links in each respect. */
  readonly rank: Rank;
}

/** Links that are kept as they are; a node that stands for a million objects may have as many. */
const MOST_LINKS = 1000;
/** Labels of further references that are told apart. */
const MOST_LABELS = 100;

/** All references between a drawn node and one neighbour of it, as they are found. */
export class UnitLinks {
  readonly #drawn: Drawn;
  readonly #keepsAll: boolean;
  readonly #links: Neighbour[] = [];
  /** References of further links, those that look alike as one that is counted. */
  readonly #further = new Map<string, Holder>();
  #last: Neighbour | null = null;
  #rank: Rank | null = null;
  #covers = 0;
  #member: NodeOrdinal | null = null;

  /** @param keepsAll each link is looked at again, by its references. */
  constructor(drawn: Drawn, keepsAll: boolean) {
    this.#drawn = drawn;
    this.#keepsAll = keepsAll;
  }

  add(neighbour: Neighbour, member: NodeOrdinal): void {
    if (this.#member !== member) this.#covers += 1;
    this.#member = member;
    this.#rank = this.#rank === null ? neighbour : better(this.#rank, neighbour);
    if (this.#keepsAll || this.#links.length < MOST_LINKS) {
      this.#links.push(neighbour);
      return;
    }
    for (const reference of neighbour.references) this.#count(reference);
    this.#last = neighbour;
    // of a neighbour that stands for several it is asked which of them
    if ('alike' in this.#drawn) this.#links.push({ ...neighbour, references: [] });
  }

  finish(): Unit {
    const references = [...this.#further.values()];
    if (this.#last !== null) this.#links.push({ ...this.#last, references });
    const { tier, distance, size, id } = this.#rank as Rank;
    const rank = { tier, distance, size, id };
    return { drawn: this.#drawn, links: this.#links, covers: this.#covers, rank };
  }

  #count(reference: Holder): void {
    const further = this.#further;
    const own = `${reference.weak} ${labelOf(reference.meaning)}`;
    const isOwn = further.has(own) || further.size < MOST_LABELS;
    const meaning = isOwn ? reference.meaning : shapeOf(reference.meaning);
    const key = isOwn ? own : `${reference.weak} ${labelOf(meaning)}`;
    const known = further.get(key);
    const more = (known?.more ?? -1) + 1 + (reference.more ?? 0);
    further.set(key, { ...(known ?? reference), meaning, more });
  }
}

/** The best of several in each respect. */
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
