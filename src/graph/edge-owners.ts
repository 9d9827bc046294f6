import type { NodeTypeName, SnapshotTables } from '../snapshot/snapshot-tables.js';
import { touched } from '../util/touched.js';
import { EdgeClass, WEAK_INTERNAL } from './edge-class.js';
import { positionsOf } from './positions-of.js';
import { EdgeType, NodeType } from './types.js';

const CONSOLE_SUFFIX = ' / DevTools console';
/** The root group of what a debugger keeps while it steps and breaks. */
const DEBUGGER = '(Debugger)';

/**
 * Node names that are engine bookkeeping although their type does not say so. V8 gives them the type
 * `hidden` or `native`; node types `code` and `object shape` are bookkeeping as a whole.
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
  // JavaScriptCore's words, in files written by Bun
  'FunctionRareData',
  'PropertyTable',
  'StructureChain',
  'StructureRareData',
  'SymbolTable',
]);

/** What Chrome works out about a page to lay it out, draw it and look up ids. */
const LAYOUT_NAME =
  /^blink::(Layout|Physical|Inline|OffsetMapping|Paint|Fragment|TreeOrderedMap|HeapVectorBacking<blink::FragmentItem>)/;

/** The tables of interned strings look strong in old files but do not keep their strings alive. */
const STRING_TABLES = new Set(['(Internalized strings)', '(External strings)']);

/** What a name says of a node of some types, by string index. */
const NameMark = { UNKNOWN: 0, NOTHING: 1, ENGINE: 2, STRING_TABLE: 3 } as const;

const PLAIN = EdgeClass.RETAINING | EdgeClass.COUNTED;

/** By node type: the bits of its edges, as far as its name changes nothing. */
const BITS = byType(PLAIN, {
  code: PLAIN | EdgeClass.ENGINE,
  'object shape': PLAIN | EdgeClass.ENGINE,
  array: PLAIN | EdgeClass.TABLE_HALF,
});

/** By node type: 1 where the name matters. */
const IS_NAMED = byType(0, { hidden: 1, native: 1, array: 1, synthetic: 1 });

/**
 * What follows for edges from the nodes they leave. Looks once at the names of all nodes, so that
 * whoever goes over the edges reads columns only.
 */
export class EdgeOwners {
  /** By node ordinal: EdgeClass bits of the edges that leave it, WEAK_INTERNAL, HAS_EXCEPTIONS. */
  readonly bits: Uint8Array;
  readonly #tables: SnapshotTables;
  #debugger = -1;
  /** Nodes some of whose edges are told by their own names. */
  readonly #exceptional: number[] = [];

  constructor(tables: SnapshotTables) {
    this.#tables = tables;
    this.bits = new Uint8Array(new SharedArrayBuffer(tables.nodeCount));
    this.#lookAtNodes();
    this.#lookForWeakRefs();
  }

  #lookAtNodes(): void {
    const { nodeCount, nodeTypes, nodeNames, strings } = this.#tables;
    const marks = touched(new Uint8Array(strings.count));
    // owners that DevTools names when it leaves out edges: it asks for type and name exactly
    const contextName = strings.find('system / NativeContext')[0];
    const descriptorsName = strings.find('(map descriptors)')[0];
    for (let node = 0; node < nodeCount; node++) {
      const type = nodeTypes[node];
      let bits = BITS[type];
      if (IS_NAMED[type] === 1) {
        const name = nodeNames[node];
        if (marks[name] === NameMark.UNKNOWN) marks[name] = markOf(strings.get(name));
        if (type === NodeType.synthetic) {
          if (marks[name] === NameMark.STRING_TABLE) bits &= ~EdgeClass.RETAINING;
          else this.#noteSynthetic(node);
        } else {
          if (marks[name] === NameMark.ENGINE) bits |= EdgeClass.ENGINE;
          const exception = type === NodeType.hidden ? contextName : descriptorsName;
          if (name === exception && type !== NodeType.native) this.#exceptional.push(node);
        }
      }
      this.bits[node] = bits;
    }
  }

  /** Bun writes what a WeakRef points to as an ordinary internal reference. */
  #lookForWeakRefs(): void {
    const { nodeTypes, nodeNames, strings } = this.#tables;
    // V8 always puts a placeholder into string 0, JavaScriptCore's writer the empty string
    const isBun = strings.count > 0 && strings.get(0) === '';
    for (const node of isBun ? positionsOf(nodeNames, strings.find('WeakRef')) : []) {
      if (nodeTypes[node] === NodeType.object) this.bits[node] |= WEAK_INTERNAL;
    }
  }

  #noteSynthetic(node: number): void {
    const { nodeNames, strings } = this.#tables;
    if (strings.equals(nodeNames[node], DEBUGGER)) this.#debugger = node;
    this.#exceptional.push(node);
  }

  /**
   * The few edges whose own name or owner matters: debugger handles, some that DevTools does not count,
   * and the root's shortcuts.
   *
   * @param bitsOf what the edges of an owner mean otherwise.
   * @returns EdgeClass bits by edge ordinal.
   */
  findExceptions(bitsOf: (edge: number, owner: number) => number): Map<number, number> {
    const { firstEdge, edgeTypes, edgeTargets, rootOrdinal: root } = this.#tables;
    const found = new Map<number, number>();
    const retaining = this.bits[root] & EdgeClass.RETAINING;
    for (let edge = firstEdge[root]; edge < firstEdge[root + 1]; edge++) {
      const isWay = edgeTypes[edge] === EdgeType.shortcut && edgeTargets[edge] !== root;
      if (isWay) found.set(edge, bitsOf(edge, root) | retaining | EdgeClass.ESSENTIAL);
    }
    for (const node of this.#exceptional) {
      for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
        if (edgeTypes[edge] !== EdgeType.internal) continue;
        const bits = this.#exceptionOf(node, edge, bitsOf(edge, node));
        if (bits !== null) found.set(edge, bits);
      }
    }
    return found;
  }

  #exceptionOf(node: number, edge: number, bits: number): number | null {
    const { edgeNames, nodeTypes, strings } = this.#tables;
    const name = strings.get(edgeNames[edge]);
    const isDebugger = name.endsWith(CONSOLE_SUFFIX) || node === this.#debugger;
    switch (nodeTypes[node]) {
      case NodeType.synthetic:
        return isDebugger
          ? EdgeClass.CONSOLE | EdgeClass.COUNTED | (bits & EdgeClass.ESSENTIAL)
          : null;
      case NodeType.hidden:
        return name === 'sloppy_function_map' ? bits & ~EdgeClass.COUNTED : null;
      default:
        return isDescriptor(name) ? bits & ~EdgeClass.COUNTED : null;
    }
  }
}

/**
 * The last of each three slots, after two of a header. Shapes share descriptors, so one may well
 * belong to another shape: DevTools does not follow them when it counts distances.
 */
function isDescriptor(name: string): boolean {
  const slot = Number.parseInt(name, 10);
  return slot >= 2 && slot % 3 === 1;
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
