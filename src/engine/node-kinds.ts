import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { positionsOf } from '../graph/positions-of.js';
import { EdgeType, NodeType } from '../graph/types.js';
import { PARTS } from './folds/folds.js';
import type { HeapFacts } from './heap-facts.js';
import type { KindsOfNodes, NodeKind, PartKind } from './node-kind.js';

const MODULE_RECORD = 'system / SourceTextModule';

/** The position of a kind stands for it in a table of all nodes. */
const KINDS: readonly NodeKind[] = [
  ...(['root', 'root-group', 'global', 'realm', 'module-record', 'scope'] as const),
  ...PARTS.map(({ kind }) => kind),
  ...(['engine', 'plain'] as const),
];

const ARRAYS = kindsBy(({ arrays = [] }) => arrays);
const RECORDS = new Map<string, NodeKind>([
  ...kindsBy(({ records = [] }) => records),
  [MODULE_RECORD, 'module-record'],
]);
const FIELDS = new Map<string, NodeKind>([
  ...kindsBy(({ field }) => (field === undefined ? [] : [field])),
  ['descriptors', 'engine'],
  ['transitions', 'engine'],
]);

/** The nodes of a heap by kind: what the folds recognise, and what the graph itself says. */
export class NodeKinds implements KindsOfNodes {
  readonly #facts: HeapFacts;
  readonly #graph: HeapGraph;
  /** 1 + index into KINDS by node ordinal, 0 where nobody has asked; length nodeCount. */
  readonly #known: Uint8Array;

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
    return positionsOf(nodeNames, strings.find(MODULE_RECORD)) as NodeOrdinal[];
  }

  /** Whether a node is one of `moduleRecords`. */
  isModuleRecord(node: NodeOrdinal): boolean {
    const { nodeNames, strings } = this.#graph.tables;
    return strings.equals(nodeNames[node] as number, MODULE_RECORD);
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
    if (name === 'system') return this.#kindOfField(node) ?? 'plain';
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
    return this.#kindOfField(node) ?? 'plain';
  }

  /** What a node without a telling name is, by the field through which it belongs to its object. */
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

  /** The graph has already decided which nodes are bookkeeping: it shows on the edges they own. */
  #isBookkeeping(node: NodeOrdinal): boolean {
    return this.#graph.isEngineOwned(node);
  }
}

/** The kinds of parts by what they are recognised by. */
function kindsBy(
  keysOf: (recognises: (typeof PARTS)[number]['recognises']) => readonly string[],
): ReadonlyMap<string, PartKind> {
  return new Map(
    PARTS.flatMap(({ kind, recognises }) => keysOf(recognises).map((key) => [key, kind] as const)),
  );
}
