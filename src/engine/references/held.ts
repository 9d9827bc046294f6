import { EdgeClass } from '../../graph/edge-class.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType } from '../../graph/types.js';
import type { HeapView } from '../view.js';
import type { Holder } from './holder.js';
import type { HolderOptions, Holders } from './holders.js';

/** One object and the references by which it is held. */
export interface HeldObject {
  readonly node: NodeOrdinal;
  readonly references: readonly Holder[];
  /** Raw edges that lead to it from the holder or its parts; some may belong to other holders. */
  readonly edges: readonly EdgeOrdinal[];
}

/**
 * Finds what an object holds, in the same terms as `Holders`: collects the raw references that
 * leave the object and its parts, and asks at their targets who holds by them. So a reference is
 * drawn in this direction exactly if it is drawn in the other.
 */
export class Held {
  readonly #view: HeapView;
  readonly #holders: Holders;
  readonly #options: HolderOptions;

  constructor(view: HeapView, holders: Holders, options: HolderOptions) {
    this.#view = view;
    this.#holders = holders;
    this.#options = options;
  }

  /** In the order of the file, each object once. */
  of(node: NodeOrdinal): readonly HeldObject[] {
    const { realms } = this.#view.facts;
    const self = realms.drawnFor(node);
    const held: HeldObject[] = [];
    for (const [target, edges] of this.#leavingEdges(this.#startsOf(node))) {
      const found = this.#holders.through(target, edges);
      const references = found.filter(({ from }) => 'node' in from && from.node === self);
      if (references.length > 0) held.push({ node: target, references, edges });
    }
    return held;
  }

  /** The nodes to start from; objects of the console are in the groups of handles. */
  #startsOf(node: NodeOrdinal): readonly NodeOrdinal[] {
    const { console, realms } = this.#view.facts;
    return node === console?.node ? [node, ...console.groups] : realms.drawnWith(node);
  }

  /** Edges that leave the nodes or their parts, by the node they lead to. */
  #leavingEdges(starts: readonly NodeOrdinal[]): ReadonlyMap<NodeOrdinal, EdgeOrdinal[]> {
    const { graph } = this.#view;
    const byTarget = new Map<NodeOrdinal, EdgeOrdinal[]>();
    const owners = new Set(starts);
    // a Set can grow while it is iterated, so it serves as the queue
    for (const owner of owners) {
      // the target of the previous element: an array may hold one object ten million times
      let latest: NodeOrdinal | null = null;
      let edges: EdgeOrdinal[] = [];
      for (let edge = graph.firstEdge(owner); edge < graph.endEdge(owner); edge++) {
        if (!this.#isCounted(edge)) continue;
        const target = graph.targetOf(edge);
        const isElement = graph.edgeTypeOf(edge) === EdgeType.element;
        if (isElement && latest === target) {
          edges.push(edge);
          continue;
        }
        latest = isElement ? target : null;
        edges = byTarget.get(target) ?? [];
        byTarget.set(target, edges);
        edges.push(edge);
        if (this.#leadsOn(edge)) owners.add(target);
      }
    }
    return byTarget;
  }

  #isCounted(edge: EdgeOrdinal): boolean {
    const { graph } = this.#view;
    if (graph.isRetaining(edge)) return true;
    return this.#options.weak && graph.isWeak(edge);
  }

  /**
   * True if the edge's target may be held by its owner, or by the object that the owner is part of.
   */
  #leadsOn(edge: EdgeOrdinal): boolean {
    const { graph } = this.#view;
    if (this.#options.internals || !graph.isRetaining(edge)) return false;
    if ((graph.edgeClassOf(edge) & EdgeClass.TABLE_HALF) !== 0) return false;
    return this.#holders.leadsOn(edge);
  }
}
