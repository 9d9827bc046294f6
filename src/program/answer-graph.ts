import { toFrames } from '../answer/live-frames.js';
import { collectBackrefs } from '../collect/collect-backrefs.js';
import { collectChain } from '../collect/collect-chain.js';
import { cutReferences } from '../collect/collect-cut.js';
import { collectRefs } from '../collect/collect-refs.js';
import { notesOn } from '../collect/picture/graph-notes.js';
import { collectPlaces } from '../collect/picture/places.js';
import type { Subgraph } from '../collect/picture/subgraph.js';
import { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from '../collect/walk/collect-options.js';
import { FrameIndex } from '../engine/frames.js';
import { HeapFacts } from '../engine/heap-facts.js';
import { buildHeapView, type HeapView } from '../engine/heap-view.js';
import { ShowBackrefError } from '../errors.js';
import { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import type { LiveFacts } from '../source/opened-source.js';
import type { SelfSource } from '../source/self/self-source.js';
import type { LocatedAnswer } from '../source-maps/follow-source-maps.js';
import { finishGraph, prepareOutputs } from './finish-graph.js';
import { edgesOfList } from './leaving-edges.js';
import { parseQuestion } from './parse-question.js';
import { findPromptPart, findShown } from './prompt-part.js';
import type { GraphQuestion, Question } from './questions.js';

const COLLECT = { backrefs: collectBackrefs, refs: collectRefs, chain: collectChain };

/**
 * Reads the heap of the program that made the call, answers and writes the files asked for.
 *
 * @throws ShowBackrefError NOTHING_SELECTED when nothing but the call held the target,
 *   RENDER_FAILED, OUTPUT_FAILED.
 */
export async function answerGraph(
  source: SelfSource,
  request: GraphQuestion & Question,
): Promise<LocatedAnswer> {
  await prepareOutputs(request);
  const graph = new HeapGraph(await readSnapshot(source.bytes, { name: source.name }));
  const { view, targets, notes } = findTargets(graph, source, request);
  const { subgraph, notes: said } = ask(view, targets, source, request);
  const answer = { subgraph, notes: [...said, ...notes] };
  const placesIn = (found: Subgraph) => collectPlaces(view, found);
  return finishGraph(answer, request, { placesIn, file: null });
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
  question: GraphQuestion & Question,
): FoundTargets {
  const { listLength, isPrompt = false } = question;
  const { frames } = live as LiveFacts;
  const shown = findShown(graph, live as LiveFacts, question);
  const { list: ownList, targets: given, context } = shown;
  const [first] = given;
  // at a prompt the only frame is that of the line that asks
  const index = new FrameIndex(isPrompt ? [] : toFrames(graph, frames));
  const standIns = context === null ? [] : [context];
  const viewWithout = (edges: readonly EdgeOrdinal[]) =>
    buildHeapView(new HeapFacts(graph.without(edges), {}, standIns), index);
  const ours = [
    ...(ownList === null ? [] : edgesOfList(graph, ownList)),
    ...(isWithinCall
      ? given.flatMap((node) => (node === null ? [] : stackEdges(graph, node)))
      : []),
    ...(isPrompt ? findPromptPart(graph, shown).edges : []),
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

function targetGone(): ShowBackrefError {
  return new ShowBackrefError(
    'NOTHING_SELECTED',
    'nothing but this call held its target, which is gone; keep a reference to it in a variable',
  );
}
