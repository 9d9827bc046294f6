import type { HeapView } from '../../engine/heap-view.js';
import { labelOf } from '../../words/labels.js';
import { type Drawing, type Drawn, type DrawnKey, idOf, keyOf } from '../walk/drawing.js';
import type { Direction } from '../walk/neighbour.js';
import type { Walked } from '../walk/walked.js';
import { buildGapNode, buildMoreNode, gapId } from './build-more-node.js';
import { NodeBuilder, type PictureQuestion } from './build-node.js';
import { findHoldingPatterns } from './holding-patterns.js';
import type { PictureLimits, Subgraph, SubgraphEdge, SubgraphNode } from './subgraph.js';

/** Turns a finished walk into a plain answer, neither sorted nor masked yet. */
export function assembleSubgraph(
  view: HeapView,
  walk: Walked,
  question: PictureQuestion,
): Subgraph {
  const { drawing, targets } = walk;
  const { command, source, options } = question;
  const { spelling } = options;
  const isDown = command === 'refs';
  const depths = drawnDepths(drawing, targets, isDown ? 'down' : 'up');
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
  const { nodeCount, edgeCount } = view.graph.counts;
  const patterns = isDown ? [] : findHoldingPatterns(view, walk);
  return {
    schema: 'showbackref/graph@1',
    command,
    source: { ...source, nodeCount, edgeCount, ...(view.graph.hasRoot ? {} : { rootless: true }) },
    targets: targets.map((target) => idOf(view, target)),
    nodes,
    edges: edgesOf(view, drawing, command),
    limits: limitsOf(walk),
    masked: 0,
    ...(patterns.length === 0 ? {} : { patterns }),
  };
}

function limitsOf({ limits, neighbours, drawing }: Walked): PictureLimits {
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
  direction: Direction,
): Map<DrawnKey, number> {
  const beyond = new Map<DrawnKey, DrawnKey[]>();
  const step = (near: DrawnKey, far: DrawnKey) => {
    const list = beyond.get(near) ?? [];
    list.push(far);
    beyond.set(near, list);
  };
  for (const { from, to } of drawing.edges) {
    if (direction === 'down') step(from, to);
    else step(to, from);
  }
  for (const { below, above } of drawing.gaps.values()) {
    step(below, `gap ${below}`);
    step(`gap ${below}`, above);
  }
  const depths = new Map(targets.map((target) => [keyOf(target), 0]));
  // a Map can grow while it is iterated, so it serves as the queue
  for (const [key, depth] of depths) {
    for (const next of beyond.get(key) ?? []) {
      if (!depths.has(next)) depths.set(next, depth + 1);
    }
  }
  return depths;
}

function edgesOf(
  view: HeapView,
  drawing: Drawing,
  command: Subgraph['command'],
): readonly SubgraphEdge[] {
  const idOfKey = (key: DrawnKey) => idOf(view, drawing.nodes.get(key) as Drawn);
  const edges: SubgraphEdge[] = drawing.edges.map(({ from, to, reference, meaning, count }) => {
    const { type, name, weak } = reference;
    const ends = { from: idOfKey(from), to: idOfKey(to) };
    const counted = count === 1 ? {} : { count };
    return { ...ends, type, name, label: labelOf(meaning), weak, ...counted, means: meaning };
  });
  for (const key of drawing.cuts.keys()) {
    const [node, more] = [idOfKey(key), `more:${idOfKey(key)}`];
    const ends = command === 'refs' ? { from: node, to: more } : { from: more, to: node };
    edges.push({ ...ends, type: 'more', name: '', label: '', weak: false });
  }
  for (const gap of drawing.gaps.values()) {
    const more = { type: 'more', name: '', label: '', weak: false };
    edges.push({ from: idOfKey(gap.above), to: gapId(view, gap), ...more });
    edges.push({ from: gapId(view, gap), to: idOfKey(gap.below), ...more });
  }
  return edges;
}
