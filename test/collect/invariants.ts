import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import { collectChain } from '../../src/collect/collect-chain.js';
import { collectRefs } from '../../src/collect/collect-refs.js';
import type { SubgraphEdge } from '../../src/collect/picture/subgraph.js';
import type { Direction } from '../../src/collect/walk/neighbour.js';
import { rankHolders } from '../../src/collect/walk/rank-holders.js';
import { Neighbours } from '../../src/collect/walk/walk-neighbours.js';
import type { HeapView } from '../../src/engine/heap-view.js';
import { Holders } from '../../src/engine/references/holders.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import type { CollectOptions } from '../../src/question/walk-options.js';
import {
  type Answer,
  brief,
  drawnNodes,
  heapNodes,
  holdersDrawn,
  idOf,
  isRoot,
  nameOf,
  ordinalOf,
  toAnswer,
} from './answer.js';
import { FoldChecker } from './fold-invariants.js';
import { groupsTrue } from './grouped-invariants.js';
import { canonical, liveRetainers } from './raw-edges.js';
import {
  chainsEnd,
  connected,
  depthsRight,
  repeatable,
  SAYS_UNHELD,
  sorted,
  wellFormed,
  withinLimits,
} from './shape-invariants.js';

export const SOURCE = { kind: 'snapshot', producer: 'test' } as const;

/**
 * Checks subgraphs of one heap against the rules for every target and all options, and against the
 * raw graph. Returns sentences about what is wrong; none for a correct subgraph.
 */
export class InvariantChecker {
  readonly #view: HeapView;
  readonly #holders = new Map<string, Holders>();
  readonly #holderIdsByKey = new Map<string, ReadonlySet<string>>();
  readonly #neighbours = new Map<string, Neighbours>();
  readonly #checker: FoldChecker;
  readonly #folds = new Map<string, readonly string[]>();

  constructor(view: HeapView) {
    this.#view = view;
    this.#checker = new FoldChecker(view);
  }

