import type { NodeOrdinal } from '../graph/ordinals.js';
import type { CollectOptions } from './collect-options.js';
import { describeNode, isRootNode } from './describe-node.js';
import { Drawing, type Drawn, keyOf } from './drawing.js';
import type { HeapView } from './heap-view.js';
import { Holders } from './holders.js';
import { matchesAny, type PatternSubject } from './patterns.js';
import { type HolderGroup, nearestToRoot, rankHolders } from './rank-holders.js';

export interface Limits {
  depth: boolean;
  fanIn: boolean;
  nodes: boolean;
}

/** One walk from the targets up; `run` does it and leaves the answer in `drawing` and `limits`. */
export class BackrefWalk {
  readonly drawing = new Drawing();
  readonly limits: Limits = { depth: false, fanIn: false, nodes: false };
  readonly holders: Holders;
  readonly #view: HeapView;
  readonly #options: CollectOptions;
  readonly #targets: ReadonlySet<NodeOrdinal>;
  readonly #groups = new Map<NodeOrdinal, readonly HolderGroup[]>();
  readonly #hidden = new Map<NodeOrdinal, readonly HolderGroup[]>();
  /** Nodes whose holders were all looked at. */
  readonly #expanded = new Set<NodeOrdinal>();

  constructor(view: HeapView, targets: readonly NodeOrdinal[], options: CollectOptions) {
    this.#view = view;
    this.#options = options;
    this.#targets = new Set(targets);
    this.holders = new Holders(view, options);
  }

