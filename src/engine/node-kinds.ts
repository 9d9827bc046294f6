import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { positionsOf } from '../graph/positions-of.js';
import { EdgeType, NodeType } from '../graph/types.js';
import { PARTS } from './folds/folds.js';
import type { HeapFacts } from './heap-facts.js';
import type { KindsOfNodes, NodeKind, PartKind } from './node-kind.js';
import { MODULE_RECORDS } from './roots/module-records.js';

const REGISTRY = 'FinalizationRegistry';

/** All kinds: a table of all nodes stores a kind by its index here. */
const KINDS: readonly NodeKind[] = [
  ...(['root', 'root-group', 'global', 'realm', 'module-record', 'scope'] as const),
  ...PARTS.map(({ kind }) => kind),
  ...(['engine', 'plain'] as const),
];

const ARRAYS = kindsBy(({ arrays = [] }) => arrays);
const RECORDS = new Map<string, NodeKind>([
  ...kindsBy(({ records = [] }) => records),
  ...[...MODULE_RECORDS].map((name) => [name, 'module-record'] as const),
]);
const FIELDS = new Map<string, NodeKind>([
  ...kindsBy(({ field }) => (field === undefined ? [] : [field])),
  ['descriptors', 'engine'],
  ['transitions', 'engine'],
]);

/** Determines the kind of each node: by the folds, and by the graph itself. */
export class NodeKinds implements KindsOfNodes {
  readonly #facts: HeapFacts;
  readonly #graph: HeapGraph;
  /** 1 + index into KINDS by node ordinal, 0 if not determined yet; length nodeCount. */
  readonly #known: Uint8Array;
  /** String indexes of MODULE_RECORDS. */
  #recordNames: ReadonlySet<number> | null = null;

  constructor(facts: HeapFacts) {
    this.#facts = facts;
    this.#graph = facts.graph;
    this.#known = new Uint8Array(facts.graph.nodeCount);
  }

  kindOf(node: NodeOrdinal): NodeKind {
    const known = KINDS[(this.#known[node] as number) - 1];
    if (known !== undefined) return known;
    const kind = this.#findKind(node);
    this.#known[node] = KINDS.indexOf(kind) + 1;
    return kind;
  }

  /** The records of ES modules. */
  moduleRecords(): readonly NodeOrdinal[] {
    const { nodeNames, strings } = this.#graph.tables;
    const names = [...MODULE_RECORDS].flatMap((name) => strings.find(name));
    return positionsOf(nodeNames, names) as NodeOrdinal[];
  }

  /** True if a node is one of `moduleRecords`. */
  isModuleRecord(node: NodeOrdinal): boolean {
    const { nodeNames, strings } = this.#graph.tables;
    this.#recordNames ??= new Set([...MODULE_RECORDS].flatMap((name) => strings.find(name)));
    return this.#recordNames.has(nodeNames[node] as number);
  }

  #findKind(node: NodeOrdinal): NodeKind {
    if (node === this.#graph.root) return 'root';
    if (this.#facts.globalOf(node) !== null) return 'global';
    if (this.#facts.contexts.isContext(node)) return 'scope';
    switch (this.#graph.typeOf(node)) {
      case NodeType.synthetic:
        return 'root-group';
      case NodeType.code:
      case NodeType['object shape']:
        return 'engine';
      case NodeType.array:
        return this.#kindOfArray(node);
      case NodeType.hidden:
      case NodeType.native:
        return this.#kindOfInternal(node);
      default:
        return 'plain';
    }
  }

  #kindOfInternal(node: NodeOrdinal): NodeKind {
    const name = this.#graph.nameOf(node);
    const known = RECORDS.get(name);
    if (known !== undefined) return known;
    if (name === 'system') return this.#kindOfUnnamed(node);
    if (name.startsWith('system / NativeContext')) return 'realm';
    const part = PARTS.find(({ recognises }) => recognises.pattern?.test(name) === true);
    if (part !== undefined) return part.kind;
    return this.#isBookkeeping(node) ? 'engine' : 'plain';
  }

  #kindOfArray(node: NodeOrdinal): NodeKind {
    const name = this.#graph.nameOf(node);
    const known = ARRAYS.get(name);
    if (known !== undefined) return known;
    if (name !== '') return this.#isBookkeeping(node) ? 'engine' : 'plain';
    return this.#kindOfUnnamed(node);
  }

  #kindOfUnnamed(node: NodeOrdinal): NodeKind {
    if (this.#isOfRegistry(node)) return 'weak-cell';
    return this.#kindOfField(node) ?? 'plain';
  }

  /**
   * True for a cell of a FinalizationRegistry if V8 does not name it, or the table that finds cells
   * by tokens.
   */
  #isOfRegistry(node: NodeOrdinal): boolean {
    const graph = this.#graph;
    const isRegistry = (other: NodeOrdinal) =>
      graph.typeOf(other) === NodeType.object && graph.nameOf(other) === REGISTRY;
    if (graph.typeOf(node) === NodeType.array) {
      return graph.retainersOf(node).some((e) => {
        const isField = graph.edgeTypeOf(e as EdgeOrdinal) === EdgeType.hidden;
        return isField && isRegistry(graph.ownerOf(e as EdgeOrdinal));
      });
    }
    for (let e = graph.firstEdge(node); e < graph.endEdge(node); e++) {
      const edge = e as EdgeOrdinal;
      if (graph.edgeTypeOf(edge) !== EdgeType.hidden || graph.edgeNameOf(edge) !== '0') continue;
      return isRegistry(graph.targetOf(edge));
    }
    return false;
  }

  /**
   * The kind of a node without a specific name, by the field through which it belongs to its
   * object.
   */
  #kindOfField(node: NodeOrdinal): NodeKind | null {
    for (const edge of this.#graph.retainersOf(node)) {
      const kind = this.#kindHeldBy(edge);
      if (kind !== null) return kind;
    }
    return null;
  }

  #kindHeldBy(edge: EdgeOrdinal): NodeKind | null {
    const facts = this.#facts;
    const part = PARTS.find(({ recognises }) => recognises.heldBy?.(facts, edge) === true);
    if (part !== undefined) return part.kind;
    if (this.#graph.edgeTypeOf(edge) !== EdgeType.internal) return null;
    return FIELDS.get(this.#graph.edgeNameOf(edge)) ?? null;
  }

  /**
   * True for bookkeeping. The graph has already determined this: it shows on the edges that such
   * nodes own.
   */
  #isBookkeeping(node: NodeOrdinal): boolean {
    return this.#graph.isEngineOwned(node);
  }
}

/** The kinds of parts, by the feature that recognises them. */
function kindsBy(
  keysOf: (recognises: (typeof PARTS)[number]['recognises']) => readonly string[],
): ReadonlyMap<string, PartKind> {
  return new Map(
    PARTS.flatMap(({ kind, recognises }) => keysOf(recognises).map((key) => [key, kind] as const)),
  );
}
