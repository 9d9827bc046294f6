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

/** The picture under construction: nodes, the references between them, and what was cut where. */
export class Drawing {
  readonly nodes = new Map<DrawnKey, Drawn>();
  readonly edges: { readonly from: DrawnKey; readonly to: DrawnKey; readonly holder: Holder }[] =
    [];
  readonly cuts = new Map<DrawnKey, Cut>();
  readonly #drawnPairs = new Set<string>();

  get size(): number {
    return this.nodes.size;
  }

  has(drawn: Drawn): boolean {
    return this.nodes.has(keyOf(drawn));
  }

  add(drawn: Drawn): void {
    this.nodes.set(keyOf(drawn), drawn);
  }

  /** Draws every reference of a group; once, however often the walk comes by. */
  connect(group: HolderGroup, to: Drawn): void {
    const pair = `${keyOf(group.from)} ${keyOf(to)}`;
    if (this.#drawnPairs.has(pair)) return;
    this.#drawnPairs.add(pair);
    for (const holder of group.holders) {
      this.edges.push({ from: keyOf(group.from), to: keyOf(to), holder });
    }
  }

  isConnected(group: HolderGroup, to: Drawn): boolean {
    return this.#drawnPairs.has(`${keyOf(group.from)} ${keyOf(to)}`);
  }

  cut(at: Drawn, cut: Cut): void {
    if (cut.groups.length > 0) this.cuts.set(keyOf(at), cut);
  }
}

export function keyOf(drawn: Drawn): DrawnKey {
  return 'frame' in drawn ? `frame:${drawn.frame}` : String(drawn.node);
}
