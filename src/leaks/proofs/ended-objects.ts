import { findDetached } from '../../engine/find-detached.js';
import type { HeapFacts } from '../../engine/heap-facts.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { positionsOf } from '../../graph/positions-of.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import type { ProofKind } from './proof.js';

/** A way to recognise that objects of a class have ended. */
interface EndedRow {
  readonly kind: ProofKind;
  readonly classes: readonly string[];
  readonly test: (object: Fields) => boolean;
  /** The least number under one holder: fewer may be about to be collected. */
  readonly least: number;
}

/**
 * Objects that end, and how a heap shows it. Sources: lib/net.js, lib/_http_server.js,
 * lib/_http_outgoing.js, lib/internal/abort_controller.js and lib/internal/worker.js of Node.js,
 * detachFiberAfterEffects in React 17 to 19.
 */
const ENDED: readonly EndedRow[] = [
  {
    // a server's socket has a handle from the beginning; it is null after `destroy`
    kind: 'closed-socket',
    classes: ['Socket', 'TLSSocket'],
    test: (socket) => socket.has('_server') && HANDLES.some((name) => socket.isNull(name)),
    least: 5,
  },
  {
    // a response loses its socket when it has been sent
    kind: 'finished-response',
    classes: ['ServerResponse'],
    test: (response) => {
      return response.has('_header') && SOCKETS.some((name) => response.isNull(name));
    },
    least: 5,
  },
  {
    kind: 'finished-request',
    classes: ['ClientRequest'],
    test: (request) => request.isTrue('_closed'),
    least: 5,
  },
  {
    kind: 'closed-stream',
    classes: [
      ...['Gzip', 'Gunzip', 'Deflate', 'Inflate', 'DeflateRaw', 'InflateRaw', 'Unzip'],
      ...['BrotliCompress', 'BrotliDecompress', 'ZstdCompress', 'ZstdDecompress'],
    ],
    test: (stream) => stream.has('_writeState') && stream.isNull('_handle'),
    least: 5,
  },
  {
    kind: 'ended-process',
    classes: ['ChildProcess'],
    test: (program) => program.has('spawnfile') && program.isNull('_handle'),
    least: 3,
  },
  {
    // Node.js derives a signal from EventTarget; the reason is undefined until it is aborted
    kind: 'aborted-signal',
    classes: ['AbortSignal', 'EventTarget'],
    test: (signal) =>
      signal.has('<symbol kReason>') &&
      ['<symbol kEvents>', '<symbol kDependantSignals>'].some((name) => signal.holdsEntries(name)),
    least: 3,
  },
  {
    kind: 'exited-worker',
    classes: ['Worker'],
    test: (worker) => worker.has('<symbol kParentSideStdio>') && worker.isNull('<symbol kHandle>'),
    least: 3,
  },
  {
    kind: 'unmounted-fiber',
    classes: ['FiberNode'],
    test: (fiber) =>
      ['return', 'stateNode', 'child', 'memoizedProps'].every((name) => fiber.isNull(name)),
    least: 5,
  },
];

/**
 * The fields in which sockets have their handle: in Node.js 20 and later the second one is only a
 * getter.
 */
const HANDLES = ['<symbol kHandle>', '_handle'];
/**
 * The fields in which messages have their socket: in Node.js 24 and later the second one is only a
 * getter.
 */
const SOCKETS = ['<symbol kSocket>', 'socket'];

/** Properties that are true of objects that have ended. */
interface EndedFlag {
  readonly kind: ProofKind;
  readonly property: string;
  /** Further properties that objects of this kind have. */
  readonly others: readonly string[];
  /**
   * The property by which the ended object refers to the one with the flag; absent if it has the
   * flag itself.
   */
  readonly of?: string;
}

