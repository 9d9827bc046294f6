import { type CollectionKind, ENTRY_SLOTS, HashTables } from '../../engine/hash-tables.js';
import type { HeapFacts } from '../../engine/heap-facts.js';
import { EdgeClass, HAS_EXCEPTIONS } from '../../graph/edge-class.js';
import { BITS_BY_TYPE } from '../../graph/edge-rules.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import { HeapLabels } from './heap-labels.js';
import { LabelKind, OpenLabel } from './label-pool.js';
import { type MergedTree, TREE_ROOT } from './merged-tree.js';

/** Maps the objects of a heap to a merged tree. */
export interface FoldedHeap {
  readonly graph: HeapGraph;
  /** 1 + the number of the tree node by node ordinal; 0 for objects that nothing holds. */
  readonly treeOf: Int32Array;
  /** The object through which each one was reached, by node ordinal. */
  readonly parents: Uint32Array;
}

/**
 * Groups of roots whose content differs each time a heap is taken: they only get objects that no
 * other root leads to.
 */
const PASSING_ROOTS: ReadonlySet<string> = new Set([
  '(Stack roots)',
  '(Handle scope)',
  '(Relocatable)',
  '(Micro tasks)',
]);

/** References of lasting roots to which the same applies. */
const PASSING_FIELDS = ['current_microtask'];

/**
 * Links of Node's lists of timers. They are not followed from a timer that a variable holds:
 * otherwise the part of the list that is found first would differ from moment to moment.
 */
const LIST_LINKS = ['_idleNext', '_idlePrev'];
const LIST_HEADS = ['TimersList', 'ImmediateList'];

/** Fields that hold an object's store: the object holds the store's content. */
const STORE_FIELDS = ['table', 'elements', 'properties'];

/**
 * Merges a heap into the tree: breadth first from the root; objects held by the stack after those
 * held by lasting roots, and the engine's own references last.
 */
export function foldHeap(tree: MergedTree, facts: HeapFacts): FoldedHeap {
  return new HeapFold(tree, facts).run();
}

/** By node type: 1 for objects, which have their entries in stores. */
const HAS_STORES = new Uint8Array(256);
for (const type of [NodeType.object, NodeType.closure, NodeType.regexp]) HAS_STORES[type] = 1;

/** Marks references that are followed later. */
const PASSING = 1;
const PASSED_BY = 2;

class HeapFold {
  readonly #tree: MergedTree;
  readonly #graph: HeapGraph;
  readonly #labels: HeapLabels;
  readonly #tables: HashTables;
  readonly #treeOf: Int32Array;
  readonly #parents: Uint32Array;
  /** The current level, in the order of tree nodes. */
  readonly #level: Uint32Array;
  /** The nodes that it reaches, in the order found. */
  readonly #next: Uint32Array;
  #found = 0;
  readonly #links: ReadonlySet<number>;
  /** Labels of those links, and classes of the objects that begin such a list. */
  readonly #linkLabels: ReadonlySet<number>;
  readonly #headClasses: ReadonlySet<number>;
  /** Groups of passing roots. */
  readonly #passing: number[] = [];
  #isPassing = false;
  /** Nodes with references of the engine, in the order reached. */
  readonly #passedBy: number[] = [];
  #isEngine = false;
  /** By node: which of the two lists contains it; at most once. */
  readonly #putOffs: Uint8Array;
  /** By class: Map or Set; filled on demand. */
  readonly #collections = new Map<number, CollectionKind | null>();
  readonly #storeNames: ReadonlySet<number>;
  readonly #passingNames: ReadonlySet<number>;
  /** Scratch memory by tree node. */
  #counts = new Int32Array(1 << 12);

