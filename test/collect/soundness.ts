import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import { collectRefs } from '../../src/collect/collect-refs.js';
import type { SubgraphEdge } from '../../src/collect/picture/subgraph.js';
import { isRootNode } from '../../src/engine/describe-node.js';
import type { HeapView } from '../../src/engine/heap-view.js';
import { Holders } from '../../src/engine/references/holders.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import type { CollectOptions } from '../../src/question/walk-options.js';
import { keepsTarget, type RawEdge, type RawHeap, type RawNode } from '../support/raw-heap.js';
import { reached, realmsOf } from '../support/slow-reach.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { ordinalOf } from './answer.js';
import { SOURCE } from './invariants.js';

const ONE_STEP: CollectOptions = {
  ...WALK_OPTIONS,
  ...{ depth: 1, fanIn: 1_000_000, maxNodes: 1_000_000 },
  ...{ toRoots: false, group: false, weak: true, redact: 'none' },
};

/** Types of nodes between an object and its holder in a picture. */
const PARTS = ['array', 'hidden', 'native', 'code', 'object shape', 'synthetic'];
/** Objects and functions of the runtime's library that a picture leaves out. */
const LIBRARY =
  /^(Object|Array|Map|Listener|TimersList|Timeout|Immediate|ImmediateList|PriorityQueue|FixedQueue|FixedCircularBuffer|Promise|AsyncContextFrame)$/;
/** The properties, variables and fields by which libraries of Node.js and Deno hold such objects. */
const HELD_BY_LIBRARY =
  /^(_events|wrapFn|bound_this|bound_function|<symbol( kEvents| kHandlers| eventHandlers)?>|previous|next|callback|listeners?|handler|timerListMap|_idle(Next|Prev)|immediateQueue|outstandingQueue|queue|head|tail|list|args)$/;
/**
 * Nodes that can keep themselves alive: groups of roots, scopes and records of modules, running
 * handles, and these by name.
 */
const MAY_BE_ROOT =
  /^(system \/ \w*(Context|Module|Environment)\b|Node \/ |process$|console$|GlobalObject$)/;
/**
 * The limit of engine parts in a row: tables of tables, bound functions, nested scopes, cells of a
 * registry.
 */
const MOST_PARTS = 64;

/** Checks the references drawn around objects of one heap against those in its file. */
export class SoundnessChecker {
  readonly #view: HeapView;
  readonly #heap: RawHeap;
  readonly #holders: Holders;
  readonly #alive: ReadonlySet<RawNode>;
  /** One node for each realm: the global object. */
  readonly #canonical: ReadonlyMap<RawNode, RawNode>;

