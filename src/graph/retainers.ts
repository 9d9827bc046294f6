import type { SnapshotTables } from '../snapshot/snapshot-tables.js';

/** A node with more incoming edges than this share of all is a hub: there are few of them. */
const HUB_SHARE = 1 / 4096;
const LEAST_HUB_EDGES = 1024;

/**
 * Incoming edges of every node, as one array cut by a prefix index. A few nodes (shapes, empty
 * arrays, shared code) have about half of all edges and are hardly ever asked for: theirs are left
 * out and collected by a pass over all edges when they are.
 */
export class Retainers {
  readonly #targets: Uint32Array;
  /** First entry of a node's incoming edges in `#edges`; length nodeCount + 1. */
  readonly #first: Uint32Array;
  /** Edge ordinals grouped by target, ascending within a group, without those of hubs. */
  readonly #edges: Uint32Array;
  /** How many edges come in at a hub, and they themselves once they were asked for. */
  readonly #hubs: ReadonlyMap<number, { readonly count: number; edges: Uint32Array | null }>;

  /** @param leastHubEdges for tests: nodes with more incoming edges are hubs. */
  constructor(tables: SnapshotTables, leastHubEdges = LEAST_HUB_EDGES) {
    const { nodeCount, edgeCount, edgeTargets } = tables;
    const first = new Uint32Array(nodeCount + 1);
    for (let edge = 0; edge < edgeCount; edge++) first[edgeTargets[edge]]++;
    const hubs = takeHubs(first, Math.max(leastHubEdges, edgeCount * HUB_SHARE));
    const isHub = new Uint8Array(nodeCount);
    for (const node of hubs.keys()) isHub[node] = 1;
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
      if (isHub[target] === 0) edges[--first[target]] = edge;
    }
    this.#targets = edgeTargets;
    this.#first = first;
    this.#edges = edges;
    this.#hubs = hubs;
  }

  /** Edge ordinals, ascending. */
  of(node: number): Uint32Array {
    const hub = this.#hubs.get(node);
    if (hub === undefined) return this.#edges.subarray(this.#first[node], this.#first[node + 1]);
    hub.edges ??= edgesTo(node, hub.count, this.#targets);
    return hub.edges;
  }
}

/** Takes the hubs' edges out of the counts. */
function takeHubs(counts: Uint32Array, most: number) {
  const hubs = new Map<number, { readonly count: number; edges: Uint32Array | null }>();
  for (let node = 0; node < counts.length; node++) {
    if (counts[node] <= most) continue;
    hubs.set(node, { count: counts[node], edges: null });
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
