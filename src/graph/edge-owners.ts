import type { SnapshotTables } from '../snapshot/snapshot-tables.js';
import { EdgeClass, WEAK_INTERNAL } from './edge-class.js';
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

/** What follows for an edge from the node it leaves. */
export class OwnerRules {
  readonly #tables: SnapshotTables;
  /** By string index: 0 not looked at, 1 ordinary, 2 engine. Few names occur on these node types. */
  readonly #engineNames: Uint8Array;
  #debugger = -1;
  readonly #exceptional: number[] = [];
  readonly #contextName: number | undefined;
  readonly #descriptorsName: number | undefined;
  /** -1 where a WeakRef is no matter. */
  readonly #weakRefName: number;

  constructor(tables: SnapshotTables) {
    this.#tables = tables;
    this.#contextName = tables.strings.find('system / NativeContext')[0];
    this.#descriptorsName = tables.strings.find('(map descriptors)')[0];
    this.#engineNames = new Uint8Array(tables.strings.count);
    // V8 always puts a placeholder into string 0, JavaScriptCore's writer the empty string
    const isBun = tables.strings.count > 0 && tables.strings.get(0) === '';
    this.#weakRefName = (isBun ? tables.strings.find('WeakRef')[0] : undefined) ?? -1;
  }

  /**
   * EdgeClass bits of the edges that leave a node, and what holds for some of them only: at the place
   * of its first edge, where the bits of that edge will be. A column of their own would be more memory.
   */
  writeTo(classes: Uint8Array): void {
    const { nodeCount, firstEdge } = this.#tables;
    for (let node = 0; node < nodeCount; node++) {
      const edge = firstEdge[node];
      if (edge < firstEdge[node + 1]) classes[edge] = this.bitsOf(node);
    }
  }

  /** What `writeTo` writes of a node. */
  bitsOf(node: number): number {
    const type = this.#tables.nodeTypes[node];
    if (type === NodeType.object || type === NodeType.closure) {
      const bits = EdgeClass.RETAINING | EdgeClass.COUNTED;
      return this.#isWeakRef(node) ? bits | WEAK_INTERNAL : bits;
    }
    const half = type === NodeType.array ? EdgeClass.TABLE_HALF : 0;
    return this.#unlikePlain(node) | EdgeClass.COUNTED | half;
  }

  /** Of anything but an ordinary object. */
  #unlikePlain(node: number): number {
    const type = this.#tables.nodeTypes[node];
    if (type === NodeType.code || type === NodeType['object shape']) {
      return EdgeClass.RETAINING | EdgeClass.ENGINE;
    }
    if (type === NodeType.hidden || type === NodeType.native || type === NodeType.array) {
      const name = this.#tables.nodeNames[node];
      if (this.#engineNames[name] === 0) this.#classifyName(name);
      this.#noteUncounted(node, name);
      return this.#engineNames[name] === 2
        ? EdgeClass.RETAINING | EdgeClass.ENGINE
        : EdgeClass.RETAINING;
    }
    if (type === NodeType.synthetic) return this.#synthetic(node);
    return EdgeClass.RETAINING;
  }

  /** Bun writes what a WeakRef points to as an ordinary internal reference. */
  #isWeakRef(node: number): boolean {
    if (this.#weakRefName < 0) return false;
    const { nodeTypes, nodeNames } = this.#tables;
    return nodeNames[node] === this.#weakRefName && nodeTypes[node] === NodeType.object;
  }

  #classifyName(name: number): void {
    const text = this.#tables.strings.get(name);
    const isEngine =
      ENGINE_NAMES.has(text) || text.startsWith('system / Map (') || LAYOUT_NAME.test(text);
    this.#engineNames[name] = isEngine ? 2 : 1;
  }

  /** Owners that DevTools names when it leaves out edges: it asks for type and name exactly. */
  #noteUncounted(node: number, name: number): void {
    const type = this.#tables.nodeTypes[node];
    const wanted = type === NodeType.hidden ? this.#contextName : this.#descriptorsName;
    if (type !== NodeType.native && name === wanted) this.#exceptional.push(node);
  }

  #synthetic(node: number): number {
    const name = this.#tables.strings.get(this.#tables.nodeNames[node]);
    if (STRING_TABLES.has(name)) return 0;
    if (name === DEBUGGER) this.#debugger = node;
    this.#exceptional.push(node);
    return EdgeClass.RETAINING;
  }

  /** The few edges whose own name matters: debugger handles, and some that DevTools does not count. */
  markExceptions(classes: Uint8Array): void {
    const { firstEdge, edgeTypes, edgeNames, nodeTypes, strings } = this.#tables;
    for (const node of this.#exceptional) {
      for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
        if (edgeTypes[edge] !== EdgeType.internal) continue;
        const name = strings.get(edgeNames[edge]);
        const type = nodeTypes[node];
        const isDebugger = name.endsWith(CONSOLE_SUFFIX) || node === this.#debugger;
        if (type === NodeType.synthetic && isDebugger) {
          const essential = classes[edge] & EdgeClass.ESSENTIAL;
          classes[edge] = EdgeClass.CONSOLE | EdgeClass.COUNTED | essential;
        } else if (type === NodeType.hidden && name === 'sloppy_function_map') {
          classes[edge] &= ~EdgeClass.COUNTED;
        } else if (type === NodeType.array && isDescriptor(name)) {
          classes[edge] &= ~EdgeClass.COUNTED;
        }
      }
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
