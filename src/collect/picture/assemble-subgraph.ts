import type { HeapView } from '../../engine/heap-view.js';
import { labelOf } from '../../words/labels.js';
import { type Drawing, type Drawn, type DrawnKey, idOf, keyOf } from '../walk/drawing.js';
import type { ObjectWalk } from '../walk/walk-objects.js';
import { buildGapNode, buildMoreNode, gapId } from './build-more-node.js';
import { NodeBuilder, type PictureQuestion } from './build-node.js';
import { findHoldingPatterns } from './holding-patterns.js';
import { redactSubgraph } from './redact-subgraph.js';
import type { NodeRole, PictureLimits, Subgraph, SubgraphEdge, SubgraphNode } from './subgraph.js';
import { findUnmatched } from './unmatched-patterns.js';

const ROLE_ORDER: readonly NodeRole[] = ['target', 'holder', 'root', 'more'];
/** Turns a finished walk into the plain, sorted answer. */
export function assembleSubgraph(
  view: HeapView,
  walk: ObjectWalk,
  question: PictureQuestion,
): Subgraph {
  const { drawing, targets } = walk;
  const { command, source, options } = question;
  const { spelling } = options;
  const isDown = command === 'refs';
  const depths = drawnDepths(drawing, targets, isDown);
  const builder = new NodeBuilder(view, walk, question);
  const nodes: SubgraphNode[] = [];
  for (const [key, drawn] of drawing.nodes) {
    const depth = depths.get(key) ?? 0;
    nodes.push(builder.build(drawn, depth));
    const cut = drawing.cuts.get(key);
    const words = { depth: depth + 1, ...(spelling && { spelling }) };
    if (cut !== undefined) nodes.push(buildMoreNode(view, idOf(view, drawn), cut, words));
    const gap = drawing.gaps.get(key);
    if (gap !== undefined) nodes.push(buildGapNode(view, gap, words));
  }
  nodes.sort(compareNodes);
  const { nodeCount, edgeCount } = view.graph.counts;
  const patterns = isDown ? [] : findHoldingPatterns(view, walk);
  const subgraph: Subgraph = {
    schema: 'showbackref/graph@1',
    command,
    source: { ...source, nodeCount, edgeCount, ...(view.graph.hasRoot ? {} : { rootless: true }) },
    targets: targets.map((target) => idOf(view, target)),
    nodes,
    edges: sortedEdges(view, drawing, nodes, isDown),
    limits: limitsOf(walk),
    masked: 0,
    ...(patterns.length === 0 ? {} : { patterns }),
  };
  const masked = redactSubgraph(subgraph, view.redactor, spelling);
  const unmatched = findUnmatched(masked, walk, options);
  return unmatched.length === 0 ? masked : { ...masked, unmatched };
}

function limitsOf({ limits, neighbours, drawing }: ObjectWalk): PictureLimits {
  const isStopped = [...drawing.cuts.values()].some(({ reason }) => reason === 'stop');
  return {
    ...limits,
    ...(neighbours.hasHidden ? { hide: true } : {}),
    ...(isStopped ? { stop: true } : {}),
  };
}

/** Steps from the nearest target along drawn references, by breadth-first search. */
function drawnDepths(
  drawing: Drawing,
  targets: readonly Drawn[],
  isDown: boolean,
): Map<DrawnKey, number> {
  const beyond = new Map<DrawnKey, DrawnKey[]>();
  const step = (near: DrawnKey, far: DrawnKey) => {
    const list = beyond.get(near) ?? [];
    list.push(far);
    beyond.set(near, list);
  };
  for (const { from, to } of drawing.edges) {
    if (isDown) step(from, to);
    else step(to, from);
  }
  for (const { below, above } of drawing.gaps.values()) {
    step(below, `gap ${below}`);
    step(`gap ${below}`, above);
  }
  const depths = new Map(targets.map((target) => [keyOf(target), 0]));
  // a Map grows while it is iterated, which makes it its own queue
  for (const [key, depth] of depths) {
    for (const next of beyond.get(key) ?? []) {
      if (!depths.has(next)) depths.set(next, depth + 1);
    }
  }
  return depths;
}

function sortedEdges(
  view: HeapView,
  drawing: Drawing,
  nodes: readonly SubgraphNode[],
  isDown: boolean,
): readonly SubgraphEdge[] {
  const position = new Map(nodes.map(({ id }, index) => [id, index]));
  const near = ({ from, to }: SubgraphEdge) => position.get(isDown ? from : to) ?? 0;
  const far = ({ from, to }: SubgraphEdge) => position.get(isDown ? to : from) ?? 0;
  const idOfKey = (key: DrawnKey) => idOf(view, drawing.nodes.get(key) as Drawn);
  const edges: SubgraphEdge[] = drawing.edges.map(({ from, to, reference, meaning, count }) => {
    const { type, name, weak } = reference;
    const ends = { from: idOfKey(from), to: idOfKey(to) };
    const counted = count === 1 ? {} : { count };
    return { ...ends, type, name, label: labelOf(meaning), weak, ...counted, means: meaning };
  });
  for (const key of drawing.cuts.keys()) {
    const [node, more] = [idOfKey(key), `more:${idOfKey(key)}`];
    const ends = isDown ? { from: node, to: more } : { from: more, to: node };
    edges.push({ ...ends, type: 'more', name: '', label: '', weak: false });
  }
  for (const gap of drawing.gaps.values()) {
    const more = { type: 'more', name: '', label: '', weak: false };
    edges.push({ from: idOfKey(gap.above), to: gapId(view, gap), ...more });
    edges.push({ from: gapId(view, gap), to: idOfKey(gap.below), ...more });
  }
  return edges.sort(
    (a, b) =>
      near(a) - near(b) ||
      (b.count ?? 1) - (a.count ?? 1) ||
      far(a) - far(b) ||
      compareText(a.label, b.label),
  );
}

function compareNodes(a: SubgraphNode, b: SubgraphNode): number {
  return (
    a.depth - b.depth ||
    ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role) ||
    numberIn(a.id) - numberIn(b.id) ||
    compareText(a.id, b.id)
  );
}

function numberIn(id: string): number {
  return Number(/\d+/.exec(id)?.[0] ?? 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