  /**
   * Asks in every way, twice, and checks the answers; the sentences start with the target and the
   * options.
   */
  violations(
    targets: readonly NodeOrdinal[],
    options: CollectOptions,
    { isThorough = true } = {},
  ): readonly string[] {
    const found = [
      ...this.#holdersRight(targets, { ...options, group: false }),
      ...(isThorough ? this.#othersRight(targets, options) : []),
    ];
    const shown = `${targets.map((node) => nameOf(this.#view, node)).join(' ')} ${brief(options)}`;
    return found.map((sentence) => `${shown}: ${sentence}`);
  }

  #holdersRight(targets: readonly NodeOrdinal[], options: CollectOptions): readonly string[] {
    return this.#ask(collectBackrefs, targets, options, (answer) => [
      ...withinLimits(answer),
      ...connected(answer),
      ...chainsEnd(answer),
      ...this.#edgesReal(answer),
      ...this.#notesTrue(answer),
      ...(isFiltered(options) ? [] : this.#nothingLost(answer)),
    ]);
  }

  #othersRight(targets: readonly NodeOrdinal[], options: CollectOptions): readonly string[] {
    const ungrouped = { ...options, group: false };
    return [
      ...this.#ask(collectBackrefs, targets, { ...options, group: true }, (answer) => [
        ...withinLimits(answer),
        ...chainsEnd(answer),
        ...this.#groupsTrue(answer, 'up'),
      ]),
      ...this.#ask(collectRefs, targets, { ...options, group: true }, (answer) => [
        ...withinLimits(answer),
        ...this.#groupsTrue(answer, 'down'),
      ]),
      ...this.#ask(collectRefs, targets, ungrouped, (answer) => [
        ...withinLimits(answer),
        ...this.#edgesReal(unflipped(answer)),
        ...this.#groupsTrue(answer, 'down'),
      ]),
      ...this.#ask(collectChain, targets, { ...ungrouped, paths: 3 }, (answer) => [
        ...this.#edgesReal(answer),
        ...chainsReach(answer),
      ]),
    ];
  }

  #ask(
    collect: typeof collectBackrefs,
    targets: readonly NodeOrdinal[],
    options: CollectOptions,
    check: (answer: Answer) => readonly string[],
  ): readonly string[] {
    const subgraph = collect(this.#view, targets, options, SOURCE);
    const again = collect(this.#view, targets, options, SOURCE);
    const isDown = subgraph.command === 'refs';
    const upward = isDown ? { ...subgraph, edges: subgraph.edges.map(flip) } : subgraph;
    const answer = toAnswer(this.#view, targets, options, upward);
    const found = [
      ...repeatable(subgraph, again),
      ...wellFormed(answer),
      ...sorted(answer),
      ...depthsRight(answer),
      ...check(answer),
    ];
    const { command } = subgraph;
    return found.map((sentence) => `${command}${options.group ? ' grouped' : ''}: ${sentence}`);
  }

  #groupsTrue(answer: Answer, direction: Direction): Iterable<string> {
    const key = `${direction} ${answer.options.internals} ${answer.options.weak}`;
    const isKept = !isFiltered(answer.options);
    const neighbours = isKept ? this.#neighbours.get(key) : undefined;
    const asked = neighbours ?? new Neighbours(this.#view, answer.options, direction);
    if (isKept) this.#neighbours.set(key, asked);
    return groupsTrue(answer, (node) => asked.of(node));
  }

  #nothingLost(answer: Answer): readonly string[] {
    return [
      ...this.#countsRight(answer),
      ...this.#limitsSaid(answer),
      ...(answer.options.internals ? rawEdgesDrawn(answer) : this.#foldsTrue(answer)),
    ];
  }

  /** Ids of all holders of a node, whatever the limits and patterns of the question. */
  #holderIds(id: string, { view, options }: Answer): ReadonlySet<string> {
    const { internals, weak } = options;
    const key = `${internals} ${weak} ${id}`;
    const known = this.#holderIdsByKey.get(key);
    if (known !== undefined) return known;
    const kind = `${internals} ${weak}`;
    const holders = this.#holders.get(kind) ?? new Holders(view, options);
    this.#holders.set(kind, holders);
    const node = ordinalOf(view, id);
    const groups = rankHolders(view, node, holders.of(node), { all: internals });
    const ids = new Set(groups.map(({ end }) => idOf(view, end)));
    this.#holderIdsByKey.set(key, ids);
    return ids;
  }

  *#countsRight(answer: Answer): Iterable<string> {
    for (const node of heapNodes(answer)) {
      const drawn = new Set(holdersDrawn(answer, node.id));
      const more = answer.nodes.get(`more:${node.id}`);
      const all = this.#holderIds(node.id, answer);
      for (const id of drawn) if (!all.has(id)) yield `${id} is drawn as holder of ${node.id} only`;
      if (more === undefined) continue;
      const count = more.omitted?.count ?? 0;
      if (count !== all.size - drawn.size) {
        yield `${more.id} counts ${count}, ${all.size - drawn.size} of ${all.size} are left out`;
      }
      const sum = (more.omitted?.classes ?? []).reduce((total, { count: n }) => total + n, 0);
      if (sum !== count) yield `${more.id} counts ${count}, its classes ${sum}`;
      if (!more.label.startsWith(`${count} `)) yield `${more.id} is labelled "${more.label}"`;
    }
  }

  *#limitsSaid(answer: Answer): Iterable<string> {
    const { limits } = answer.subgraph;
    const { depth, fanIn } = answer.options;
    const seen = { depth: false, fanIn: false };
    for (const node of heapNodes(answer)) {
      if (node.role === 'root') continue;
      const all = this.#holderIds(node.id, answer);
      const drawn = new Set(holdersDrawn(answer, node.id));
      if (node.depth < depth && all.size > fanIn) seen.fanIn = true;
      if (node.depth >= depth && all.size > drawn.size) seen.depth = true;
    }
    if (seen.fanIn !== limits.fanIn) yield `limits.fanIn is ${limits.fanIn}`;
    if (seen.depth !== limits.depth) yield `limits.depth is ${limits.depth}`;
    const size = drawnNodes(answer).length;
    if (limits.nodes && size < answer.options.maxNodes) yield `limits.nodes at ${size} nodes`;
  }

  *#notesTrue(answer: Answer): Iterable<string> {
    const { view } = answer;
    for (const node of heapNodes(answer)) {
      const { size } = this.#holderIds(node.id, answer);
      const isUnheld = SAYS_UNHELD.test(node.preview);
      if (isUnheld && size > 0) yield `${node.id} says it has no holder and has ${size}`;
      const isUnreachable = view.rootDistances.of(ordinalOf(view, node.id)) < 0 && !isUnheld;
      const isSaid = node.preview.endsWith('unreachable');
      if (isUnreachable !== isSaid && !isRoot(answer, node)) yield `${node.id} "${node.preview}"`;
    }
  }

  /** Checks that a reference that is drawn as in the heap exists. */
  *#edgesReal(answer: Answer): Iterable<string> {
    for (const edge of answer.subgraph.edges) {
      if (edge.type === 'more') continue;
      if (edge.from.startsWith('frame:')) {
        if (!isInFrame(answer.view, edge)) yield `${edge.from} has no ${edge.name} for ${edge.to}`;
        continue;
      }
      if (hasRawEdge(answer.view, edge) || isSummary(answer, edge)) continue;
      if (['property', 'element', 'shortcut'].includes(edge.type)) {
        yield `${edge.from} -${edge.label}-> ${edge.to} (${edge.type}) is not in the heap`;
      }
    }
  }

  /** Checks that folding loses and invents no reference, for each drawn node. */
  *#foldsTrue(answer: Answer): Iterable<string> {
    for (const { id } of heapNodes(answer)) {
      const known = this.#folds.get(id) ?? this.#checker.violations(ordinalOf(answer.view, id));
      this.#folds.set(id, known);
      yield* known;
    }
  }
}

