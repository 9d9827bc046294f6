import { internalField } from '../engine/code/scripts.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';
import type { HeapWays } from './heap-ways.js';
import { excuseOfWay } from './not-a-leak.js';
import type { ExcuseKind } from './suspect.js';
import type { Group } from './tree/groups.js';
import type { Excuse } from './tree/growth-finder.js';
import type { FoundItems, ItemFinder } from './tree/item-finder.js';
import type { LatestHeap, Moments } from './tree/moments.js';

/**
 * The share of the objects new at an earlier moment that must still exist: if less is left, they
 * were replaced, not kept.
 */
const KEPT_SHARE = 0.4;
/** Parts of Node.js in C++ that every process has, along with others. */
const BINDINGS = ['builtins', 'contextify', 'errors'];
const MOST_BINDINGS = 200;
/** Classes of the engine's own nodes. */
const ENGINE_CLASSES: ReadonlySet<string> = new Set(['(code)', '(object shape)', '(hidden)']);

interface Known {
  readonly facts: HeapFacts;
  readonly moments: Moments;
  readonly heap: LatestHeap;
  readonly finder: ItemFinder;
  readonly ways: HeapWays;
}

/** Finds reasons why groups that grew are not leaks. */
export class Excuses {
  readonly #known: Known;
  /** A row of a million objects takes a second to look through. */
  readonly #foundOf = new Map<Group, FoundItems | null>();

  constructor(known: Known) {
    this.#known = known;
  }

  readonly of: Excuse = (group, all) => this.#find(group, all);

  #find(group: Group, all: readonly Group[]): ExcuseKind | null {
    const { moments, ways } = this.#known;
    const { tree } = moments;
    const ofHolder = tree.classes.textOf(tree.classOf(group.holder));
    if (tree.isEngine(group.holder) || ENGINE_CLASSES.has(ofHolder)) return 'engine';
    const [main = group.holder] = byCount(group, moments);
    const class_ = tree.classes.textOf(tree.classOf(main));
    if (ENGINE_CLASSES.has(class_) || this.#isEngineOwned(group)) return 'engine';
    const listed = excuseOfWay(ways.textTo(main), group.counts.at(-1) ?? 0);
    if (listed === 'loading') return this.#isLoadedAgain(all) ? null : listed;
    if (listed !== null) return listed;
    if (this.#isTableOfBindings(group)) return 'warm-up';
    if (this.#isReplaced(all)) return 'replaced';
    return this.#isLoadedOnce(group) ? 'loading' : null;
  }

  /**
   * True if the objects that came at earlier moments are gone again, however many there are now.
   */
  #isReplaced(groups: readonly Group[]): boolean {
    const { born, kept } = this.#known.heap;
    if (!haveIds(groups, [...born, ...kept.slice(0, 1)])) return false;
    // all but the last, which had no time to go
    return born.slice(0, -1).some((left, m) => {
      let came = 0;
      let kept = 0;
      for (const { items, counts } of groups) {
        came += (counts[m + 1] ?? 0) - (counts[m] ?? 0);
        for (const item of items) kept += left[item] ?? 0;
      }
      return kept < came * KEPT_SHARE;
    });
  }

  #isEngineOwned(group: Group): boolean {
    const { graph } = this.#known.facts;
    const [newest] = this.#newest(group);
    return newest !== undefined && graph.isEngineOwned(newest);
  }

