import type { NodeTypeName, SnapshotTables } from '../snapshot/snapshot-tables.js';
import { EdgeClass, WEAK_INTERNAL } from './edge-class.js';
import { isJavaScriptCore } from './java-script-core.js';
import { positionsOf } from './positions-of.js';
import { NodeType } from './types.js';

/**
 * Names of nodes that are engine bookkeeping although their type does not show it. V8 gives them
 * the type `hidden` or `native`; nodes of the types `code` and `object shape` are all bookkeeping.
 */
const ENGINE_NAMES = new Set([
  '(code relocation info)',
  '(function scope info)',
  '(map descriptors)',
  'system / AccessorInfo',
  'system / AllocationSite',
  'system / ArrayBoilerplateDescription',
  'system / BytecodeWrapper',
  'system / CallHandlerInfo',
  'system / ClassBoilerplate',
  'system / CodeWrapper',
  'system / DescriptorArray',
  'system / DictionaryTemplateInfo',
  'system / EnumCache',
  'system / FeedbackCell',
  'system / FunctionTemplateInfo',
  'system / FunctionTemplateRareData',
  'system / InterceptorInfo',
  'system / Map',
  'system / ObjectTemplateInfo',
  'system / Oddball',
  'system / PrototypeInfo',
  'system / ScopeInfo',
  'system / SharedFunctionInfoWrapper',
  'system / StrongDescriptorArray',
  'system / TransitionArray',
  // names used by JavaScriptCore, in files written by Bun
  'FunctionRareData',
  'PropertyTable',
  'StructureChain',
  'StructureRareData',
  'SymbolTable',
]);

/** Data that Chrome computes to lay out a page, draw it and look up ids. */
const LAYOUT_NAME =
  /^blink::(Layout|Physical|Inline|OffsetMapping|Paint|Fragment|TreeOrderedMap|HeapVectorBacking<blink::FragmentItem>)/;

/** The tables of interned strings look strong in old files but do not keep their strings alive. */
const STRING_TABLES = new Set(['(Internalized strings)', '(External strings)']);

/** The meaning of the name of a node of some types, by string index. */
const NameMark = { NOTHING: 0, ENGINE: 1, STRING_TABLE: 2 } as const;

const PLAIN = EdgeClass.RETAINING | EdgeClass.COUNTED;

/** By node type: the bits of its edges, unless its name changes them. */
const BITS = byType(PLAIN, {
  code: PLAIN | EdgeClass.ENGINE,
  'object shape': PLAIN | EdgeClass.ENGINE,
  array: PLAIN | EdgeClass.TABLE_HALF,
});

/** By node type: 1 if the name matters. */
const IS_NAMED = byType(0, { hidden: 1, native: 1, array: 1, synthetic: 1 });

/**
 * Derives properties of edges from the nodes they leave. Computed per owner when asked for, or for
 * all of them at once.
 */
export class EdgeOwners {
  readonly #tables: SnapshotTables;
  /** NameMark by string index. */
  readonly #marks = new Map<number, number>();
  /**
   * Nodes of WeakRefs in Bun's files, which write their target as an ordinary internal reference;
   * empty for other files.
   */
  readonly #weakRefs: ReadonlySet<number>;

  constructor(tables: SnapshotTables) {
    const { nodeTypes, nodeNames, strings } = tables;
    this.#tables = tables;
    const named = isJavaScriptCore(tables) ? positionsOf(nodeNames, strings.find('WeakRef')) : [];
    this.#weakRefs = new Set(named.filter((node) => nodeTypes[node] === NodeType.object));
  }

  /** EdgeClass bits of the edges that leave a node, and WEAK_INTERNAL. */
  bitsOf(node: number): number {
    const type = this.#tables.nodeTypes[node];
    const bits = BITS[type];
    if (IS_NAMED[type] === 0) return this.#weakRefs.has(node) ? bits | WEAK_INTERNAL : bits;
    const mark = this.#markOf(this.#tables.nodeNames[node]);
    if (type === NodeType.synthetic) {
      return mark === NameMark.STRING_TABLE ? bits & ~EdgeClass.RETAINING : bits;
    }
    return mark === NameMark.ENGINE ? bits | EdgeClass.ENGINE : bits;
  }

  /** The bits of all nodes, by ordinal. */
  all(): Uint8Array {
    const { nodeCount, nodeTypes } = this.#tables;
    const found = new Uint8Array(new SharedArrayBuffer(nodeCount));
    for (let node = 0; node < nodeCount; node++) {
      const type = nodeTypes[node];
      found[node] = IS_NAMED[type] === 0 ? BITS[type] : this.bitsOf(node);
    }
    for (const node of this.#weakRefs) found[node] |= WEAK_INTERNAL;
    return found;
  }

  #markOf(name: number): number {
    const known = this.#marks.get(name);
    if (known !== undefined) return known;
    const mark = markOf(this.#tables.strings.get(name));
    this.#marks.set(name, mark);
    return mark;
  }
}

function markOf(name: string): number {
  const isEngine =
    ENGINE_NAMES.has(name) || name.startsWith('system / Map (') || LAYOUT_NAME.test(name);
  if (isEngine) return NameMark.ENGINE;
  return STRING_TABLES.has(name) ? NameMark.STRING_TABLE : NameMark.NOTHING;
}

function byType(other: number, known: Partial<Record<NodeTypeName, number>>): Uint8Array {
  const table = new Uint8Array(256).fill(other);
  for (const [name, value] of Object.entries(known)) table[NodeType[name as NodeTypeName]] = value;
  return table;
}
