import { collectBackrefs } from '../collect/collect-backrefs.js';
import { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from '../collect/collect-options.js';
import { FrameIndex } from '../collect/frames.js';
import { buildHeapView } from '../collect/heap-view.js';
import { parsePattern } from '../collect/patterns.js';
import { collectPlaces } from '../collect/places.js';
import type { Subgraph } from '../collect/subgraph.js';
import { ShowBackrefError } from '../errors.js';
import { HeapFacts } from '../graph/heap-facts.js';
import { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { toFrames } from '../live-frames.js';
import { followSourceMaps, type LocatedAnswer } from '../locate/follow-source-maps.js';
import { prepareRendering, renderOutputs } from '../render-output.js';
import { findFormat, type OutputFormat, type ReportOptions } from '../report/formats.js';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import type { LiveFacts } from '../source/opened-source.js';
import type { SelfSource } from '../source/self-source.js';
import { writeWholeFile } from '../write-file.js';

/** What a call wants; plain data, because it goes to a worker. */
export interface SelfRequest {
  readonly walk: Partial<Omit<CollectOptions, PatternOption>>;
  /** Patterns as `--hide` takes them. */
  readonly patterns: Readonly<Record<PatternOption, readonly string[]>>;
  readonly report: ReportOptions;
  readonly sourceMaps: boolean;
  readonly outputs: readonly SelfOutput[];
  /**
   * How many objects there are in the first target if that is a list, else 0; the targets behind it
   * are the first of them.
   */
  readonly listLength: number;
}

export type PatternOption = 'hide' | 'stop' | 'highlight';

export interface SelfOutput {
  /** Absolute. */
  readonly file: string;
  /** As the caller wrote it. */
  readonly path: string;
  /** Name of an OutputFormat. */
  readonly format: string;
}

/**
 * Reads the heap of the program that made the call, answers and writes the files asked for.
 *
 * @throws ShowBackrefError NOTHING_SELECTED when nothing but the call held the target,
 *   RENDER_FAILED, OUTPUT_FAILED.
 */
export async function answerCall(source: SelfSource, request: SelfRequest): Promise<Subgraph> {
  const outputs = request.outputs.map((output) => ({ ...output, format: formatOf(output) }));
  await prepareRendering(outputs);
  const graph = new HeapGraph(await readSnapshot(source.bytes, { name: source.name }));
  const { subgraph, notes } = await findHolders(graph, source, request);
  const report = { ...request.report, notes };
  const contents = await renderOutputs(subgraph, outputs, report);
  for (const [index, { file, path }] of outputs.entries()) {
    await writeWholeFile(file, contents[index] ?? '', { shown: path, option: 'out' });
  }
  return subgraph;
}

function formatOf({ format }: SelfOutput): OutputFormat {
  const found = findFormat(format);
  if (found === null) throw new Error(`format ${format} is missing from the table`);
  return found;
}

async function findHolders(
  graph: HeapGraph,
  { kind, live, isWithinCall }: SelfSource,
  request: SelfRequest,
): Promise<LocatedAnswer> {
  const { frames, evaluated, producer } = live as LiveFacts;
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
  const isTakenApart = request.listLength > 0 && !isHeld;
  const targets = [...new Set(isTakenApart ? given.slice(1) : [first])].filter((n) => n != null);
  if (targets.length === 0) throw targetGone();
  // a list made for the call only does not hold what is in it
  if (isTakenApart && first != null) view = viewWithout([...ours, ...edgesOfList(graph, first)]);
  const subgraph = collectBackrefs(view, targets, collectOptionsOf(request), { kind, producer });
  const left = isTakenApart ? request.listLength - (given.length - 1) : 0;
  const notes = left > 0 ? [`${left} more objects of the list are not drawn.`] : [];
  if (!request.sourceMaps) return { subgraph, notes };
  const located = await followSourceMaps(subgraph, collectPlaces(view, subgraph));
  return { ...located, notes: [...notes, ...located.notes] };
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

function collectOptionsOf({ walk, patterns }: SelfRequest): CollectOptions {
  return {
    ...DEFAULT_COLLECT_OPTIONS,
    ...walk,
    hide: patterns.hide.map(parsePattern),
    stop: patterns.stop.map(parsePattern),
    highlight: patterns.highlight.map(parsePattern),
  };
}

function targetGone(): ShowBackrefError {
  return new ShowBackrefError(
    'NOTHING_SELECTED',
    'nothing but this call held its target, which is gone; keep a reference to it in a variable',
  );
}