  constructor(tree: MergedTree, facts: HeapFacts) {
    const { graph } = facts;
    this.#tree = tree;
    this.#graph = graph;
    const globals = new Set<number>(facts.globals.flatMap(({ aliases }) => aliases));
    this.#labels = new HeapLabels(tree, graph, globals);
    this.#tables = new HashTables(graph);
    this.#treeOf = new Int32Array(graph.nodeCount);
    this.#parents = new Uint32Array(graph.nodeCount);
    this.#level = new Uint32Array(graph.nodeCount);
    this.#next = new Uint32Array(graph.nodeCount);
    this.#putOffs = new Uint8Array(graph.nodeCount);
    const { strings } = graph.tables;
    this.#storeNames = new Set(STORE_FIELDS.flatMap((field) => strings.find(field)));
    this.#links = new Set(LIST_LINKS.flatMap((name) => strings.find(name)));
    const { labels, classes } = tree;
    this.#linkLabels = new Set(LIST_LINKS.map((name) => labels.named(LabelKind.property, name)));
    this.#headClasses = new Set(LIST_HEADS.map((name) => classes.of(name)));
    this.#passingNames = new Set(PASSING_FIELDS.flatMap((field) => strings.find(field)));
  }

  run(): FoldedHeap {
    const { root } = this.#graph;
    this.#treeOf[root] = TREE_ROOT + 1;
    this.#reachGlobals(root);
    this.#level[0] = root;
    this.#runFrom(1);
    this.#isPassing = true;
    this.#level.set(this.#passing);
    this.#runFrom(this.#passing.length);
    this.#isEngine = true;
    this.#level.set(this.#passedBy);
    this.#runFrom(this.#passedBy.length);
    return { graph: this.#graph, treeOf: this.#treeOf, parents: this.#parents };
  }

  /**
   * Reaches globals. A root's shortcuts to them hold nothing, but give the shortest path to them.
   */
  #reachGlobals(root: number): void {
    const { firstEdge, edgeTypes, edgeTargets } = this.#graph.tables;
    const label = this.#tree.labels.named(LabelKind.internal, 'global');
    for (let edge = firstEdge[root]; edge < firstEdge[root + 1]; edge++) {
      if (edgeTypes[edge] === EdgeType.shortcut) this.#reach(root, edgeTargets[edge], label);
    }
  }

