import type { HeapFacts } from '../../engine/heap-facts.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { type FoldedHeap, foldHeap } from './heap-fold.js';
import { MergedTree } from './merged-tree.js';
import { OwnStores, type StoreSizes } from './own-stores.js';

/** The data kept of a heap that was merged into a tree. */
export interface CountedHeap {
  /** Number of objects by tree node; 0 for nodes beyond its end. */
  readonly counts: Int32Array;
  /** Shallow size in bytes, by tree node. */
  readonly bytes: Float64Array;
  /**
   * The highest id of an object of V8's heap, below those of all later objects; 0 if ids do not
   * last.
   */
  readonly highestId: number;
  /** The sizes of the stores of objects; empty where ids do not last. */
  readonly stores: StoreSizes;
}

/** The heap of the last moment. */
export interface LatestHeap extends FoldedHeap {
  /**
   * Number of remaining objects among those that were new at each moment, by moment and tree node;
   * empty if ids mean nothing beyond one heap.
   */
  readonly born: readonly Int32Array[];
  /**
   * Number of objects that existed at each moment and still exist, by moment and tree node; empty
   * for the same reason.
   */
  readonly kept: readonly Int32Array[];
}

/** The identity of some objects of a heap, by their ids. */
export type IdSample = ReadonlyMap<number, number>;

const SAMPLE_SIZE = 1000;
const LEAST_FOUND = 20;
/**
 * The share of objects with ids of the sample that must have the same class: few addresses are
 * reused.
 */
const SAME_SHARE = 0.9;

const NOTHING_KNOWN = { born: [], kept: [] };

/** Heaps in sequence, each merged into one tree and then released. */
export class Moments {
  readonly tree = new MergedTree();
  readonly all: CountedHeap[] = [];
  #sample: IdSample = new Map();
  #lastingIds = true;

  /** True if ids distinguish the objects of all moments. */
  get hasLastingIds(): boolean {
    return this.#lastingIds;
  }

  /** The sample of the last moment. */
  get sample(): IdSample {
    return this.#sample;
  }

  /** Adds a saved moment, whose tree nodes are already counted. */
  addCounted(moment: CountedHeap, sample: IdSample): void {
    this.#lastingIds &&= moment.highestId > 0;
    this.#sample = sample;
    this.all.push(moment);
  }

  add(facts: HeapFacts): LatestHeap {
    const { graph } = facts;
    const folded = foldHeap(this.tree, facts);
    this.#lastingIds &&= graph.hasLastingIds && this.#isSameProcess(graph);
    const { born, kept } = this.#lastingIds ? this.#countBorn(folded) : NOTHING_KNOWN;
    this.all.push({
      ...this.#count(folded),
      highestId: this.#lastingIds ? highestId(graph) : 0,
      stores: this.#lastingIds ? new OwnStores(folded).sizes() : new Map(),
    });
    this.#sample = this.#takeSample(graph);
    return { ...folded, born, kept };
  }

  #count({ graph, treeOf }: FoldedHeap): Pick<CountedHeap, 'counts' | 'bytes'> {
    const counts = new Int32Array(this.tree.size);
    const bytes = new Float64Array(this.tree.size);
    for (let node = 0; node < treeOf.length; node++) {
      const at = treeOf[node] - 1;
      if (at < 0) continue;
      counts[at]++;
      bytes[at] += graph.selfSizeOf(node as NodeOrdinal);
    }
    return { counts, bytes };
  }

  /** Counts objects by age; those of V8's heap have odd ids that only rise. */
  #countBorn({ graph, treeOf }: FoldedHeap): Pick<LatestHeap, 'born' | 'kept'> {
    const bounds = this.all.map(({ highestId }) => highestId);
    const born = bounds.map(() => new Int32Array(this.tree.size));
    if (bounds.length === 0) return NOTHING_KNOWN;
    const old = new Int32Array(this.tree.size);
    const { nodeIds } = graph.tables;
    for (let node = 0; node < treeOf.length; node++) {
      const id = nodeIds[node];
      if (id % 2 === 0 || treeOf[node] === 0) continue;
      let moment = bounds.length - 1;
      while (moment >= 0 && id <= bounds[moment]) moment--;
      const counts = moment < 0 ? old : born[moment];
      counts[treeOf[node] - 1]++;
    }
    const kept = [old];
    for (let moment = 1; moment < bounds.length; moment++) {
      kept.push(kept[moment - 1].map((count, place) => count + born[moment - 1][place]));
    }
    return { born, kept };
  }

  #isSameProcess(graph: HeapGraph): boolean {
    if (this.all.length === 0) return true;
    const sample = this.#sample;
    let found = 0;
    let same = 0;
    for (const [id, node] of graph.withIds(sample.keys())) {
      found++;
      if (sample.get(id) === signOf(graph, node)) same++;
    }
    return found >= Math.min(LEAST_FOUND, sample.size) && same >= found * SAME_SHARE;
  }

  #takeSample(graph: HeapGraph): IdSample {
    const sample = new Map<number, number>();
    const step = Math.max(1, Math.floor(graph.nodeCount / SAMPLE_SIZE));
    for (let n = 0; n < graph.nodeCount; n += step) {
      const id = graph.idOf(n as NodeOrdinal);
      if (id % 2 === 1) sample.set(id, signOf(graph, n as NodeOrdinal));
    }
    return sample;
  }
}

/** The unchangeable part of an object as a number: its type, and the name of its class. */
function signOf(graph: HeapGraph, node: NodeOrdinal): number {
  const text = `${graph.typeNameOf(node)} ${graph.nameOf(node).slice(0, 40)}`;
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

function highestId({ tables, nodeCount }: HeapGraph): number {
  let highest = 0;
  for (let node = 0; node < nodeCount; node++) {
    const id = tables.nodeIds[node];
    if (id > highest && id % 2 === 1) highest = id;
  }
  return highest;
}
