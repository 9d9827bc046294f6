import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { positionsOf } from '../graph/positions-of.js';
import { EdgeType, NodeType } from '../graph/types.js';
import type { HeapFacts } from './heap-facts.js';
import { MODULE_RECORDS } from './module-records.js';

const REGISTRY = 'FinalizationRegistry';

/**
 * What a node is to someone reading a picture. From `storage` to `task` they
 * are the engine's parts of an object and are folded into a reference from the object they belong to.
 */
const KINDS = [
  'root',
  'root-group',
  'global',
  'realm',
  'module-record',
  'scope',
  'storage',
  'table',
  'registers',
  'reaction',
  'weak-cell',
  'request',
  'task',
  'stack-trace',
  'blink-listener',
  'blink-timer',
  'blink-callback',
  'engine',
  'plain',
] as const;

export type NodeKind = (typeof KINDS)[number];

const STORAGE_ARRAYS = new Set(['(object elements)', '(object properties)', '(bound arguments)']);
const STORAGE_NAMES = new Set([
  'system / AccessorPair',
  'system / Cell',
  'system / ContextCell',
  'system / PropertyArray',
  'system / PropertyCell',
  'system / SwissNameDictionary',
]);
/** For unnamed arrays, and for what V8 up to 7.9 calls just "system", such as property arrays. */
const FIELD_KINDS: ReadonlyMap<string, NodeKind> = new Map([
  ['properties', 'storage'],
  ['descriptors', 'engine'],
  ['transitions', 'engine'],
  ['table', 'table'],
  ['parameters_and_registers', 'registers'],
]);
/** Chrome's C++ objects between a page's function and what it was handed to. */
const BLINK_KINDS: readonly (readonly [NodeKind, RegExp])[] = [
  [
    'blink-listener',
    /^(V8EventListener|V8\w*(Handler|HandlerNonNull)|EventListener|blink::EventTargetData)$|^blink::.*RegisteredEventListener/,
  ],
  [
    'blink-timer',
    /^(ScheduledAction|DOMTimer|V8Function)$|^blink::.*DOMTimer|^blink::HeapHashTableBacking<.*blink::Supplement<blink::ExecutionContext>/,
  ],
  ['blink-callback', /^(V8\w+Callback|MutationObserver::Delegate)$/],
];
const TABLE_ITERATORS = new Set(['Map Iterator', 'Set Iterator', 'MapIterator', 'SetIterator']);
/** Records of the engine that stand between two objects of a program. */
const RECORDS: ReadonlyMap<string, NodeKind> = new Map([
  ...[...MODULE_RECORDS].map((name) => [name, 'module-record'] as const),
  ['system / PromiseReaction', 'reaction'],
  ['system / WeakCell', 'weak-cell'],
  ['system / AsyncGeneratorRequest', 'request'],
  ['system / CallSiteInfo', 'stack-trace'],
  ['system / ErrorStackData', 'stack-trace'],
  ['system / AsyncResumeTask', 'task'],
  ['system / CallableTask', 'task'],
  ['system / CallbackTask', 'task'],
  ['system / PromiseFulfillReactionJobTask', 'task'],
  ['system / PromiseRejectReactionJobTask', 'task'],
  ['system / PromiseResolveThenableJobTask', 'task'],
]);

export class NodeKinds {
  readonly #facts: HeapFacts;
  readonly #graph: HeapGraph;
  /** 1 + index into KINDS by node ordinal, 0 where nobody has asked; length nodeCount. */
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

  /** Whether a node is one of `moduleRecords`. */
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
    if (STORAGE_NAMES.has(name)) return 'storage';
    if (name === 'system') return this.#kindOfUnnamed(node);
    if (name.startsWith('system / NativeContext')) return 'realm';
    const record = RECORDS.get(name);
    if (record !== undefined) return record;
    const [blink] = BLINK_KINDS.find(([, names]) => names.test(name)) ?? [];
    if (blink !== undefined) return blink;
    return this.#isBookkeeping(node) ? 'engine' : 'plain';
  }

  #kindOfArray(node: NodeOrdinal): NodeKind {
    const name = this.#graph.nameOf(node);
    if (STORAGE_ARRAYS.has(name)) return 'storage';
    if (name !== '') return this.#isBookkeeping(node) ? 'engine' : 'plain';
    return this.#kindOfUnnamed(node);
  }

  #kindOfUnnamed(node: NodeOrdinal): NodeKind {
    if (this.#isOfRegistry(node)) return 'weak-cell';
    return this.#kindOfField(node) ?? 'plain';
  }

  /** A cell of a FinalizationRegistry where V8 does not name it, or the table that finds cells by tokens. */
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

  /** What a node without a telling name is, by the field through which it belongs to its object. */
  #kindOfField(node: NodeOrdinal): NodeKind | null {
    for (const e of this.#graph.retainersOf(node)) {
      const edge = e as EdgeOrdinal;
      if (this.#isIteratorTable(edge)) return 'table';
      if (this.#isScopeSlot(edge)) return 'storage';
      if (this.#isStackTrace(edge)) return 'stack-trace';
      if (this.#graph.edgeTypeOf(edge) !== EdgeType.internal) continue;
      const kind = FIELD_KINDS.get(this.#graph.edgeNameOf(edge));
      if (kind !== undefined) return kind;
    }
    return null;
  }

  /** The functions built into V8 keep arrays in their scopes, such as the values of Promise.all. */
  #isScopeSlot(edge: EdgeOrdinal): boolean {
    if (this.#graph.edgeTypeOf(edge) !== EdgeType.hidden) return false;
    return this.#facts.contexts.isContext(this.#graph.ownerOf(edge));
  }

  /** An error has its captured stack under a private symbol: no other property refers to such arrays. */
  #isStackTrace(edge: EdgeOrdinal): boolean {
    if (this.#graph.edgeTypeOf(edge) === EdgeType.property) {
      return this.#graph.edgeNameOf(edge).startsWith('<symbol');
    }
    return this.#graph.nameOf(this.#graph.ownerOf(edge)) === 'system / ErrorStackData';
  }

  /** An iterator may outlive its Map or Set, or hold the table that one has outgrown. */
  #isIteratorTable(edge: EdgeOrdinal): boolean {
    if (this.#graph.edgeTypeOf(edge) !== EdgeType.hidden) return false;
    return TABLE_ITERATORS.has(this.#graph.nameOf(this.#graph.ownerOf(edge)));
  }

  /** The graph has already decided which nodes are bookkeeping: it shows on the edges they own. */
  #isBookkeeping(node: NodeOrdinal): boolean {
    return this.#graph.isEngineOwned(node);
  }
}