  /**
   * True if the newest keys of a cache of files are one file under several names, such as `a.js?1`
   * and `a.js?2`.
   */
  #isLoadedAgain(groups: readonly Group[]): boolean {
    const { graph } = this.#known.facts;
    const { parents } = this.#known.heap;
    const names = groups.flatMap((group) =>
      this.#newest(group).flatMap((item) => keyOf(graph, parents[item] as NodeOrdinal, item) ?? []),
    );
    const queries = names.filter((name) => name.includes('?'));
    const files = new Set(queries.map((name) => name.slice(0, name.indexOf('?'))));
    return queries.length > names.length / 2 && files.size < queries.length / 2;
  }

  #isLoadedOnce(group: Group): boolean {
    return areLoadedOnce(this.#known.facts, this.#newest(group));
  }

  /** True if the table of the C++ parts of Node.js holds the objects. */
  #isTableOfBindings(group: Group): boolean {
    const { graph } = this.#known.facts;
    const holder = this.#found(group)?.holder;
    if (holder === undefined) return false;
    const names = new Set<string>();
    for (let edge = graph.firstEdge(holder); edge < graph.endEdge(holder); edge++) {
      if (graph.edgeTypeOf(edge) === EdgeType.property) names.add(graph.edgeNameOf(edge));
      if (names.size > MOST_BINDINGS) return false;
    }
    return BINDINGS.every((name) => names.has(name));
  }

  #newest(group: Group): readonly NodeOrdinal[] {
    return this.#found(group)?.items ?? [];
  }

  #found(group: Group): FoundItems | null {
    const known = this.#foundOf.get(group);
    if (known !== undefined) return known;
    const { finder } = this.#known;
    const objects = [...finder.objectsOf(group.items).values()].flat();
    const found = finder.find(objects, group.holder);
    this.#foundOf.set(group, found);
    return found;
  }
}

/** True if these are modules, and no two of them come from the same file. */
export function areLoadedOnce(facts: HeapFacts, modules: readonly NodeOrdinal[]): boolean {
  if (!modules.every((module) => MODULE_CLASSES.has(facts.graph.nameOf(module)))) return false;
  const files = modules.map((module) => fileOf(facts, module));
  const known = files.filter((file) => file !== null);
  const repeated = known.filter((file) => facts.commonJs.modulesOf(file).length > 1);
  return new Set(known).size === known.length && repeated.length <= known.length / 2;
}

const MODULE_CLASSES: ReadonlySet<string> = new Set(['Module', 'ModuleJob', 'ModuleWrap']);

/** True if most objects have ids of V8's heap: those of native objects are other ones in each heap. */
function haveIds(groups: readonly Group[], counted: readonly Int32Array[]): boolean {
  let known = 0;
  let all = 0;
  for (const { items, counts } of groups) {
    all += counts.at(-1) ?? 0;
    for (const item of items) for (const left of counted) known += left[item] ?? 0;
  }
  return known > all / 2;
}

/** The items of a group, most objects first. */
function byCount({ items }: Group, { all }: Moments): readonly number[] {
  const counts = all.at(-1)?.counts ?? new Int32Array(0);
  return [...items].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
}

/**
 * The text under which something is held, or the text that it is itself; null without such a text.
 */
function keyOf(graph: HeapGraph, holder: NodeOrdinal, item: NodeOrdinal): string | null {
  if (graph.typeOf(item) === NodeType.string) return graph.nameOf(item);
  let before: NodeOrdinal | null = null;
  for (let edge = graph.firstEdge(holder); edge < graph.endEdge(holder); edge++) {
    const target = graph.targetOf(edge);
    if (target === item) {
      if (graph.edgeTypeOf(edge) === EdgeType.property) return graph.edgeNameOf(edge);
      const isText = before !== null && graph.typeOf(before) === NodeType.string;
      return isText ? graph.nameOf(before as NodeOrdinal) : null;
    }
    before = target;
  }
  return null;
}

function fileOf({ graph }: HeapFacts, module: NodeOrdinal): string | null {
  for (let edge = graph.firstEdge(module); edge < graph.endEdge(module); edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.property) continue;
    const name = graph.edgeNameOf(edge);
    if (name === 'filename' || name === 'url') return graph.nameOf(graph.targetOf(edge));
  }
  const url = internalField(graph, module, 'url');
  return url === null ? null : graph.nameOf(url);
}
