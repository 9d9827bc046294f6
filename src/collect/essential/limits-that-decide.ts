import { isRootNode } from '../../engine/describe-node.js';
import type { HeapView } from '../../engine/heap-view.js';
import { OrdinalSet } from '../../graph/ordinal-map.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { HarmlessReferences, LimitName } from '../picture/subgraph.js';
import { type Cut, type DrawnKey, nodesOf } from '../walk/drawing.js';
import { keepsAlive } from '../walk/rank-holders.js';
import type { Limits } from '../walk/walk-objects.js';
import { endAt, type Holding, holdingOf, nodeAt } from '../walk/walk-ways.js';
import type { Walked } from '../walk/walked.js';
import type { OwnReferences } from './own-references.js';
import type { Survey } from './survey.js';

/** Objects whose holders are looked up to see whether a limit left out a way to a root. */
const MOST_LOOKUPS = 30_000;

export interface DecidingOptions {
  readonly surveys: ReadonlyMap<DrawnKey, Survey>;
  readonly search: OwnReferences;
}

export interface Decided {
  readonly limits: Limits;
  /** Null where there are none, or where a limit is named that left out more than those. */
  readonly harmless: HarmlessReferences | null;
}

/**
 * The limits that left out a way by which a target lives: one from a root that is not drawn, or by a reference of
 * a drawn root that is not. What limits left out otherwise lives by what is drawn, and is counted.
 */
export function limitsThatDecide(
  view: HeapView,
  walk: Walked,
  { surveys, search }: DecidingOptions,
): Decided {
  const { limits, drawing, targets } = walk;
  const isDead = (node: NodeOrdinal) => view.rootDistances.of(node) < 0;
  // of what nothing reaches no holder decides more than another
  if (!(limits.depth || limits.fanIn || limits.nodes) || targets.flatMap(nodesOf).some(isDead))
    return { limits, harmless: null };
  const ways = new WaysAroundDrawn(view, walk);
  const found = { depth: false, fanIn: false, nodes: drawing.gaps.size > 0 };
  let harmless = 0;
  const by = new Set<LimitName>();
  for (const [key, { missing }] of surveys) {
    if (!drawing.nodes.has(key) || drawing.gaps.has(key)) continue;
    const reason = drawing.cuts.get(key)?.reason;
    if (reason === 'stop') continue;
    const names = namesOf(limits, reason);
    for (const [holding, { member, references }] of missing) {
      if (names.every((name) => found[name])) break;
      const isDeciding = ways.leadFrom(holding) ?? !isOwn(search, member, holding);
      if (!isDeciding) harmless += references;
      for (const name of names) {
        if (isDeciding) found[name] = true;
        else by.add(name);
      }
    }
  }
  const isNamed = found.depth || found.fanIn || found.nodes;
  const isTold = !isNamed && harmless > 0;
  return { limits: found, harmless: isTold ? { references: harmless, by: [...by] } : null };
}

/** The limits that, if raised, would draw more holders of a node. */
function namesOf(limits: Limits, reason: Cut['reason'] | undefined): readonly LimitName[] {
  if (reason !== 'limit') return ['depth'];
  return (['fanIn', 'nodes'] as const).filter((name) => limits[name]);
}

function isOwn(search: OwnReferences, member: NodeOrdinal, holding: Holding): boolean {
  return holding >= 0 && search.isOwn(member, nodeAt(holding));
}

/** Ways up to roots beside all that is drawn; where there is none is remembered. */
class WaysAroundDrawn {
  readonly #view: HeapView;
  readonly #walk: Walked;
  readonly #targets = new OrdinalSet();
  readonly #nowhere = new OrdinalSet();
  #lookups = 0;

  constructor(view: HeapView, walk: Walked) {
    this.#view = view;
    this.#walk = walk;
    for (const target of walk.targets) {
      for (const node of nodesOf(target)) this.#targets.add(node);
    }
  }

  /** True if a way leads from a holder to a root; null where too much would have to be looked at. */
  leadFrom(start: Holding): boolean | null {
    const { neighbours, drawing } = this.#walk;
    const open = [start];
    const seen = new Set(open);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.#isRoot(at)) return true;
      if (drawing.at(endAt(at)) !== null || this.#nowhere.has(at)) continue;
      if (this.#lookups++ > MOST_LOOKUPS) return null;
      // the nearest to a root is taken first
      const above = neighbours.of(nodeAt(at)).filter(keepsAlive);
      for (const neighbour of above.sort((a, b) => b.distance - a.distance)) {
        const next = holdingOf(neighbour);
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    for (const passed of seen) if (passed >= 0) this.#nowhere.add(passed);
    return false;
  }

  #isRoot(at: Holding): boolean {
    return at < 0 || (!this.#targets.has(nodeAt(at)) && isRootNode(this.#view, nodeAt(at)));
  }
}