  run(): void {
    for (const node of this.#targets) this.drawing.add({ node });
    // one way to a root first: a small --max-nodes must not leave only branches that end nowhere
    if (this.#options.toRoots && this.#options.depth > 0) {
      for (const node of this.#targets) this.#continueToRoot(node);
    }
    this.#expandToDepth();
    // a Map grows while it is iterated, so the nodes of a way to a root are finished as well
    for (const drawn of this.drawing.nodes.values()) {
      if ('node' in drawn && !this.#expanded.has(drawn.node)) this.#finish(drawn.node);
    }
    this.#noteDepthLimit();
  }

  #expandToDepth(): void {
    let level: readonly NodeOrdinal[] = [...this.#targets];
    const reached = new Set<NodeOrdinal>(level);
    for (let depth = 0; depth < this.#options.depth && level.length > 0; depth++) {
      const next: NodeOrdinal[] = [];
      for (const node of level) {
        if (!this.#isOpen(node)) continue;
        for (const from of this.#expand(node)) {
          if (!('node' in from) || reached.has(from.node)) continue;
          reached.add(from.node);
          next.push(from.node);
        }
      }
      level = next;
    }
  }

  /** Draws the holders of a node, within the limits; returns the ones drawn. */
  #expand(node: NodeOrdinal): readonly Drawn[] {
    this.#expanded.add(node);
    const groups = this.#groupsOf(node);
    const kept = keepBest(groups, this.#options.fanIn);
    if (kept.size < groups.length) this.limits.fanIn = true;
    const drawn: Drawn[] = [];
    const omitted = groups.filter((group) => !kept.has(group));
    for (const group of kept) {
      if (this.#tryAdd(group.from)) {
        this.drawing.connect(group, { node });
        drawn.push(group.from);
      } else omitted.push(group);
    }
    this.drawing.cut({ node }, { groups: omitted, reason: 'limit' });
    this.#noteHidden(node);
    return drawn;
  }

  /** A node beyond the depth: its way to a root, or a word on what is not shown. */
  #finish(node: NodeOrdinal): void {
    if (this.#isRoot(node)) return;
    if (this.#isStopped(node)) {
      this.drawing.cut({ node }, { groups: this.#groupsOf(node), reason: 'stop' });
    } else if (this.#options.toRoots && this.#nextToRoot(node) !== null) {
      this.#continueToRoot(node);
    } else this.drawing.cut({ node }, { groups: this.#groupsOf(node), reason: 'depth' });
    this.#noteHidden(node);
  }

  /** Draws the shortest way from a node to a root, up to a node that is drawn already. */
  #continueToRoot(start: NodeOrdinal): void {
    let node = start;
    while (this.#isOpen(node)) {
      const best = this.#nextToRoot(node);
      if (best === null) return;
      const isMet = this.drawing.has(best.from);
      if (!this.#tryAdd(best.from)) {
        this.drawing.cut({ node }, { groups: this.#groupsOf(node), reason: 'limit' });
        return;
      }
      this.drawing.connect(best, { node });
      if (isMet || 'frame' in best.from) return;
      node = best.from.node;
    }
  }

  /** The holder one step closer to a root; null for garbage, and where --hide took that holder. */
  #nextToRoot(node: NodeOrdinal): HolderGroup | null {
    const best = nearestToRoot(this.#groupsOf(node));
    const isCloser = best !== null && best.distance < (this.#view.rootDistances[node] as number);
    return isCloser ? best : null;
  }

  #tryAdd(drawn: Drawn): boolean {
    if (this.drawing.has(drawn)) return true;
    if (this.drawing.size >= this.#options.maxNodes) {
      this.limits.nodes = true;
      return false;
    }
    this.drawing.add(drawn);
    return true;
  }

  #groupsOf(node: NodeOrdinal): readonly HolderGroup[] {
    const known = this.#groups.get(node);
    if (known !== undefined) return known;
    const all = this.#options.internals;
    const ranked = rankHolders(this.#view, node, this.holders.of(node), { all });
    const shown = this.#withoutHidden(node, ranked);
    this.#groups.set(node, shown);
    return shown;
  }

  #withoutHidden(node: NodeOrdinal, groups: readonly HolderGroup[]): readonly HolderGroup[] {
    const { hide } = this.#options;
    if (hide.length === 0) return groups;
    const hidden: HolderGroup[] = [];
    const shown: HolderGroup[] = [];
    for (const group of groups) {
      const holders = group.holders.filter(
        (holder) => !matchesAny(hide, this.#subjectOf(group.from, [holder])),
      );
      if (holders.length > 0) shown.push({ ...group, holders });
      else hidden.push(group);
    }
    this.#hidden.set(node, hidden);
    return shown;
  }

  /** Where --hide took the way to a root, the chain must not look as if it ended by itself. */
  #noteHidden(node: NodeOrdinal): void {
    if (this.#nextToRoot(node) !== null || this.drawing.isCut({ node })) return;
    this.drawing.cut({ node }, { groups: this.#hidden.get(node) ?? [], reason: 'hide' });
  }

  #noteDepthLimit(): void {
    for (const drawn of this.drawing.nodes.values()) {
      if (!('node' in drawn) || this.#expanded.has(drawn.node) || !this.#isOpen(drawn.node))
        continue;
      const groups = this.#groupsOf(drawn.node);
      if (groups.some((group) => !this.drawing.isConnected(group, drawn))) this.limits.depth = true;
    }
  }

  #isOpen(node: NodeOrdinal): boolean {
    return !this.#isRoot(node) && !this.#isStopped(node);
  }

  #isRoot(node: NodeOrdinal): boolean {
    return !this.#targets.has(node) && isRootNode(this.#view, node);
  }

  #isStopped(node: NodeOrdinal): boolean {
    const { stop } = this.#options;
    if (stop.length === 0 || this.#targets.has(node)) return false;
    return matchesAny(stop, this.#subjectOf({ node }, this.drawing.edgesFrom({ node })));
  }

  #subjectOf(drawn: Drawn, edges: PatternSubject['edges']): PatternSubject {
    if ('frame' in drawn) return { id: keyOf(drawn), name: keyOf(drawn), location: null, edges };
    const { name, location } = describeNode(this.#view, drawn.node);
    return { id: `@${this.#view.graph.idOf(drawn.node)}`, name, location, edges };
  }
}

/** The first `limit` groups, the one with the shortest way to a root always among them. */
function keepBest(groups: readonly HolderGroup[], limit: number): ReadonlySet<HolderGroup> {
  const kept = groups.slice(0, limit);
  const nearest = nearestToRoot(groups);
  if (nearest === null || kept.length === 0) return new Set(kept);
  const isKept = groups.indexOf(nearest) < limit;
  return new Set(isKept ? kept : [...kept.slice(0, -1), nearest]);
}