/** Sources: component.ts of Vue 3, Subscriber.ts of RxJS 7, Span.ts of OpenTelemetry, lifecycle.ts of VS Code. */
const ENDED_FLAGS: readonly EndedFlag[] = [
  { kind: 'unmounted-component', property: 'isUnmounted', others: ['vnode', 'appContext'] },
  { kind: 'closed-subscriber', property: 'closed', others: ['isStopped', 'destination'] },
  { kind: 'ended-span', property: '_ended', others: ['_spanContext'] },
  { kind: 'disposed', property: '_isDisposed', others: ['_toDispose'], of: '_store' },
];
const LEAST_FLAGGED = 5;

/** Objects that have ended, by kind. */
export interface EndedObjects {
  readonly kind: ProofKind;
  readonly objects: readonly NodeOrdinal[];
  readonly least: number;
  /** The least number of bytes under one holder; absent if any object counts. */
  readonly leastBytes?: number;
}

export function findEnded(facts: HeapFacts): readonly EndedObjects[] {
  const { graph } = facts;
  const found: EndedObjects[] = [
    detachedElements(graph),
    closedWindows(facts),
    unusedCaptures(facts),
  ];
  for (const { kind, classes, test, least } of ENDED) {
    const objects = instancesOf(graph, classes).filter((node) => test(new Fields(graph, node)));
    found.push({ kind, objects, least });
  }
  for (const flag of ENDED_FLAGS) {
    const objects = [...new Set(flagged(graph, flag).map((node) => ownerOf(graph, flag, node)))];
    found.push({ kind: flag.kind, objects, least: LEAST_FLAGGED });
  }
  return found.filter(({ objects, least }) => objects.length >= least);
}

/** Objects with a true flag. Makes one pass over the edges, or none if no property has the name. */
function flagged(graph: HeapGraph, { property, others }: EndedFlag): readonly NodeOrdinal[] {
  const { edgeNames, edgeTypes, strings } = graph.tables;
  const names = strings.find(property);
  if (names.length === 0) return [];
  const found: NodeOrdinal[] = [];
  for (const edge of positionsOf(edgeNames, names) as EdgeOrdinal[]) {
    if (edgeTypes[edge] !== EdgeType.property || !isTrue(graph, graph.targetOf(edge))) continue;
    const owner = graph.ownerOf(edge);
    const fields = new Fields(graph, owner);
    if (others.every((name) => fields.isOwn(name))) found.push(owner);
  }
  return found;
}

/** The object that a flagged part belongs to. */
function ownerOf(graph: HeapGraph, { of }: EndedFlag, part: NodeOrdinal): NodeOrdinal {
  if (of === undefined) return part;
  for (const edge of graph.retainersOf(part) as Iterable<EdgeOrdinal>) {
    const isField = graph.edgeTypeOf(edge) === EdgeType.property;
    if (isField && graph.edgeNameOf(edge) === of) return graph.ownerOf(edge);
  }
  return part;
}

function instancesOf(graph: HeapGraph, classes: readonly string[]): readonly NodeOrdinal[] {
  const { nodeNames, nodeTypes, strings } = graph.tables;
  const names = classes.flatMap((name) => strings.find(name));
  const named = positionsOf(nodeNames, names) as NodeOrdinal[];
  return named.filter((node) => nodeTypes[node] === NodeType.object && !isPrototype(graph, node));
}

/** True for the prototype of a class, which has its name and an own constructor. */
function isPrototype(graph: HeapGraph, node: NodeOrdinal): boolean {
  return new Fields(graph, node).has('constructor');
}

function detachedElements(graph: HeapGraph): EndedObjects {
  const objects: NodeOrdinal[] = [];
  findDetached(graph)?.forEach((isDetached, node) => {
    const isElement = () => /^(?:Detached )?</.test(graph.nameOf(node as NodeOrdinal));
    if (isDetached === 1 && isElement()) objects.push(node as NodeOrdinal);
  });
  return { kind: 'detached-dom', objects, least: 1 };
}

/** The window of a removed frame: its realm no longer keeps itself alive. */
function closedWindows({ graph, realms }: HeapFacts): EndedObjects {
  const objects = realms.globals
    .filter((global) => !realms.isRoot(global) && graph.nameOf(global.object).startsWith('Window'))
    .map(({ object }) => object);
  return { kind: 'closed-window', objects, least: 1 };
}

