import type { NodeOrdinal } from '../../graph/ordinals.js';

/**
 * The paths from some objects up to where they end, as one tree: each object is passed once, however long
 * the rows are in which objects hold one another.
 */
export class WayTree {
  readonly #above = new Map<NodeOrdinal, NodeOrdinal | null>();
  readonly #below = new Map<NodeOrdinal, NodeOrdinal[]>();
  readonly #passes = new Map<NodeOrdinal, number>();
  readonly #depths = new Map<NodeOrdinal, number>();
  /** The steps that each path has in addition to those before it, from the object up. */
  readonly #parts: (readonly NodeOrdinal[])[] = [];
  readonly #starts: NodeOrdinal[] = [];

  /** @param nextOf the next object up; null at the end. */
  constructor(items: readonly NodeOrdinal[], nextOf: (node: NodeOrdinal) => NodeOrdinal | null) {
    for (const item of items) this.#addWay(item, nextOf);
    this.#countPasses();
  }

  /** Where the paths begin, in their order: each object. */
  get starts(): readonly NodeOrdinal[] {
    return this.#starts;
  }

  passesOf(node: NodeOrdinal): number {
    return this.#passes.get(node) ?? 0;
  }

  /** The next object up; null at the end. */
  aboveOf(node: NodeOrdinal): NodeOrdinal | null {
    return this.#above.get(node) ?? null;
  }

  /** The objects through which paths lead to one, in the order of the paths. */
  belowOf(node: NodeOrdinal): readonly NodeOrdinal[] {
    return this.#below.get(node) ?? [];
  }

  /** The end of the path from an object. */
  endOf(node: NodeOrdinal): NodeOrdinal {
    let at = node;
    for (let next = this.aboveOf(at); next !== null; next = this.aboveOf(at)) at = next;
    return at;
  }

  /** All objects: those of the longest path first, from its object up. */
  *all(): Generator<NodeOrdinal> {
    let longest: NodeOrdinal | null = null;
    for (const start of this.#starts) {
      if (longest === null || this.#depthOf(start) > this.#depthOf(longest)) longest = start;
    }
    const told = new Set<NodeOrdinal>();
    for (let at = longest; at !== null; at = this.aboveOf(at)) {
      told.add(at);
      yield at;
    }
    for (const node of this.#above.keys()) if (!told.has(node)) yield node;
  }

  #depthOf(node: NodeOrdinal): number {
    return this.#depths.get(node) ?? 0;
  }

  #addWay(item: NodeOrdinal, nextOf: (node: NodeOrdinal) => NodeOrdinal | null): void {
    this.#starts.push(item);
    const part: NodeOrdinal[] = [];
    let at: NodeOrdinal | null = item;
    while (at !== null && !this.#above.has(at)) {
      const next = nextOf(at);
      this.#above.set(at, next);
      part.push(at);
      if (next !== null) this.#addBelow(next, at);
      at = next;
    }
    let depth = at === null ? 0 : this.#depthOf(at);
    for (let i = part.length - 1; i >= 0; i--) this.#depths.set(part[i] as NodeOrdinal, ++depth);
    this.#parts.push(part);
  }

  #addBelow(above: NodeOrdinal, node: NodeOrdinal): void {
    const known = this.#below.get(above);
    if (known === undefined) this.#below.set(above, [node]);
    else known.push(node);
  }

  /** Later parts end at earlier ones, so the last one is counted first. */
  #countPasses(): void {
    for (const start of this.#starts) this.#passes.set(start, this.passesOf(start) + 1);
    for (const part of this.#parts.reverse()) {
      for (const node of part) {
        const above = this.aboveOf(node);
        if (above !== null) this.#passes.set(above, this.passesOf(above) + this.passesOf(node));
      }
    }
  }
}
