import type { NodeOrdinal } from '../graph/ordinals.js';
import type { Holder } from './holder.js';
import type { HolderGroup } from './rank-holders.js';

/** What a drawn node stands for. */
export type Drawn = { readonly node: NodeOrdinal } | { readonly frame: number };

export type DrawnKey = string;

/** Holders that were left out of the picture, and why. */
export interface Cut {
  readonly groups: readonly HolderGroup[];
  readonly reason: 'limit' | 'depth' | 'stop' | 'hide';
}

/** References drawn from one holder to one object. */
const MOST_PARALLEL = 50;

/** The picture under construction: nodes, the references between them, and what was cut where. */
export class Drawing {
  readonly nodes = new Map<DrawnKey, Drawn>();
  readonly edges: { readonly from: DrawnKey; readonly to: DrawnKey; readonly holder: Holder }[] =
    [];
  readonly cuts = new Map<DrawnKey, Cut>();
  readonly #drawnPairs = new Set<string>();
  readonly #edgesFrom = new Map<DrawnKey, Holder[]>();

  get size(): number {
    return this.nodes.size;
  }

  has(drawn: Drawn): boolean {
    return this.nodes.has(keyOf(drawn));
  }

  add(drawn: Drawn): void {
    this.nodes.set(keyOf(drawn), drawn);
  }

  /** Draws the references of a group; once, however often the walk comes by. */
  connect(group: HolderGroup, to: Drawn): void {
    const pair = `${keyOf(group.from)} ${keyOf(to)}`;
    if (this.#drawnPairs.has(pair)) return;
    this.#drawnPairs.add(pair);
    const from = keyOf(group.from);
    const leaving = this.#edgesFrom.get(from) ?? [];
    this.#edgesFrom.set(from, leaving);
    for (const holder of withoutExcess(group.holders)) {
      this.edges.push({ from, to: keyOf(to), holder });
      leaving.push(holder);
    }
  }

  /** The references drawn from a node so far. */
  edgesFrom(drawn: Drawn): readonly Holder[] {
    return this.#edgesFrom.get(keyOf(drawn)) ?? [];
  }

  isConnected(group: HolderGroup, to: Drawn): boolean {
    return this.#drawnPairs.has(`${keyOf(group.from)} ${keyOf(to)}`);
  }

  /** Replaces what was noted at that node before; no groups, no cut. */
  cut(at: Drawn, { groups, reason }: Cut): void {
    const left = groups.filter((group) => !this.isConnected(group, at));
    if (left.length > 0) this.cuts.set(keyOf(at), { groups: left, reason });
    else this.cuts.delete(keyOf(at));
  }

  isCut(at: Drawn): boolean {
    return this.cuts.has(keyOf(at));
  }
}

/** An array can hold one object a million times: beyond what can be read, one reference says so. */
function withoutExcess(holders: readonly Holder[]): readonly Holder[] {
  const last = holders[MOST_PARALLEL];
  if (last === undefined) return holders;
  const label = `… and ${holders.length - MOST_PARALLEL} more`;
  return [...holders.slice(0, MOST_PARALLEL), { ...last, name: '', label }];
}

export function keyOf(drawn: Drawn): DrawnKey {
  return 'frame' in drawn ? `frame:${drawn.frame}` : String(drawn.node);
}
