import { type Frame, FrameIndex } from '../engine/frames.js';
import { buildHeapView, type HeapView } from '../engine/heap-view.js';
import { meaningOfEdge } from '../engine/references/edge-meaning.js';
import { Held } from '../engine/references/held.js';
import type { Holder } from '../engine/references/holder.js';
import { Holders } from '../engine/references/holders.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType } from '../graph/types.js';
import type { CutRule } from '../question/cut-rule.js';
import type { Pattern } from '../question/pattern.js';
import { labelOf } from '../words/labels.js';
import { nothingToCut } from './nothing-to-cut.js';
import type { CutAnswer } from './picture/subgraph.js';
import { matchesPattern, type PatternSubject } from './walk/match-pattern.js';
import { PatternMatcher } from './walk/pattern-matcher.js';
import type { NamedReference } from './walk/subject-of.js';

/**
 * The heap as if some references did not exist, and what is unreachable without them.
 *
 * @throws ShowBackrefError NOTHING_SELECTED for a rule that matches no reference, with the
 *   nearest names.
 */
export function cutReferences(
  view: HeapView,
  rules: readonly CutRule[],
  redactor = view.redactor,
): { readonly view: HeapView; readonly answer: CutAnswer } {
  const cutter = new Cutter(view);
  const answers = rules.map((rule) => {
    const count = cutter.cut(rule);
    if (count === 0) throw nothingToCut({ ...view, redactor }, rule, cutter.holdersOf(rule));
    return { text: rule.text, count };
  });
  const graph = view.graph.without(cutter.edges);
  const left = buildHeapView(view.facts.of(graph), new FrameIndex(cutter.frames));
  return {
    view: { ...left, isCut: true },
    answer: { rules: answers, freed: freedBetween(view, left) },
  };
}

class Cutter {
  readonly edges = new Set<EdgeOrdinal>();
  frames: readonly Frame[];
  readonly #view: HeapView;
  readonly #holders: Holders;
  readonly #held: Held;
  readonly #patterns: PatternMatcher;

  constructor(view: HeapView) {
    const options = { weak: false, internals: false };
    this.#view = view;
    this.#patterns = new PatternMatcher(view);
    this.#holders = new Holders(view, options);
    this.#held = new Held(view, this.#holders, options);
    this.frames = view.frames.frames;
  }

  /** Removes the references of one rule; returns how many there are. */
  cut({ from, to }: CutRule): number {
    let count = this.#cutFrames(from, to);
    for (const node of this.#nodesMatching(from)) {
      for (const held of this.#held.of(node)) {
        const drawn = this.#view.facts.realms.drawnFor(held.node);
        const gone = held.references.filter((reference) =>
          this.#patterns.matches(to, { node: drawn }, [reference]),
        );
        if (gone.length === 0) continue;
        count += gone.length;
        this.#cutEdges(held, gone);
      }
    }
    return count;
  }

  /** The objects that the holders of a rule hold; null if nothing matches its left side. */
  holdersOf({ from }: CutRule): readonly ReturnType<Held['of']>[number][] | null {
    const nodes = [...this.#nodesMatching(from)];
    if (nodes.length > 0) return nodes.flatMap((node) => this.#held.of(node));
    return this.#framesMatching(from).length > 0 ? [] : null;
  }

  #cutEdges(
    { node, references, edges }: ReturnType<Held['of']>[number],
    gone: readonly Holder[],
  ): void {
    const { from } = gone[0] as Holder;
    const isAll = gone.length === references.length;
    const labels = new Set(gone.map(({ meaning }) => labelOf(meaning)));
    for (const edge of edges) {
      const found = this.#holders.through(node, [edge]);
      const isGone = found.some(
        (holder) => isSame(holder.from, from) && labels.has(labelOf(holder.meaning)),
      );
      // the file may list a reference a second time, as a slot without further information
      if (isGone || (isAll && found.length === 0)) this.edges.add(edge);
    }
  }

  #cutFrames(from: Pattern, to: Pattern): number {
    const before = countLocals(this.frames);
    const matching = new Set(this.#framesMatching(from));
    this.frames = this.frames.map((frame, position) => {
      if (!matching.has(position)) return frame;
      const locals = frame.locals.filter((local) => {
        const isGone = this.#patterns.matches(to, local, [variableOf(local.name)]);
        if (isGone) this.#cutStack(local.node);
        return !isGone;
      });
      return { ...frame, locals };
    });
    return before - countLocals(this.frames);
  }

  /** Positions of the frames that a pattern names, by their whole box or by their function. */
  #framesMatching(pattern: Pattern): readonly number[] {
    const { frames } = this.#view.frames;
    return [...frames.keys()].filter((frame) => {
      const name = frames[frame]?.functionName ?? '';
      return (
        this.#patterns.matches(pattern, { frame }, []) ||
        matchesPattern(pattern, { ...nameOnly('', ''), name })
      );
    });
  }

  /** Removes the slots of the stack, too: a variable of a frame is also one of them. */
  #cutStack(node: NodeOrdinal): void {
    const { graph } = this.#view;
    for (const edge of graph.retainersOf(node)) {
      if (graph.nameOf(graph.ownerOf(edge)) === '(Stack roots)') this.edges.add(edge);
    }
  }

  /**
   * The nodes that a pattern matches, by what the object is or by the names of references to it.
   */
  #nodesMatching(pattern: Pattern): ReadonlySet<NodeOrdinal> {
    const { graph, facts } = this.#view;
    const found = new Set<NodeOrdinal>();
    for (let node = graph.firstNode; node < graph.nodeCount; node++) {
      if (this.#patterns.matches(pattern, { node }, []))
        found.add(facts.globalOf(node)?.object ?? node);
    }
    const answers = new Map<number, boolean>();
    for (let edge = graph.firstEdge(graph.firstNode); edge < graph.edgeCount; edge++) {
      const type = graph.edgeTypeOf(edge);
      if (type !== EdgeType.property && type !== EdgeType.context) continue;
      if (!graph.isRetaining(edge)) continue;
      const key =
        2 * (graph.tables.edgeNames[edge] as number) + (type === EdgeType.context ? 1 : 0);
      const answer =
        answers.get(key) ??
        matchesPattern(
          pattern,
          nameOnly(graph.edgeNameOf(edge), labelOf(meaningOfEdge(graph, edge))),
        );
      answers.set(key, answer);
      const target = graph.targetOf(edge);
      if (answer) found.add(facts.globalOf(target)?.object ?? target);
    }
    return found;
  }
}

function variableOf(name: string): NamedReference {
  return { name, meaning: { kind: 'variable', name } };
}

function nameOnly(name: string, label: string): PatternSubject {
  return { id: '', name: '', location: null, edges: [{ name, label }] };
}

function isSame(a: Holder['from'], b: Holder['from']): boolean {
  return 'node' in a && 'node' in b && a.node === b.node;
}

function countLocals(frames: readonly Frame[]): number {
  return frames.reduce((sum, { locals }) => sum + locals.length, 0);
}

function freedBetween(before: HeapView, after: HeapView): CutAnswer['freed'] {
  let count = 0;
  let bytes = 0;
  const [were, are] = [before.rootDistances.all(), after.rootDistances.all()];
  const { graph } = before;
  for (let node = graph.firstNode; node < graph.nodeCount; node++) {
    const isFreed = were.of(node) >= 0 && are.of(node) < 0;
    if (!isFreed) continue;
    count += 1;
    bytes += graph.selfSizeOf(node);
  }
  return { count, bytes };
}
