import { ClassPool, LabelPool } from './label-pool.js';

/**
 * A node with the same key as one of this many ancestors stands for that ancestor: lists, promise
 * reactions.
 */
const FOLD_WINDOW = 4;
/** Below this depth only repetition continues, so periods may be longer. */
const DEEP = 2048;
const DEEP_WINDOW = 64;

/** The tree node at the top. */
export const TREE_ROOT = 0;

/**
 * The shortest paths from the root to all objects of a heap, merged: objects that are held by the
 * same reference of merged holders and have the same class are one node. One tree serves all
 * moments: nodes are only added, and a number means the same node at each moment.
 *
 * Children have greater numbers than their parents.
 */
export class MergedTree {
  readonly labels = new LabelPool();
  readonly classes = new ClassPool();
  #size = 0;
  #parents = new Int32Array(1 << 12);
  #labelOf = new Int32Array(1 << 12);
  #classOf = new Int32Array(1 << 12);
  #depths = new Int32Array(1 << 12);
  #engine = new Uint8Array(1 << 12);
  #transparent = new Uint8Array(1 << 12);
  #repeated = new Uint8Array(1 << 12);
  /** A hash table with open addressing: 1 + index of a link, 0 if empty. */
  #slots = new Int32Array(1 << 14);
  #linkCount = 0;
  /** Links by key: the target of a reference, which may be an ancestor. */
  #linkFrom = new Int32Array(1 << 13);
  #linkLabel = new Int32Array(1 << 13);
  #linkClass = new Int32Array(1 << 13);
  #linkTo = new Int32Array(1 << 13);

  constructor() {
    this.#add(-1, this.labels.ofText('<root>'), this.classes.of('(root)'), 0);
  }

  get size(): number {
    return this.#size;
  }

  parentOf(node: number): number {
    return this.#parents[node];
  }

  labelOf(node: number): number {
    return this.#labelOf[node];
  }

  classOf(node: number): number {
    return this.#classOf[node];
  }

  /** The number of steps from the root of the tree. */
  depthOf(node: number): number {
    return this.#depths[node];
  }

  /** True if only the engine's own bookkeeping reaches it. */
  isEngine(node: number): boolean {
    return this.#engine[node] === 1;
  }

  /** True if what a node holds counts as held by its parent: the tables of Maps and Sets. */
  isTransparent(node: number): boolean {
    return this.#transparent[node] === 1;
  }

  /** True if objects further down are counted here, because their path repeats this node's. */
  isRepeated(node: number): boolean {
    return this.#repeated[node] === 1;
  }

  makeTransparent(node: number): void {
    this.#transparent[node] = 1;
  }

  /** The node for a holder's reference: a child of the holder, or the ancestor that is repeated. */
  child(holder: number, label: number, class_: number, engine: 0 | 1): number {
    const mask = this.#slots.length - 1;
    let slot = hash(holder, label, class_) & mask;
    for (let link = this.#slots[slot]; link !== 0; link = this.#slots[slot]) {
      const at = link - 1;
      if (
        this.#linkFrom[at] === holder &&
        this.#linkLabel[at] === label &&
        this.#linkClass[at] === class_
      ) {
        return this.#linkTo[at];
      }
      slot = (slot + 1) & mask;
    }
    const repeated = this.#findRepeated(holder, label, class_);
    if (repeated >= 0) this.#repeated[repeated] = 1;
    const node = repeated >= 0 ? repeated : this.#add(holder, label, class_, engine);
    this.#link(holder, label, class_, node);
    return node;
  }

  #findRepeated(holder: number, label: number, class_: number): number {
    const window = this.#depths[holder] < DEEP ? FOLD_WINDOW : DEEP_WINDOW;
    let node = holder;
    for (let step = 0; step < window && node > TREE_ROOT; step++) {
      if (this.#labelOf[node] === label && this.#classOf[node] === class_) return node;
      node = this.#parents[node];
    }
    return -1;
  }

  #add(parent: number, label: number, class_: number, engine: 0 | 1): number {
    const node = this.#size++;
    if (node === this.#parents.length) this.#growNodes();
    this.#parents[node] = parent;
    this.#labelOf[node] = label;
    this.#classOf[node] = class_;
    this.#depths[node] = parent < 0 ? 0 : this.#depths[parent] + 1;
    this.#engine[node] = engine;
    return node;
  }

  #link(holder: number, label: number, class_: number, to: number): void {
    const at = this.#linkCount++;
    if (at === this.#linkFrom.length) this.#growLinks();
    this.#linkFrom[at] = holder;
    this.#linkLabel[at] = label;
    this.#linkClass[at] = class_;
    this.#linkTo[at] = to;
    this.#enter(at);
  }

  #enter(link: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash(this.#linkFrom[link], this.#linkLabel[link], this.#linkClass[link]) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = link + 1;
  }

  #growNodes(): void {
    this.#parents = grown(this.#parents);
    this.#labelOf = grown(this.#labelOf);
    this.#classOf = grown(this.#classOf);
    this.#depths = grown(this.#depths);
    this.#engine = grownBytes(this.#engine);
    this.#transparent = grownBytes(this.#transparent);
    this.#repeated = grownBytes(this.#repeated);
  }

  #growLinks(): void {
    this.#linkFrom = grown(this.#linkFrom);
    this.#linkLabel = grown(this.#linkLabel);
    this.#linkClass = grown(this.#linkClass);
    this.#linkTo = grown(this.#linkTo);
    // keep less than half full
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let link = 0; link < this.#linkCount - 1; link++) this.#enter(link);
  }
}

function hash(holder: number, label: number, class_: number): number {
  let h =
    Math.imul(holder, 0x9e3779b1) ^ Math.imul(label, 0x85ebca6b) ^ Math.imul(class_, 0xc2b2ae35);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

function grown(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(column.length * 2);
  longer.set(column);
  return longer;
}

function grownBytes(column: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(column.length * 2);
  longer.set(column);
  return longer;
}
