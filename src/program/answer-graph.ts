import { collectGraph, type GraphAnswer, type Selected } from '../answer/collect-graph.js';
import { toFrames } from '../answer/live/live-frames.js';
import { readFacts } from '../answer/load-heap.js';
import { PLAIN_WORK } from '../answer/work.js';
import { locateGraph, prepareRendering, writeGraph } from '../answer/write-graph.js';
import { FILES_ONLY } from '../answer/write-outputs.js';
import { FrameIndex } from '../engine/frames.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import { buildHeapView } from '../engine/heap-view.js';
import { ShowBackrefError } from '../errors.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import type { LiveFacts } from '../source/opened-source.js';
import type { SelfSource } from '../source/self/self-source.js';
import { countOf } from '../util/format-count.js';
import { edgesOfList } from './leaving-edges.js';
import { findOwnPart, findShown } from './own-part.js';
import type { ObjectQuestion, Question } from './questions.js';

/**
 * Reads the heap of the program that made the call, answers, and writes the files that were asked
 * for.
 *
 * @throws ShowBackrefError NOTHING_SELECTED when nothing but the call held the target,
 *   RENDER_FAILED, OUTPUT_FAILED.
 */
export async function answerGraph(
  source: SelfSource,
  asked: ObjectQuestion & Question,
): Promise<GraphAnswer> {
  const { question } = asked;
  await prepareRendering(question.outputs);
  const facts = await readFacts(source, PLAIN_WORK, { prepare: 'nothing' });
  const { notes, ...selected } = findTargets(facts, source, asked);
  const { producer } = source.live as LiveFacts;
  const found = collectGraph(selected, question, { kind: source.kind, producer });
  const answer = await locateGraph(
    { ...found, notes: [...found.notes, ...notes] },
    question,
    'anywhere',
  );
  await writeGraph(answer, question, { work: PLAIN_WORK, place: FILES_ONLY });
  return answer;
}

/** The targets found in the heap, without the references that exist only for the call. */
interface FoundTargets extends Selected {
  readonly notes: readonly string[];
}

function findTargets(
  facts: HeapFacts,
  { live, isWithinCall }: SelfSource,
  question: ObjectQuestion & Question,
): FoundTargets {
  const { graph } = facts;
  const { listLength, isPrompt = false } = question;
  const { frames } = live as LiveFacts;
  const shown = findShown(graph, live as LiveFacts, question);
  const { list: ownList, targets: given, context } = shown;
  const [first] = given;
  // at a prompt the only frame is that of the line that asks
  const index = new FrameIndex(isPrompt ? [] : toFrames(facts, frames));
  const standIns = context === null ? [] : [context];
  const viewWithout = (edges: readonly EdgeOrdinal[]) =>
    buildHeapView(facts.of(graph.without(edges), standIns), index);
  const ours = [
    ...(ownList === null ? [] : edgesOfList(graph, ownList)),
    ...(isWithinCall
      ? given.flatMap((node) => (node === null ? [] : stackEdges(graph, node)))
      : []),
    ...(isPrompt ? findOwnPart(facts, shown).edges : []),
  ];
  let view = viewWithout(ours);
  const isHeld = first != null && view.rootDistances.of(first) >= 0;
  const isTakenApart = listLength > 0 && !isHeld;
  const targets = [...new Set(isTakenApart ? given.slice(1) : [first])].filter((n) => n != null);
  if (targets.length === 0) throw targetGone();
  // ignore a list made only for the call: it is not a holder of its elements
  if (isTakenApart && first != null) view = viewWithout([...ours, ...edgesOfList(graph, first)]);
  const more = isTakenApart ? listLength - (given.length - 1) : 0;
  const notes = more > 0 ? [notDrawn(more)] : [];
  return { view, targets, left: 0, prototypes: 0, onlyPrototypes: 0, notes };
}

function notDrawn(more: number): string {
  const what = countOf(more, 'more object');
  return `${what} of the list ${more === 1 ? 'is' : 'are'} not drawn.`;
}

/**
 * The edges from the stack to a node. While a call runs, its arguments are on the stack; they are
 * not what was asked for.
 */
function stackEdges(graph: HeapGraph, node: NodeOrdinal): readonly EdgeOrdinal[] {
  return ([...graph.retainersOf(node)] as EdgeOrdinal[]).filter((edge) => {
    const owner = graph.nameOf(graph.ownerOf(edge));
    return owner === '(Stack roots)' || owner === '(Handle scope)';
  });
}

function targetGone(): ShowBackrefError {
  return new ShowBackrefError(
    'NOTHING_SELECTED',
    'the target was held only by this call and has been collected; keep a reference to it in a variable',
  );
}
