import { isBuiltinFile } from '../../src/engine/code/contexts.js';
import type { HeapView } from '../../src/engine/heap-view.js';
import { Holders } from '../../src/engine/references/holders.js';
import { EdgeClass } from '../../src/graph/edge-class.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../src/graph/ordinals.js';
import { EdgeType, NodeType } from '../../src/graph/types.js';
import { nameOf } from './answer.js';
import { canonical, canonicalOwner, liveRetainers } from './raw-edges.js';

/** The classes of the library objects that a fold may pass; functions may be wrappers. */
const LIBRARY = new Set([
  ...['Object', 'Array', 'Map', 'Listener', 'TimersList', 'Timeout', 'Immediate', 'ImmediateList'],
  ...['PriorityQueue', 'FixedQueue', 'FixedCircularBuffer'],
]);

/** Queues that several modules of the runtime share, of which one is drawn. */
const SHARED_QUEUES = ['timerListMap', 'timerListQueue', 'immediateQueue', 'outstandingQueue'];

/** Ends of a path: drawn nodes, and nodes at which a path ends without any. */
const ENDS: ReadonlySet<string> = new Set(['root', 'root-group', 'global', 'engine']);

/** Classes in a ring or list by which the library finds them. */
const LISTED = new Set(['Timeout', 'Immediate']);

/** Folds of one heap against its raw references. */
export class FoldChecker {
  readonly #view: HeapView;
  readonly #holders: Holders;

  constructor(view: HeapView) {
    this.#view = view;
    this.#holders = new Holders(view, { weak: false, internals: false });
  }

  /**
   * Walks up from a node by all raw references, through nodes that are not drawn, and stops at
   * drawn ones. A drawn holder that is not reached is invented, and a path that ends without
   * reaching one is lost.
   */
  violations(node: NodeOrdinal): readonly string[] {
    const drawn = this.#drawnHolders(node);
    const met = new Set<NodeOrdinal>();
    const passed = new Set(this.#startsOf(node));
    const found: string[] = [];
    // a Set can grow while it is iterated, so it serves as the queue
    for (const below of passed) {
      let isHeld = false;
      for (const edge of liveRetainers(this.#view, below)) {
        const owner = canonicalOwner(this.#view, edge);
        isHeld = true;
        if (owner === canonical(this.#view, node)) continue;
        if (drawn.has(owner)) met.add(owner);
        else if (this.#isImplied(edge, below, node) || this.#isImport(owner, below, drawn))
          continue;
        else if (this.#mayBePassed(owner)) passed.add(owner);
        else found.push(this.#say(node, owner, 'holds it but is not a holder'));
      }
      if (!isHeld && below !== node) found.push(this.#say(node, below, 'is lost'));
    }
    for (const holder of drawn) {
      if (!met.has(holder)) found.push(this.#say(node, holder, 'is a holder and does not hold it'));
    }
    return found;
  }

  /** All nodes that are drawn as this one if it has the holders of all. */
  #startsOf(node: NodeOrdinal): readonly NodeOrdinal[] {
    const { realms } = this.#view.facts;
    const realm = realms.ofPart(node);
    return realm === null || realms.isRoot(realm) ? [node] : realms.drawnWith(node);
  }

  #drawnHolders(node: NodeOrdinal): ReadonlySet<NodeOrdinal> {
    const drawn = new Set<NodeOrdinal>();
    for (const { from } of this.#holders.of(node)) if ('node' in from) drawn.add(from.node);
    return drawn;
  }

  /**
   * True for parts of the engine and of the runtime's library: never for an object of a program's
   * own class.
   */
  #mayBePassed(owner: NodeOrdinal): boolean {
    const { graph, kinds } = this.#view;
    const kind = kinds.kindOf(owner);
    if (kind !== 'plain') return !ENDS.has(kind);
    // data that a native context has for its embedder
    if (graph.nameOf(owner) === 'system / EmbedderDataArray') return true;
    const type = graph.typeOf(owner);
    return type === NodeType.closure || LIBRARY.has(graph.nameOf(owner)) || type === NodeType.array;
  }

  /** True if another reference says the same. */
  #isImplied(edge: EdgeOrdinal, below: NodeOrdinal, node: NodeOrdinal): boolean {
    const { graph, kinds, facts, frames } = this.#view;
    const owner = graph.ownerOf(edge);
    // the other half of a WeakMap entry is the key
    if ((graph.edgeClassOf(edge) & EdgeClass.TABLE_HALF) !== 0) return true;
    // shapes, code and feedback refer to parts of objects without being a path to them
    if (kinds.kindOf(owner) === 'engine') return below !== node;
    // the list holds its timers; the holder of a neighbour says nothing about this one
    if (below !== node && LISTED.has(graph.nameOf(below))) return !isLink(graph.edgeNameOf(edge));
    if (graph.isJavaScriptCore && isCopy(this.#view, edge, below)) return true;
    // slots of the stack are explained by the frames
    if (kinds.kindOf(owner) === 'root-group' && frames.frames.length > 0) return true;
    // a priority queue has the lists of timers by their time as well
    if (graph.nameOf(below) === 'TimersList') {
      return graph.nameOf(owner) === 'Array' || kinds.kindOf(owner) === 'storage';
    }
    if (graph.nameOf(below) === 'ImmediateList' && kinds.kindOf(owner) === 'storage') return true;
    const isRuntime =
      facts.contexts.isContext(owner) && isBuiltinFile(facts.contexts.fileOf(owner));
    const isShared = SHARED_QUEUES.includes(graph.edgeNameOf(edge));
    return isShared && (isRuntime || graph.edgeTypeOf(edge) === EdgeType.property);
  }

  /**
   * True for a module that imports a variable: it has the exporter's cell, too; the exporter is
   * drawn.
   */
  #isImport(table: NodeOrdinal, cell: NodeOrdinal, drawn: ReadonlySet<NodeOrdinal>): boolean {
    const { graph, kinds } = this.#view;
    if (graph.nameOf(cell) !== 'system / Cell' || graph.typeOf(table) !== NodeType.array)
      return false;
    const modules = [...drawn].filter((holder) => kinds.kindOf(holder) === 'module-record');
    const ownRecord = graph.retainersOf(table).some((e) => {
      return modules.includes(graph.ownerOf(e as EdgeOrdinal));
    });
    return modules.length > 0 && !ownRecord;
  }

  #say(node: NodeOrdinal, other: NodeOrdinal, what: string): string {
    return `${nameOf(this.#view, node)}: ${nameOf(this.#view, other)} ${what}`;
  }
}

function isLink(name: string): boolean {
  return ['_idleNext', '_idlePrev', 'head', 'tail'].includes(name);
}

/** Bun writes each property a second time, without its name. */
function isCopy({ graph }: HeapView, edge: EdgeOrdinal, target: NodeOrdinal): boolean {
  if (graph.edgeTypeOf(edge) !== EdgeType.internal || graph.edgeNameOf(edge) !== '') return false;
  const owner = graph.ownerOf(edge);
  return graph.retainersOf(target).some((e) => {
    const other = e as EdgeOrdinal;
    return graph.ownerOf(other) === owner && graph.edgeNameOf(other) !== '';
  });
}
