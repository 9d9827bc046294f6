import type { SnapshotTables } from '../snapshot/snapshot-tables.js';
import { EdgeType, NodeType } from './types.js';

/** What an edge means to us, as bits; forward and backward passes must read the same ones. */
export const EdgeClass = {
  /** Keeps its target alive. */
  RETAINING: 1,
  /** Comes from the engine's own bookkeeping (shapes, code, feedback): real, but rarely the answer. */
  ENGINE: 2,
  /** One half of a WeakMap entry: the value lives while key and table both do. */
  EPHEMERON: 4,
  /** A debugger's own: what it holds for its console or while it steps. */
  CONSOLE: 8,
  /** Counted by DevTools when it measures distances, before ephemerons. */
  COUNTED: 16,
  /** The half of a WeakMap entry that leaves the table; dominators only use the key's half. */
  TABLE_HALF: 32,
} as const;

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

/**
 * Decides for every edge, in one pass over the file, what it means. The rules are those of DevTools
 * (`HeapSnapshot.ts`: essential edges, ephemerons) plus the ones a picture needs.
 *
 * @returns EdgeClass bits by edge ordinal; length edgeCount.
 */
export function classifyEdges(tables: SnapshotTables): Uint8Array {
  const { nodeCount, firstEdge, edgeTypes, edgeNames, edgeTargets } = tables;
  const classes = likeColumn(edgeTypes);
  const ephemeronNames = new Uint8Array(tables.strings.count);
  for (const name of tables.strings.ephemeronNames) ephemeronNames[name] = 1;
  const owners = new OwnerRules(tables);
  const { nodeTypes, rootOrdinal } = tables;
  for (let node = 0; node < nodeCount; node++) {
    const end = firstEdge[node + 1];
    const nodeType = nodeTypes[node];
    const isPlain = nodeType === NodeType.object || nodeType === NodeType.closure;
    const owner = (isPlain ? EdgeClass.RETAINING : owners.bitsOf(node)) | EdgeClass.COUNTED;
    const isWeakRef = isPlain && owners.isWeakRef(node);
    for (let edge = firstEdge[node]; edge < end; edge++) {
      const type = edgeTypes[edge];
      if (type === EdgeType.weak) continue;
      let bits = owner;
      if (edgeTargets[edge] === node) bits &= ~EdgeClass.RETAINING;
      if (type === EdgeType.internal) {
        if (isWeakRef) bits &= ~EdgeClass.RETAINING;
        if (ephemeronNames[edgeNames[edge]] === 1) {
          bits |= EdgeClass.EPHEMERON;
          if (nodeType === NodeType.array) bits |= EdgeClass.TABLE_HALF;
        }
      } else if (type === EdgeType.shortcut && node !== rootOrdinal) bits &= ~EdgeClass.RETAINING;
      classes[edge] = bits;
    }
  }
  owners.markExceptions(classes);
  return classes;
}

/** A column in memory of the same kind: what two threads read, they share. */
function likeColumn({ buffer, length }: Uint8Array): Uint8Array {
  if (buffer instanceof SharedArrayBuffer) return new Uint8Array(new SharedArrayBuffer(length));
  return new Uint8Array(length);
}

/** What the halves of a WeakMap entry have in common: their names differ in the number before the first slash. */
export function pairOfName(name: string): string {
  return name.slice(name.indexOf('/'));
}

/** What follows for an edge from the node it leaves. */
class OwnerRules {
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

  bitsOf(node: number): number {
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
  isWeakRef(node: number): boolean {
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
          classes[edge] = EdgeClass.CONSOLE | EdgeClass.COUNTED;
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
