import { internalField } from '../engine/code/scripts.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType } from '../graph/types.js';
import type { HeapWays } from './heap-ways.js';
import { excuseOfWay } from './not-a-leak.js';
import type { ExcuseKind } from './suspect.js';
import type { Group } from './tree/groups.js';
import type { Excuse } from './tree/growth-finder.js';
import type { ItemFinder } from './tree/item-finder.js';
import type { LatestHeap, Moments } from './tree/moments.js';

/** Of what was new at an earlier moment so much is left, where it was kept rather than replaced. */
const KEPT_SHARE = 0.4;
/** Classes of the engine's own objects that programs do not make themselves. */
const ENGINE_CLASS =
  /^\((?:code|object shape|hidden|array)\)$|^system \/ (?!JSArrayBufferData|Context)|^\((?!object elements|object properties)[a-z ]+\)$/;

interface Known {
  readonly facts: HeapFacts;
  readonly moments: Moments;
  readonly heap: LatestHeap;
  readonly finder: ItemFinder;
  readonly ways: HeapWays;
}

/** Why groups that grew are no leaks. */
export class Excuses {
  readonly #known: Known;

  constructor(known: Known) {
    this.#known = known;
  }

  readonly of: Excuse = (group, all) => this.#find(group, all);

  #find(group: Group, all: readonly Group[]): ExcuseKind | null {
    const { moments, ways } = this.#known;
    const { tree } = moments;
    if (tree.isEngine(group.holder)) return 'engine';
    const [main = group.holder] = byCount(group, moments);
    const class_ = tree.classes.textOf(tree.classOf(main));
    if (ENGINE_CLASS.test(class_)) return 'engine';
    const listed = excuseOfWay(ways.textTo(main));
    if (listed !== null) return listed;
    if (this.#isReplaced(all)) return 'replaced';
    return this.#isLoadedOnce(main) ? 'loading' : null;
  }

  /** Whether what came at earlier moments has gone again, however many there are now. */
  #isReplaced(groups: readonly Group[]): boolean {
    const { born } = this.#known.heap;
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

  /** Whether these are modules, and no two of the newest are of one file. */
  #isLoadedOnce(main: number): boolean {
    const { moments, finder, facts } = this.#known;
    const { tree } = moments;
    const class_ = tree.classes.textOf(tree.classOf(main));
    const isModule = class_ === 'Module' || class_ === 'ModuleJob' || class_ === 'ModuleWrap';
    if (!isModule) return false;
    const objects = finder.objectsOf([main]).get(main) ?? [];
    const found = finder.find(objects, tree.parentOf(main));
    const files = (found?.items ?? []).map((module) => fileOf(facts, module));
    const known = files.filter((file) => file !== null);
    const repeated = known.filter((file) => facts.commonJs.modulesOf(file).length > 1);
    return new Set(known).size === known.length && repeated.length <= known.length / 2;
  }
}

/** The items of a group, most objects first. */
function byCount({ items }: Group, { all }: Moments): readonly number[] {
  const counts = all.at(-1)?.counts ?? new Int32Array(0);
  return [...items].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
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
