import type { HeapGraph } from '../../graph/heap-graph.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import type { FoldedHeap } from './heap-fold.js';

/** Bytes of the stores of objects, by the ids of these: numbers of arrays, bytes of Buffers, texts. */
export type StoreSizes = ReadonlyMap<number, number>;

/** Those with less are not kept. */
const LEAST_BYTES = 1024;
/** So many are kept, the largest. */
const MOST_KEPT = 20_000;

/** Objects that are hardly more than their bytes: their holder has the bytes. */
const BYTES_CLASS =
  /^(Buffer|ArrayBuffer|SharedArrayBuffer|DataView|Memory|((Big)?(Int|Uint)|Float)\d+(Clamped)?Array|system \/ (JSArrayBufferData|ByteArray|PropertyArray|\w*Dictionary))$/;

/** The marks of nodes. */
const TEXT = 1;
const BYTES = 2;
const TEXT_TYPES: ReadonlySet<number> = new Set([
  ...[NodeType.string, NodeType['concatenated string'], NodeType['sliced string']],
]);

/** In a memo of tops: it is one of many texts of a list, which is not a store. */
const NONE = 2 ** 32 - 1;

/** The stores of the objects of a heap: tables, texts and bytes. */
export class OwnStores {
  readonly #heap: FoldedHeap;
  readonly #marks: Uint8Array;
  /** By node of a store: the topmost of them, to which its owner refers; 0 where not known yet. */
  readonly #tops: Uint32Array;

  constructor(heap: FoldedHeap) {
    this.#heap = heap;
    this.#marks = markStores(heap.graph);
    this.#tops = new Uint32Array(heap.graph.nodeCount);
  }

  /** The size of the largest store of each object, if it is worth keeping. */
  sizes(): StoreSizes {
    const { graph, parents } = this.#heap;
    const byOwner = new Map<number, number>();
    const sizes = this.#sizesByTop();
    for (let top = 0; top < sizes.length; top++) {
      if (sizes[top] < LEAST_BYTES) continue;
      const owner = parents[top];
      if (sizes[top] > (byOwner.get(owner) ?? 0)) byOwner.set(owner, sizes[top]);
    }
    const large = [...byOwner].filter(([owner]) => this.#isProgramObject(owner as NodeOrdinal));
    large.sort((a, b) => b[1] - a[1]);
    return new Map(
      large.slice(0, MOST_KEPT).map(([owner, bytes]) => [graph.idOf(owner as NodeOrdinal), bytes]),
    );
  }

  /** The parts of the largest stores of some objects, the one to which the object refers first. */
  largestOf(owners: ReadonlySet<NodeOrdinal>): ReadonlyMap<NodeOrdinal, readonly NodeOrdinal[]> {
    const { parents } = this.#heap;
    const largest = new Map<NodeOrdinal, number>();
    const sizes = this.#sizesByTop();
    for (let top = 0; top < sizes.length; top++) {
      const owner = parents[top] as NodeOrdinal;
      if (sizes[top] < LEAST_BYTES || !owners.has(owner)) continue;
      const known = largest.get(owner);
      if (known === undefined || sizes[top] > sizes[known]) largest.set(owner, top);
    }
    const parts = new Map([...largest.values()].map((top) => [top, [top as NodeOrdinal]]));
    for (let node = 0; node < this.#marks.length; node++) {
      const top = this.#topOf(node);
      if (top !== node) parts.get(top)?.push(node as NodeOrdinal);
    }
    return new Map([...largest].map(([owner, top]) => [owner, parts.get(top) ?? []]));
  }

  /** By topmost node of a store; of all else 0. */
  #sizesByTop(): Float64Array {
    const { graph } = this.#heap;
    const sizes = new Float64Array(this.#marks.length);
    for (let node = 0; node < sizes.length; node++) {
      const top = this.#topOf(node);
      if (top !== NONE) sizes[top] += graph.selfSizeOf(node as NodeOrdinal);
    }
    return sizes;
  }

  #isProgramObject(owner: NodeOrdinal): boolean {
    const { graph } = this.#heap;
    const type = graph.typeOf(owner);
    if (type === NodeType.object || type === NodeType.closure) return graph.idOf(owner) % 2 === 1;
    return type === NodeType.hidden && graph.nameOf(owner).startsWith('system / Context');
  }

  /** Texts may be joined of many pieces, so each is asked once. */
  #topOf(node: number): number {
    if (this.#marks[node] === 0 || this.#heap.treeOf[node] === 0) return NONE;
    const { parents } = this.#heap;
    const way: number[] = [];
    let at = node;
    let top = this.#tops[at];
    while (top === 0) {
      way.push(at);
      const above = parents[at];
      if (this.#marks[above] === 0) top = at;
      else if (this.#marks[at] === TEXT && this.#marks[above] === BYTES) top = NONE;
      else top = this.#tops[above];
      at = above;
    }
    for (const below of way) this.#tops[below] = top;
    return top;
  }
}

function markStores(graph: HeapGraph): Uint8Array {
  const { nodeTypes, nodeNames, strings } = graph.tables;
  const marks = new Uint8Array(graph.nodeCount);
  const byName = new Map<number, boolean>();
  for (let node = 1; node < marks.length; node++) {
    const type = nodeTypes[node];
    if (TEXT_TYPES.has(type)) marks[node] = TEXT;
    if (type === NodeType.array || type === NodeType.number) marks[node] = BYTES;
    if (type !== NodeType.object && type !== NodeType.hidden && type !== NodeType.native) continue;
    const name = nodeNames[node];
    let isBytes = byName.get(name);
    if (isBytes === undefined) {
      isBytes = BYTES_CLASS.test(strings.get(name));
      byName.set(name, isBytes);
    }
    if (isBytes) marks[node] = BYTES;
  }
  return marks;
}