/**
 * Objects that only a scope keeps alive, for functions that are gone. Small ones are ignored: every
 * program has some.
 */
function unusedCaptures(facts: HeapFacts): EndedObjects {
  const kind = 'unused-capture';
  if (facts.unusedCaptures.size === 0) return { kind, objects: [], least: 1 };
  const { dominators, retainedSizes, graph } = facts;
  const held = [...facts.unusedCaptures.values()].filter(({ scope, value, edge }) => {
    const isOnly = dominators.of(value) === scope || dominators.of(value) === graph.targetOf(edge);
    return isOnly && retainedSizes.of(value) >= LEAST_CAPTURED;
  });
  const leastBytes = Math.max(
    LEAST_CAPTURED_BY_ALL,
    retainedSizes.of(graph.root) * LEAST_CAPTURED_SHARE,
  );
  return { kind, objects: held.map(({ value }) => value), least: 1, leastBytes };
}

const LEAST_CAPTURED = 1_000;
const LEAST_CAPTURED_BY_ALL = 50_000;
/** The least share of the heap. */
const LEAST_CAPTURED_SHARE = 0.005;

/** The fields of one object. */
class Fields {
  readonly #graph: HeapGraph;
  readonly #node: NodeOrdinal;

  constructor(graph: HeapGraph, node: NodeOrdinal) {
    this.#graph = graph;
    this.#node = node;
  }

  /** True if there is such a field at all. */
  isOwn(name: string): boolean {
    return this.#field(name) !== null;
  }

  /** True if it contains an object or a text, not null, undefined, true or false. */
  has(name: string): boolean {
    const value = this.#field(name);
    return value !== null && oddballText(this.#graph, value) === null;
  }

  isNull(name: string): boolean {
    return this.#isOddball(name, 'null');
  }

  isTrue(name: string): boolean {
    return this.#isOddball(name, 'true');
  }

  #isOddball(name: string, text: string): boolean {
    const value = this.#field(name);
    return value !== null && oddballText(this.#graph, value) === text;
  }

  /** True if a Map or Set in this field has any entries. */
  holdsEntries(name: string): boolean {
    const collection = this.#field(name);
    if (collection === null) return false;
    const table = new Fields(this.#graph, collection).#field('table');
    if (table === null) return false;
    const { strings, edgeNames } = this.#graph.tables;
    for (let edge = this.#graph.firstEdge(table); edge < this.#graph.endEdge(table); edge++) {
      if (strings.numberAt(edgeNames[edge] as number) >= 0) return true;
    }
    return false;
  }

  #field(name: string): NodeOrdinal | null {
    const { strings, edgeNames } = this.#graph.tables;
    for (
      let edge = this.#graph.firstEdge(this.#node);
      edge < this.#graph.endEdge(this.#node);
      edge++
    ) {
      const type = this.#graph.edgeTypeOf(edge);
      if (type !== EdgeType.property && type !== EdgeType.internal) continue;
      if (strings.equals(edgeNames[edge] as number, name)) return this.#graph.targetOf(edge);
    }
    return null;
  }
}

function isTrue(graph: HeapGraph, node: NodeOrdinal): boolean {
  return oddballText(graph, node) === 'true';
}

/**
 * The text of null, undefined, true or false, each of which is an object in V8; null for other
 * nodes.
 */
function oddballText(graph: HeapGraph, node: NodeOrdinal): string | null {
  if (graph.typeOf(node) !== NodeType.hidden) return null;
  const name = graph.nameOf(node);
  if (ODDBALLS.has(name)) return name;
  if (name !== 'system / Oddball') return null;
  for (let edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
    const text = graph.nameOf(graph.targetOf(edge));
    if (ODDBALLS.has(text)) return text;
  }
  return '';
}

const ODDBALLS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'undefined']);
