import { fileURLToPath } from 'node:url';
import type { Contexts } from '../engine/code/contexts.js';
import type { Scripts } from '../engine/code/scripts.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import { BreadthFirst, Distances, UNREACHABLE } from '../graph/breadth-first.js';
import { EdgeClass } from '../graph/edge-class.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import type { LiveFacts } from '../source/opened-source.js';
import { pushAll } from '../util/many.js';
import { edgesOf, edgesOfList } from './leaving-edges.js';
import type { Question } from './questions.js';

/** The objects that make up a prompt; both are passed to the worker after the targets. */
export interface PromptObjects {
  /** The REPL server: it holds its last result, for example. */
  readonly server: object;
  /** The global object of the typed code. */
  readonly context: object;
}

/** The objects that were shown to the worker, as nodes; null for those that are gone. */
export interface ShownNodes {
  /** Our own list of the others. */
  readonly list: NodeOrdinal | null;
  readonly targets: readonly (NodeOrdinal | null)[];
  /** Of `PromptObjects`; null when the question does not come from a prompt. */
  readonly server: NodeOrdinal | null;
  readonly context: NodeOrdinal | null;
}

export function findShown(
  graph: HeapGraph,
  { evaluated }: Pick<LiveFacts, 'evaluated'>,
  { isPrompt = false }: Question,
): ShownNodes {
  const [list = null, ...given] = evaluated.map((answer) =>
    answer.kind === 'object' ? graph.withId(answer.nodeId) : null,
  );
  const [server = null, context = null] = isPrompt ? given.splice(-2) : [];
  return { list, targets: given, server, context };
}

/** The facts of a heap that are needed to find our own part of it. */
type OwnPartFacts = Pick<HeapFacts, 'graph' | 'contexts' | 'scripts'>;

/**
 * The part of a heap that exists because of this package and, at a prompt, because of the prompt.
 */
export interface OwnPart {
  readonly has: (node: NodeOrdinal) => boolean;
  /** The references that belong to that part. */
  readonly edges: readonly EdgeOrdinal[];
}

/**
 * Roots that hold what the program is doing, which at a prompt is only reading and answering a
 * line.
 */
const PRESENT = new Set(['(Stack roots)', '(Handle scope)']);

/** Folders of this package, compiled: as ES modules are named, and as CommonJS is. */
const OWN_FOLDERS = [
  new URL('../', import.meta.url).href,
  fileURLToPath(new URL('../', import.meta.url)),
];

/**
 * The module that holds the variables of the script that a prompt was started for: they are the
 * program's.
 */
const SCRIPT_PROMPT = '/entry/script-prompt.js';

/**
 * Finds the part of a heap that exists only for the prompt: its server with all it holds, what is
 * on the stack while it answers, and what functions of this package hold. Without a prompt: what
 * this package holds.
 *
 * @param ours objects of this package, no matter what holds them.
 */
export function findOwnPart(
  { graph, contexts, scripts }: OwnPartFacts,
  shown: ShownNodes,
  ours: readonly NodeOrdinal[] = [],
): OwnPart {
  const { list, server, targets } = shown;
  // during a call, the program's own work is on the stack, too
  const present = server === null ? [] : presentOf(graph);
  const cut = [
    ...(list === null ? [] : edgesOfList(graph, list)),
    ...(server === null ? [] : edgesOf(graph, server)),
    ...present.flatMap((node) => edgesOf(graph, node)),
    ...ours.flatMap((node) => [...graph.retainersOf(node)]),
    ...ownFunctions(graph, scripts).flatMap((node) => edgesOf(graph, node)),
    ...ownScopes(graph, contexts).flatMap((node) => edgesOf(graph, node)),
  ];
  const before = reachable(graph, []);
  const after = reachable(
    graph.without(cut),
    targets.filter((node) => node !== null),
  );
  const has = (node: NodeOrdinal) =>
    after.of(node) === UNREACHABLE && before.of(node) !== UNREACHABLE;
  const edges = [...cut];
  for (let node = 0 as NodeOrdinal; node < graph.nodeCount; node++) {
    if (has(node)) pushAll(edges, edgesOf(graph, node));
  }
  return { has, edges };
}

function presentOf(graph: HeapGraph): readonly NodeOrdinal[] {
  return edgesOf(graph, graph.root)
    .map((edge) => graph.targetOf(edge))
    .filter((node) => PRESENT.has(graph.nameOf(node)));
}

/**
 * The scopes of this package's ES modules: a loader holds them even when their functions are gone.
 */
function ownScopes(graph: HeapGraph, contexts: Contexts): readonly NodeOrdinal[] {
  const found: NodeOrdinal[] = [];
  for (let node = 0 as NodeOrdinal; node < graph.nodeCount; node++) {
    if (contexts.isContext(node) && isOwnFile(contexts.fileOf(node))) found.push(node);
  }
  return found;
}

function ownFunctions(graph: HeapGraph, scripts: Scripts): readonly NodeOrdinal[] {
  const found: NodeOrdinal[] = [];
  for (let node = 0 as NodeOrdinal; node < graph.nodeCount; node++) {
    if (graph.typeOf(node) !== NodeType.closure) continue;
    if (isOwnFile(scripts.fileOf(node))) found.push(node);
  }
  return found;
}

function isOwnFile(file: string | null): boolean {
  if (file === null || file.endsWith(SCRIPT_PROMPT)) return false;
  return OWN_FOLDERS.some((folder) => file.startsWith(folder));
}

function reachable(graph: HeapGraph, others: readonly NodeOrdinal[]): Distances {
  const search = new BreadthFirst(graph.traversal, new Uint32Array(graph.nodeCount));
  for (const node of [graph.root, ...others]) search.start(node);
  search.run(0, { wanted: EdgeClass.RETAINING, unwanted: 0 });
  return new Distances(search.levels);
}