  constructor(view: HeapView, heap: RawHeap) {
    this.#view = view;
    this.#heap = heap;
    this.#holders = new Holders(view, ONE_STEP);
    this.#alive = reached(heap, new Set());
    this.#canonical = new Map(
      realmsOf(heap).flatMap(({ aliases, context }) =>
        [...aliases, context].map((part) => [part, aliases[0] as RawNode] as const),
      ),
    );
  }

  /** @param isThorough asks from the other ends, too, some of which hold a thousand objects. */
  violations(
    node: NodeOrdinal,
    { isThorough }: { readonly isThorough: boolean },
  ): readonly string[] {
    const id = `@${this.#view.graph.idOf(node)}`;
    const up = this.#drawn(collectBackrefs, id).filter(({ to }) => to === id);
    const down = this.#drawn(collectRefs, id).filter(({ from }) => from === id);
    return [
      ...[...up, ...down].flatMap((edge) => this.#invented(edge)),
      ...(isRootNode(this.#view, node) ? this.#noRoot(id) : this.#lost(id, up)),
      // a part of another object has holders and held objects only if it is asked for
      ...(isThorough && !this.#isPart(this.#raw(id)) ? this.#oneSided(up, down) : []),
    ];
  }

  /**
   * Checks that a node without a drawn holder is one of few kinds, whatever the product takes for a
   * root.
   */
  #noRoot(id: string): readonly string[] {
    const node = this.#raw(id);
    const isRealms = this.#canonical.has(node);
    const isCache = node.into.some(({ name, from }) => name === '_cache' && from.name === 'Module');
    const isAlone = !node.into.some((edge) => keepsTarget(this.#heap, edge));
    const mayBe = node.type === 'synthetic' || MAY_BE_ROOT.test(node.name);
    if (mayBe || isRealms || isCache || isAlone) return [];
    return [`${say(node)} is taken for a root, with ${node.into.length} references to it`];
  }

  #drawn(collect: typeof collectRefs, id: string): readonly SubgraphEdge[] {
    const node = ordinalOf(this.#view, id);
    return collect(this.#view, [node], ONE_STEP, SOURCE).edges.filter(
      ({ type }) => type !== 'more',
    );
  }

  /**
   * Checks that each drawn reference is a path of references through parts of the engine and its
   * library.
   */
  #invented(edge: SubgraphEdge): readonly string[] {
    const [from, to] = [this.#raw(edge.from), this.#raw(edge.to)];
    const isSame = (node: RawNode) => this.#ofRealm(node) === this.#ofRealm(from);
    let level = this.#partsOf(to);
    const passed = new Set(level);
    for (let steps = 0; steps <= MOST_PARTS && level.length > 0; steps++) {
      const owners = level.flatMap(({ into }) => into.filter((e) => this.#mayFollow(e, edge.weak)));
      if (owners.some((owner) => isSame(owner.from))) return [];
      level = [...new Set(owners.map((owner) => owner.from))].filter(
        (owner) => !passed.has(owner) && isPassed(owner),
      );
      for (const owner of level) passed.add(owner);
    }
    return [`${say(from)} ${edge.label} ${say(to)} is drawn but not a way in the file`];
  }

  #partsOf(node: RawNode): readonly RawNode[] {
    const parts = [...this.#canonical].filter(([, global]) => global === node);
    return parts.length > 0 ? parts.map(([part]) => part) : [node];
  }

  #mayFollow(edge: RawEdge, isWeak: boolean): boolean {
    return keepsTarget(this.#heap, edge) || (isWeak && edge.type === 'weak');
  }

  /**
   * Checks that each path up by references in the file reaches a drawn holder before an object of a
   * program.
   */
  #lost(id: string, up: readonly SubgraphEdge[]): readonly string[] {
    const target = this.#raw(id);
    const drawn = new Set(up.filter(({ weak }) => !weak).map(({ from }) => this.#raw(from)));
    const found: string[] = [];
    const passed = new Set([target]);
    for (const node of passed) {
      for (const edge of node.into) {
        const owner = this.#ofRealm(edge.from);
        if (!keepsTarget(this.#heap, edge) || drawn.has(owner) || passed.has(edge.from)) continue;
        if (!this.#alive.has(edge.from) && this.#alive.has(target)) continue;
        if (this.#isPart(edge.from)) passed.add(edge.from);
        else if (node === target)
          found.push(`${say(edge.from)} holds ${say(target)}, which is lost`);
      }
    }
    return found;
  }

  /**
   * True for the engine's own nodes, and for parts of another object that a picture folds, such as
   * a list of listeners.
   */
  #isPart(node: RawNode): boolean {
    if (PARTS.includes(node.type) || /^system \//.test(node.name)) return true;
    return this.#isFolded(node) && isOfLibrary(node);
  }

  /** The product's answer; it is only believed within the limits of the file. */
  #isFolded({ id }: RawNode): boolean {
    return this.#holders.isPart(ordinalOf(this.#view, `@${id}`));
  }

  /**
   * Checks that an object drawn as held by another is drawn with that as its holder, and the
   * reverse.
   */
  #oneSided(up: readonly SubgraphEdge[], down: readonly SubgraphEdge[]): readonly string[] {
    const missing = (edge: SubgraphEdge, collect: typeof collectRefs, asked: string) => {
      const others = this.#drawn(collect, asked);
      const isThere = others.some(({ from, to, label }) => {
        return from === edge.from && to === edge.to && label === edge.label;
      });
      return isThere ? [] : [`${edge.from} ${edge.label} ${edge.to} is not drawn from ${asked}`];
    };
    // shapes, code and tables of the engine have no holders drawn for them
    const isObject = (id: string) => {
      if (!id.startsWith('@')) return false;
      const { type, name } = this.#raw(id);
      return !PARTS.includes(type) && !/^system \//.test(name);
    };
    const isDrawn = ({ from, to }: SubgraphEdge) => isObject(from) && isObject(to);
    // parts that every object of a class has are not drawn as held, and nothing is drawn above a
    // root
    const ups = up.filter((edge) => isDrawn(edge) && edge.means?.kind !== 'prototype');
    const downs = down.filter((edge) => {
      return isDrawn(edge) && !isRootNode(this.#view, ordinalOf(this.#view, edge.to));
    });
    return [
      ...sample(downs).flatMap((edge) => missing(edge, collectBackrefs, edge.to)),
      ...sample(ups).flatMap((edge) => missing(edge, collectRefs, edge.from)),
    ];
  }

  #raw(id: string): RawNode {
    const node = this.#heap.byId.get(Number(id.slice(1)));
    if (node === undefined) throw new Error(`the file has no ${id}`);
    return this.#ofRealm(node);
  }

  #ofRealm(node: RawNode): RawNode {
    return this.#canonical.get(node) ?? node;
  }
}

/** A few of many: first, middle and last. */
function sample(edges: readonly SubgraphEdge[]): readonly SubgraphEdge[] {
  const places = new Set([0, Math.floor(edges.length / 2), edges.length - 1]);
  return edges.filter((_, place) => places.has(place));
}

function isPassed({ type, name }: RawNode): boolean {
  if (PARTS.includes(type) || /^system \//.test(name)) return true;
  return type === 'closure' || (type === 'object' && LIBRARY.test(name));
}

/**
 * True for an object of a library, held as these are: by one of their fields, or in a table that
 * is.
 */
function isOfLibrary(node: RawNode): boolean {
  if (node.type !== 'closure' && !LIBRARY.test(node.name)) return false;
  const isByField = ({ into }: RawNode) => into.some(({ name }) => HELD_BY_LIBRARY.test(name));
  return isByField(node) || node.into.some(({ from }) => isByField(from));
}

function say({ type, name, id }: RawNode): string {
  return `${name.slice(0, 40) || type} @${id}`;
}
