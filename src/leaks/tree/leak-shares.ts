import { EdgeClass, HAS_EXCEPTIONS } from '../../graph/edge-class.js';
import { BITS_BY_TYPE } from '../../graph/edge-rules.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType } from '../../graph/types.js';
import type { FoldedHeap } from './heap-fold.js';

/** Bytes that a suspect holds and that only suspects keep alive. */
export interface LeakShare {
  /** Each object counts in equal parts for all suspects that reach it. */
  readonly share: number;
  /** The bytes of objects that no other suspect reaches. */
  readonly exclusive: number;
}

/** The highest number of suspects sharing an object that is counted exactly. */
const MOST_SHARED = 255;

/**
 * Computes the LeakShare: everything reached without passing an item of any suspect does not count;
 * the rest is divided among the suspects that reach it.
 *
 * @param items of each suspect. Source: Vilk and Berger, BLeak: Automatically Debugging Memory
 *   Leaks in Web Applications (PLDI 2018).
 */
export function computeLeakShares(
  { graph }: FoldedHeap,
  items: readonly (readonly NodeOrdinal[])[],
): readonly LeakShare[] {
  const search = new Search(graph);
  search.markApart(items);
  search.reachWithout();
  const held = items.map((roots, suspect) => search.reachFrom(roots, suspect));
  return held.map((nodes) => {
    let share = 0;
    let exclusive = 0;
    for (const node of nodes) {
      const size = graph.selfSizeOf(node as NodeOrdinal);
      const reachers = search.reachersOf(node);
      share += size / reachers;
      if (reachers === 1) exclusive += size;
    }
    return { share: Math.round(share), exclusive };
  });
}

const REACHED = 1;
const ITEM = 2;

class Search {
  readonly #graph: HeapGraph;
  readonly #marks: Uint8Array;
  /** The number of suspects that reach a node. */
  readonly #reachers: Uint8Array;
  /** 1 + the suspect that reached it last. */
  readonly #lastBy: Uint16Array;
  readonly #stack: Uint32Array;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
    this.#marks = new Uint8Array(graph.nodeCount);
    this.#reachers = new Uint8Array(graph.nodeCount);
    this.#lastBy = new Uint16Array(graph.nodeCount);
    this.#stack = new Uint32Array(graph.nodeCount);
  }

  reachersOf(node: number): number {
    return this.#reachers[node];
  }

  markApart(items: readonly (readonly NodeOrdinal[])[]): void {
    for (const roots of items) for (const node of roots) this.#marks[node] = ITEM;
  }

  /** Marks everything that is alive without the suspects. */
  reachWithout(): void {
    const { root } = this.#graph;
    const [marks, stack] = [this.#marks, this.#stack];
    marks[root] = REACHED;
    stack[0] = root;
    let length = 1;
    const reach = (target: number) => {
      if (marks[target] !== 0) return;
      marks[target] = REACHED;
      stack[length++] = target;
    };
    while (length > 0) this.#follow(stack[--length], reach);
  }

  /** The rest that a suspect's items reach, including the items. */
  reachFrom(roots: readonly NodeOrdinal[], suspect: number): Uint32Array {
    const [marks, stack, lastBy] = [this.#marks, this.#stack, this.#lastBy];
    let held = new Uint32Array(1024);
    let count = 0;
    let length = 0;
    const reach = (target: number) => {
      if (marks[target] === REACHED || lastBy[target] === suspect + 1) return;
      lastBy[target] = suspect + 1;
      if (this.#reachers[target] < MOST_SHARED) this.#reachers[target]++;
      if (count === held.length) {
        const longer = new Uint32Array(count * 2);
        longer.set(held);
        held = longer;
      }
      held[count++] = target;
      stack[length++] = target;
    };
    for (const node of roots) reach(node);
    while (length > 0) this.#follow(stack[--length], reach);
    return held.subarray(0, count);
  }

  /**
   * Follows the references of a node that keep something alive; for the halves of a WeakMap entry,
   * only the key's.
   */
  #follow(node: number, reach: (target: number) => void): void {
    const { rules } = this.#graph;
    const { firstEdge, edgeTypes, edgeNames, edgeTargets, ephemeronNames } = rules.columns;
    const owner = rules.owners[node];
    const isUsual = (owner & HAS_EXCEPTIONS) === 0;
    const isArray = (owner & EdgeClass.TABLE_HALF) !== 0;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const type = edgeTypes[edge];
      const bits = isUsual ? BITS_BY_TYPE[(owner << 8) | type] : rules.bitsOf(edge, node);
      if ((bits & EdgeClass.RETAINING) === 0) continue;
      if (isArray && type === EdgeType.internal && ephemeronNames[edgeNames[edge]] === 1) continue;
      reach(edgeTargets[edge]);
    }
  }
}
