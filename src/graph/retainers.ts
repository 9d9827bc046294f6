import { prefault } from '../util/prefault.js';
import type { Task } from '../util/second-thread.js';

/** A node with more incoming edges than this share of all edges is a hub: there are few of them. */
const HUB_SHARE = 1 / 4096;
const LEAST_HUB_EDGES = 1024;

/** The task of a second thread. */
export interface RetainersTask extends Task {
  readonly kind: 'retainers';
  readonly nodeCount: number;
  readonly edgeTargets: Uint32Array;
}

/**
 * Incoming edges of every node, as one array split by a prefix index. A few nodes (shapes, empty
 * arrays, shared code) have about half of all edges and are hardly ever asked for: their edges are
 * left out, and collected by a pass over all edges when needed.
 */
export interface RetainerColumns {
  /** First entry of a node's incoming edges in `edges`; length nodeCount + 1. */
  readonly first: Uint32Array;
  /** Edge ordinals grouped by target, ascending within a group, without those of hubs. */
  readonly edges: Uint32Array;
  /** The number of incoming edges of each hub. */
  readonly hubs: ReadonlyMap<number, number>;
}

/** Builds the index. @param leastHubEdges for tests: nodes with more incoming edges are hubs. */
export function indexRetainers(
  { nodeCount, edgeTargets }: Pick<RetainersTask, 'nodeCount' | 'edgeTargets'>,
  leastHubEdges = LEAST_HUB_EDGES,
): RetainerColumns {
  const edgeCount = edgeTargets.length;
  const first = prefault(new Uint32Array(nodeCount + 1));
  for (let edge = 0; edge < edgeCount; edge++) first[edgeTargets[edge]]++;
  const hubs = takeHubs(first, Math.max(leastHubEdges, edgeCount * HUB_SHARE));
  // one bit each: it is read for every edge and should stay in the processor's cache
  const isHub = new Uint32Array(Math.ceil(nodeCount / 32));
  for (const node of hubs.keys()) isHub[node >>> 5] |= 1 << (node & 31);
  // after this loop each entry is the end of its group; filling backwards turns it into the start
  let sum = 0;
  for (let node = 0; node < nodeCount; node++) {
    sum += first[node];
    first[node] = sum;
  }
  first[nodeCount] = sum;
  const edges = new Uint32Array(sum);
  for (let edge = edgeCount - 1; edge >= 0; edge--) {
    const target = edgeTargets[edge];
    if (((isHub[target >>> 5] >>> (target & 31)) & 1) === 0) edges[--first[target]] = edge;
  }
  return { first, edges, hubs };
}

/** Finds the incoming edges of a node. */
export class Retainers {
  readonly #targets: Uint32Array;
  readonly #columns: RetainerColumns;
  /** Incoming edges of the hubs that were asked for. */
  readonly #ofHubs = new Map<number, Uint32Array>();

  constructor(edgeTargets: Uint32Array, columns: RetainerColumns) {
    this.#targets = edgeTargets;
    this.#columns = columns;
  }

  countOf(node: number): number {
    const { first, hubs } = this.#columns;
    return hubs.get(node) ?? first[node + 1] - first[node];
  }

  /** The only incoming edge of a node; -1 if there are none or several. */
  onlyOf(node: number): number {
    const { first, edges } = this.#columns;
    // edges of hubs are not listed
    return first[node + 1] - first[node] === 1 ? edges[first[node]] : -1;
  }

  /** Edge ordinals, ascending. */
  of(node: number): Uint32Array {
    const { first, edges, hubs } = this.#columns;
    const count = hubs.get(node);
    if (count === undefined) return edges.subarray(first[node], first[node + 1]);
    const found = this.#ofHubs.get(node) ?? edgesTo(node, count, this.#targets);
    this.#ofHubs.set(node, found);
    return found;
  }
}

/** Removes the hubs' edges from the counts. */
function takeHubs(counts: Uint32Array, most: number): ReadonlyMap<number, number> {
  const hubs = new Map<number, number>();
  for (let node = 0; node < counts.length; node++) {
    if (counts[node] <= most) continue;
    hubs.set(node, counts[node]);
    counts[node] = 0;
  }
  return hubs;
}

function edgesTo(node: number, count: number, targets: Uint32Array): Uint32Array {
  const found = new Uint32Array(count);
  for (let edge = 0, length = 0; length < count; edge++) {
    if (targets[edge] === node) found[length++] = edge;
  }
  return found;
}