  #runFrom(length: number): void {
    for (let level = length; level > 0; level = this.#takeNext()) {
      for (let i = 0; i < level; i++) this.#follow(this.#level[i]);
    }
  }

  /**
   * Sorts the reached nodes by tree node, so that of two holders of an object the same one gets it
   * each time.
   */
  #takeNext(): number {
    const length = this.#found;
    this.#found = 0;
    const nodes: number[] = [];
    if (this.#counts.length < this.#tree.size) this.#counts = new Int32Array(this.#tree.size * 2);
    const counts = this.#counts;
    const [next, treeOf] = [this.#next, this.#treeOf];
    for (let i = 0; i < length; i++) {
      const node = treeOf[next[i]];
      if (counts[node]++ === 0) nodes.push(node);
    }
    if (nodes.length > 1) nodes.sort((a, b) => a - b);
    let place = 0;
    for (const node of nodes) {
      const count = counts[node];
      counts[node] = place;
      place += count;
    }
    for (let i = 0; i < length; i++) this.#level[counts[treeOf[next[i]]]++] = next[i];
    for (const node of nodes) counts[node] = 0;
    return length;
  }

  #follow(node: number): void {
    const { firstEdge, edgeTypes, edgeTargets, ephemeronNames } = this.#graph.rules.columns;
    const { edgeNames, nodeTypes } = this.#graph.tables;
    const isRoots = nodeTypes[node] === NodeType.synthetic && !this.#isPassing;
    if (isRoots && this.#isPassingGroup(node)) return;
    const owner = this.#graph.rules.owners[node];
    const isUsual = (owner & HAS_EXCEPTIONS) === 0;
    const isTable = this.#tree.isTransparent(this.#treeOf[node] - 1);
    const isWide = HAS_STORES[nodeTypes[node]] === 1 && this.#labels.isDictionary(node);
    const treeOf = this.#treeOf;
    let isPassedBy = false;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const target = edgeTargets[edge];
      if (treeOf[target] !== 0) continue;
      const type = edgeTypes[edge];
      const bits = isUsual
        ? BITS_BY_TYPE[(owner << 8) | type]
        : this.#graph.rules.bitsOf(edge, node);
      if ((bits & EdgeClass.RETAINING) === 0) continue;
      if ((bits & EdgeClass.ENGINE) !== 0 && !this.#isEngine) {
        isPassedBy = true;
        continue;
      }
      const name = edgeNames[edge];
      if (type === EdgeType.internal) {
        if (ephemeronNames[name] === 1) {
          // the table's half says the same as the key's
          if (nodeTypes[node] !== NodeType.array) this.#reach(node, target, OpenLabel.weakMap);
        } else if (isRoots && this.#passingNames.has(name)) {
          this.#putOff(node, this.#passing, PASSING);
        } else if (isTable) {
          this.#reach(node, target, this.#slotLabel(node, name));
        } else {
          this.#reachField(node, target, name);
        }
      } else if (this.#links.has(name) && this.#isBesideList(node)) {
        this.#putOff(node, this.#passing, PASSING);
      } else {
        this.#reach(
          node,
          target,
          isWide && type === EdgeType.property ? OpenLabel.dictionary : this.#labelOf(type, name),
        );
      }
    }
    if (isPassedBy) this.#putOff(node, this.#passedBy, PASSED_BY);
  }

  #putOff(node: number, list: number[], mark: number): void {
    if ((this.#putOffs[node] & mark) !== 0) return;
    this.#putOffs[node] |= mark;
    list.push(node);
  }

  /** True if a timer was reached by something other than its list. */
  #isBesideList(node: number): boolean {
    if (this.#isPassing) return false;
    const place = this.#treeOf[node] - 1;
    if (this.#linkLabels.has(this.#tree.labelOf(place))) return false;
    return !this.#headClasses.has(this.#tree.classOf(place));
  }

  #isPassingGroup(group: number): boolean {
    if (!PASSING_ROOTS.has(this.#graph.nameOf(group as NodeOrdinal))) return false;
    this.#putOff(group, this.#passing, PASSING);
    return true;
  }

  #labelOf(type: number, name: number): number {
    switch (type) {
      case EdgeType.property:
        return this.#labels.property(name);
      case EdgeType.element:
        return OpenLabel.element;
      case EdgeType.context:
        return this.#labels.variable(name);
      case EdgeType.hidden:
        return OpenLabel.numbered;
      default:
        return this.#labels.internal(name);
    }
  }

  /**
   * Reaches a field. A store is not a separate step: its Map or Set holds the content of a table.
   */
  #reachField(node: number, target: number, name: number): void {
    const { nodeTypes } = this.#graph.tables;
    const label = this.#labels.internal(name);
    this.#reach(node, target, label);
    if (!this.#storeNames.has(name) || HAS_STORES[nodeTypes[node]] === 0) return;
    if (nodeTypes[target] === NodeType.array) this.#tree.makeTransparent(this.#treeOf[target] - 1);
  }

  /** The label of a table's slot, as seen from its Map or Set. */
  #slotLabel(table: number, name: number): number {
    const slot = this.#labels.slotOf(name);
    const kind = slot < 0 ? null : this.#collectionOf(this.#parents[table]);
    if (kind === null) return this.#labels.internal(name);
    if (kind === 'Set') return OpenLabel.setMember;
    const inEntry = slot - this.#tables.firstSlotOf(kind, table as NodeOrdinal);
    return inEntry % ENTRY_SLOTS.Map === 0 ? OpenLabel.mapKey : OpenLabel.mapValue;
  }

  #collectionOf(holder: number): CollectionKind | null {
    const class_ = this.#labels.classOf(holder);
    const known = this.#collections.get(class_);
    if (known !== undefined) return known;
    const kind = this.#tables.kindOf(holder as NodeOrdinal);
    this.#collections.set(class_, kind);
    return kind;
  }

  #reach(node: number, target: number, label: number): void {
    const tree = this.#tree;
    const own = this.#treeOf[node] - 1;
    const holder = tree.isTransparent(own) ? tree.parentOf(own) : own;
    const class_ = this.#labels.classOf(target);
    this.#treeOf[target] = tree.child(holder, label, class_, this.#isEngine ? 1 : 0) + 1;
    this.#parents[target] = node;
    this.#next[this.#found++] = target;
  }
}
