import type { HeapFacts } from '../../engine/heap-facts.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { type FoldedHeap, foldHeap } from './heap-fold.js';
import { MergedTree } from './merged-tree.js';

/** What is kept of a heap that was folded into a tree. */
export interface CountedHeap {
  /** Objects by tree node; 0 for nodes beyond its end. */
  readonly counts: Int32Array;
  /** Their own bytes, by tree node. */
  readonly bytes: Float64Array;
  /** The highest id of an object of V8's heap, which all later objects are above; 0 where ids do not last. */
  readonly highestId: number;
}

/** The heap of the last moment. */
export interface LatestHeap extends FoldedHeap {
  /**
   * Objects that are left of those that were new at each moment, by moment and tree node; empty where ids
   * mean nothing beyond one heap.
   */
  readonly born: readonly Int32Array[];
}

/** Some objects of a heap, by which a later one shows to be of the same process. */
interface Sample {
  readonly classes: ReadonlyMap<number, number>;
}

const SAMPLE_SIZE = 2000;
const LEAST_FOUND = 20;
/** Of the objects with ids of the sample so many have the same class: after all, few addresses are reused. */
const SAME_SHARE = 0.9;

/** Heaps one after the other, each folded into one tree and let go of. */
export class Moments {
  readonly tree = new MergedTree();
  readonly all: CountedHeap[] = [];
  #sample: Sample | null = null;
  #lastingIds = true;

  /** Whether the objects of all moments can be told apart by their ids. */
  get hasLastingIds(): boolean {
    return this.#lastingIds;
  }

  /** A moment that was saved: its tree nodes are already counted. */
  addCounted(moment: CountedHeap): void {
    this.#lastingIds &&= moment.highestId > 0;
    this.#sample = null;
    this.all.push(moment);
  }

  add(facts: HeapFacts): LatestHeap {
    const { graph } = facts;
    const folded = foldHeap(this.tree, facts);
    this.#lastingIds &&= graph.hasLastingIds && this.#isSameProcess(graph);
    const born = this.#lastingIds ? this.#countBorn(folded) : [];
    this.all.push({ ...this.#count(folded), highestId: this.#lastingIds ? highestId(graph) : 0 });
    this.#sample = this.#takeSample(graph);
    return { ...folded, born };
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

  /** Objects of V8's heap have odd ids that only rise. */
  #countBorn({ graph, treeOf }: FoldedHeap): readonly Int32Array[] {
    const bounds = this.all.map(({ highestId }) => highestId);
    const born = bounds.map(() => new Int32Array(this.tree.size));
    const [first] = bounds;
    if (first === undefined) return [];
    const { nodeIds } = graph.tables;
    for (let node = 0; node < treeOf.length; node++) {
      const id = nodeIds[node];
      if (id <= first || id % 2 === 0 || treeOf[node] === 0) continue;
      let moment = bounds.length - 1;
      while (id <= bounds[moment]) moment--;
      born[moment][treeOf[node] - 1]++;
    }
    return born;
  }

  #isSameProcess(graph: HeapGraph): boolean {
    if (this.#sample === null) return true;
    const { classes } = this.#sample;
    let found = 0;
    let same = 0;
    for (const [id, node] of graph.withIds(classes.keys())) {
      found++;
      if (classes.get(id) === this.#signOf(graph, node)) same++;
    }
    return found >= Math.min(LEAST_FOUND, classes.size) && same >= found * SAME_SHARE;
  }

  #takeSample(graph: HeapGraph): Sample {
    const classes = new Map<number, number>();
    const step = Math.max(1, Math.floor(graph.nodeCount / SAMPLE_SIZE));
    for (let n = 0; n < graph.nodeCount; n += step) {
      const id = graph.idOf(n as NodeOrdinal);
      if (id % 2 === 1) classes.set(id, this.#signOf(graph, n as NodeOrdinal));
    }
    return { classes };
  }

  /** What an object cannot change: its type, and the name of its class. */
  #signOf(graph: HeapGraph, node: NodeOrdinal): number {
    return this.tree.classes.of(`${graph.typeNameOf(node)} ${graph.nameOf(node).slice(0, 40)}`);
  }
}

function highestId({ tables, nodeCount }: HeapGraph): number {
  let highest = 0;
  for (let node = 0; node < nodeCount; node++) {
    const id = tables.nodeIds[node];
    if (id > highest && id % 2 === 1) highest = id;
  }
  return highest;
}
