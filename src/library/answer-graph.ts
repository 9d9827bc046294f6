import { collectBackrefs } from '../collect/collect-backrefs.js';
import { collectChain } from '../collect/collect-chain.js';
import { cutReferences } from '../collect/collect-cut.js';
import { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from '../collect/collect-options.js';
import { collectRefs } from '../collect/collect-refs.js';
import { FrameIndex } from '../collect/frames.js';
import { notesOn } from '../collect/graph-notes.js';
import { buildHeapView, type HeapView } from '../collect/heap-view.js';
import { collectPlaces } from '../collect/places.js';
import type { Subgraph } from '../collect/subgraph.js';
import { ShowBackrefError } from '../errors.js';
import { HeapFacts } from '../graph/heap-facts.js';
import { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { toFrames } from '../live-frames.js';
import type { LocatedAnswer } from '../locate/follow-source-maps.js';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import type { LiveFacts } from '../source/opened-source.js';
import type { SelfSource } from '../source/self-source.js';
import { finishGraph, prepareOutputs } from './finish-graph.js';
import { parseQuestion } from './parse-question.js';
import type { GraphQuestion } from './questions.js';

const COLLECT = { backrefs: collectBackrefs, refs: collectRefs, chain: collectChain };

/**
 * Reads the heap of the program that made the call, answers and writes the files asked for.
 *
 * @throws ShowBackrefError NOTHING_SELECTED when nothing but the call held the target,
 *   RENDER_FAILED, OUTPUT_FAILED.
 */
export async function answerGraph(source: SelfSource, request: GraphQuestion): Promise<Subgraph> {
  await prepareOutputs(request);
  const graph = new HeapGraph(await readSnapshot(source.bytes, { name: source.name }));
  const { view, targets, notes } = findTargets(graph, source, request);
  const { subgraph, notes: said } = ask(view, targets, source, request);
  const answer = { subgraph, notes: [...said, ...notes] };
  return finishGraph(answer, request, (found) => collectPlaces(view, found));
}

function ask(
  whole: HeapView,
  targets: readonly NodeOrdinal[],
  { kind, live }: SelfSource,
  request: GraphQuestion,
): LocatedAnswer {
  const { producer } = live as LiveFacts;
  const { cut, ...walk } = parseQuestion(request);
  const { view, answer } =
    cut.length === 0 ? { view: whole, answer: null } : cutReferences(whole, cut);
  const options: CollectOptions = {
    ...DEFAULT_COLLECT_OPTIONS,
    // a way is drawn whole
    ...(request.command === 'chain' && { maxNodes: Number.MAX_SAFE_INTEGER }),
    ...walk,
  };
  const found = COLLECT[request.command](view, targets, options, { kind, producer });
  const subgraph = answer === null ? found : { ...found, cut: answer };
  return { subgraph, notes: notesOn(subgraph, 0) };
}

interface FoundTargets {
  /** The heap without what is there for the call only. */
  readonly view: HeapView;
  readonly targets: readonly NodeOrdinal[];
  readonly notes: readonly string[];
}

function findTargets(
  graph: HeapGraph,
  { live, isWithinCall }: SelfSource,
  { listLength }: GraphQuestion,
): FoundTargets {
  const { frames, evaluated } = live as LiveFacts;
  const [ownList, ...given] = evaluated.map((answer) =>
    answer.kind === 'object' ? graph.withId(answer.nodeId) : null,
  );
  const [first] = given;
  const index = new FrameIndex(toFrames(graph, frames));
  const viewWithout = (edges: readonly EdgeOrdinal[]) =>
    buildHeapView(new HeapFacts(graph.without(edges)), index);
  const ours = [
    ...(ownList == null ? [] : edgesOfList(graph, ownList)),
    ...(isWithinCall
      ? given.flatMap((node) => (node === null ? [] : stackEdges(graph, node)))
      : []),
  ];
  let view = viewWithout(ours);
  const isHeld = first != null && view.rootDistances.of(first) >= 0;
  const isTakenApart = listLength > 0 && !isHeld;
  const targets = [...new Set(isTakenApart ? given.slice(1) : [first])].filter((n) => n != null);
  if (targets.length === 0) throw targetGone();
  // a list made for the call only does not hold what is in it
  if (isTakenApart && first != null) view = viewWithout([...ours, ...edgesOfList(graph, first)]);
  const left = isTakenApart ? listLength - (given.length - 1) : 0;
  const notes = left > 0 ? [`${left} more objects of the list are not drawn.`] : [];
  return { view, targets, notes };
}

/** Arguments of a call are on the stack while it is made: nobody asks for that. */
function stackEdges(graph: HeapGraph, node: NodeOrdinal): readonly EdgeOrdinal[] {
  return ([...graph.retainersOf(node)] as EdgeOrdinal[]).filter((edge) => {
    const owner = graph.nameOf(graph.ownerOf(edge));
    return owner === '(Stack roots)' || owner === '(Handle scope)';
  });
}

/** All that leaves a list, and the store of its elements, which is a node of its own. */
function edgesOfList(graph: HeapGraph, list: NodeOrdinal): readonly EdgeOrdinal[] {
  const own = edgesOf(graph, list);
  const stores = own.filter((edge) => graph.edgeNameOf(edge) === 'elements');
  return [...own, ...stores.flatMap((edge) => edgesOf(graph, graph.targetOf(edge)))];
}

function edgesOf(graph: HeapGraph, node: NodeOrdinal): readonly EdgeOrdinal[] {
  const first = graph.firstEdge(node);
  return Array.from({ length: graph.endEdge(node) - first }, (_, i) => (first + i) as EdgeOrdinal);
}

function targetGone(): ShowBackrefError {
  return new ShowBackrefError(
    'NOTHING_SELECTED',
    'nothing but this call held its target, which is gone; keep a reference to it in a variable',
  );
}