/** Swaps the ends of a reference, so that one check serves both directions. */
function flip(edge: SubgraphEdge): SubgraphEdge {
  return { ...edge, from: edge.to, to: edge.from };
}

function unflipped({ view, targets, options, subgraph }: Answer): Answer {
  return toAnswer(view, targets, options, { ...subgraph, edges: subgraph.edges.map(flip) });
}

/**
 * Checks that a chain is drawn up to a root, a stop or a limit, or its target says that there is
 * none.
 */
function* chainsReach(answer: Answer): Iterable<string> {
  for (const node of drawnNodes(answer)) {
    const isEnd = isRoot(answer, node);
    const isSaid = /(not reachable|only held weakly)$/.test(node.preview);
    if (isSaid && node.role !== 'target') yield `${node.id} is drawn and not reachable`;
    if (isEnd || isSaid) continue;
    if (!answer.into.has(node.id)) yield `the chain ends at ${node.id}`;
  }
}

/** True with patterns that remove holders on purpose, so that missing ones prove nothing. */
function isFiltered({ hide, stop }: CollectOptions): boolean {
  return hide.length > 0 || stop.length > 0;
}

/**
 * Checks that with `internals` every reference that keeps a drawn node alive is drawn, or counted
 * in a cut.
 */
function* rawEdgesDrawn(answer: Answer): Iterable<string> {
  const { view, options, into, nodes } = answer;
  const { graph } = view;
  for (const node of heapNodes(answer)) {
    if (node.depth >= options.depth || isRoot(answer, node)) continue;
    const edges = into.get(node.id) ?? [];
    const drawn = new Set(edges.map(({ from, type, name }) => `${from} ${type} ${name}`));
    const holders = new Set(edges.map(({ from }) => from));
    for (const edge of liveRetainers(view, ordinalOf(view, node.id))) {
      const owner = `@${graph.idOf(canonical(view, graph.ownerOf(edge)))}`;
      if (!holders.has(owner) && nodes.has(`more:${node.id}`)) continue;
      const words = `${owner} ${graph.edgeTypeNameOf(edge)} ${graph.edgeNameOf(edge)}`;
      if (!drawn.has(words)) yield `${words} -> ${node.id} is not drawn`;
    }
  }
}

/** True for a frame's locals: it holds them, and the scope of some of them. */
function isInFrame({ graph, frames }: HeapView, { from, to, name }: SubgraphEdge): boolean {
  const locals = frames.frames[Number(from.slice('frame:'.length))]?.locals ?? [];
  const isLocal = locals.some(
    (local) => local.name === name && `@${graph.idOf(local.node)}` === to,
  );
  return isLocal || name === 'scope';
}

/** The reference that stands for all beyond the first 50 from one holder. */
function isSummary({ into }: Answer, { from, to, label }: SubgraphEdge): boolean {
  const parallel = (into.get(to) ?? []).filter((edge) => edge.from === from);
  return /^… and [1-9]\d* more$/.test(label) && parallel.length === 51;
}

/** Cached for each arrow: an array may hold one object a hundred thousand times. */
const rawEdges = new WeakMap<HeapView, Map<string, ReadonlySet<string>>>();

function hasRawEdge(view: HeapView, { from, to, type, name }: SubgraphEdge): boolean {
  const known = rawEdges.get(view) ?? new Map<string, ReadonlySet<string>>();
  rawEdges.set(view, known);
  const edges = known.get(to) ?? rawEdgesInto(view, ordinalOf(view, to));
  known.set(to, edges);
  return edges.has(`${ordinalOf(view, from)} ${type} ${name}`);
}

function rawEdgesInto(view: HeapView, held: NodeOrdinal): ReadonlySet<string> {
  const { graph } = view;
  const aliases = view.facts.globalOf(held)?.aliases ?? [held];
  const edges = aliases.flatMap((node) => Array.from(graph.retainersOf(node as NodeOrdinal)));
  return new Set(
    edges.map((e) => {
      const edge = e as Parameters<typeof graph.ownerOf>[0];
      const holder = canonical(view, graph.ownerOf(edge));
      return `${holder} ${graph.edgeTypeNameOf(edge)} ${graph.edgeNameOf(edge)}`;
    }),
  );
}
