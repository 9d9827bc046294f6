import type { HeapFacts } from '../engine/heap-facts.js';
import { STRING_LIMIT, textOfString } from '../engine/string-text.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { positionsOf } from '../graph/positions-of.js';
import { EdgeType, NodeType } from '../graph/types.js';
import type { Match } from '../question/text-match.js';

/** Node types that have a class; a class's own function and the strings with its name do not. */
const INSTANCE_TYPES: readonly number[] = [
  NodeType.object,
  NodeType.native,
  NodeType.regexp,
  NodeType.bigint,
  NodeType.symbol,
];
const TEXT_TYPES: readonly number[] = [NodeType.string];
const FUNCTION_TYPES: readonly number[] = [NodeType.closure];

/** The matches of a class target. */
export interface ClassMatches {
  readonly nodes: readonly NodeOrdinal[];
  /** Prototypes of classes, which carry the name or the properties but are not instances. */
  readonly prototypes: readonly NodeOrdinal[];
}

/** Instances of a class, in order of their ids. */
export function findInstances(graph: HeapGraph, match: Match): ClassMatches {
  return withoutPrototypes(graph, findByName(graph, match, INSTANCE_TYPES));
}

export function withoutPrototypes(graph: HeapGraph, found: readonly NodeOrdinal[]): ClassMatches {
  const isPrototype = isPrototypeObject(graph);
  const nodes: NodeOrdinal[] = [];
  const prototypes: NodeOrdinal[] = [];
  for (const node of found) (isPrototype(node) ? prototypes : nodes).push(node);
  return { nodes, prototypes };
}

export function findFunctions(graph: HeapGraph, match: Match): readonly NodeOrdinal[] {
  return findByName(graph, match, FUNCTION_TYPES);
}

export function findStrings(graph: HeapGraph, match: Match): readonly NodeOrdinal[] {
  const flat = findByName(graph, match, TEXT_TYPES);
  return byId(graph, [...flat, ...findRopes(graph, match)]);
}

/** Finds strings concatenated from others: their own name in the file is not their content. */
function findRopes(graph: HeapGraph, match: Match): readonly NodeOrdinal[] {
  const isWanted = (text: string) =>
    typeof match === 'string' ? text === match || text === asV8Writes(match) : match.test(text);
  const ropes = positionsOf(graph.tables.nodeTypes, [NodeType['concatenated string']]);
  return (ropes as NodeOrdinal[]).filter((rope) => {
    const text = textOfString(graph, rope)?.text;
    return text !== undefined && isWanted(text.slice(0, STRING_LIMIT));
  });
}

/** The object with the largest retained size, except those that stand for a whole program. */
export function findLargest(facts: HeapFacts): NodeOrdinal | null {
  const { graph, retainedSizes } = facts;
  let best: NodeOrdinal | null = null;
  for (let n = 0; n < graph.nodeCount; n++) {
    const node = n as NodeOrdinal;
    if (best !== null && retainedSizes.of(node) <= retainedSizes.of(best)) continue;
    const type = graph.typeOf(node);
    const isObject = type === NodeType.object || type === NodeType.closure;
    if (!isObject || facts.globalOf(node) !== null || facts.contexts.isContext(node)) continue;
    best = node;
  }
  return best;
}

/** Nodes of some types by name, in order of their ids. */
function findByName(
  graph: HeapGraph,
  match: Match,
  types: readonly number[],
): readonly NodeOrdinal[] {
  const isWanted = nameTest(graph, match);
  const { nodeTypes, nodeNames } = graph.tables;
  const isOfType = new Uint8Array(256);
  for (const type of types) isOfType[type] = 1;
  const found: NodeOrdinal[] = [];
  for (let n = 0; n < graph.nodeCount; n++) {
    if (isOfType[nodeTypes[n] as number] === 1 && isWanted(nodeNames[n] as number)) {
      found.push(n as NodeOrdinal);
    }
  }
  return byId(graph, found);
}

/** A test of string indexes that decodes each string at most once. */
function nameTest(graph: HeapGraph, match: Match): (name: number) => boolean {
  const { strings } = graph.tables;
  if (typeof match === 'string') {
    const names = new Set([...strings.find(match), ...strings.find(asV8Writes(match))]);
    return (name) => names.has(name);
  }
  const answers = new Map<number, boolean>();
  return (name) => {
    let answer = answers.get(name);
    if (answer === undefined) {
      answer = match.test(strings.get(name));
      answers.set(name, answer);
    }
    return answer;
  };
}

/**
 * Converts a text as V8 does: it writes only the low 16 bits of characters above U+FFFF, and spaces
 * for NUL.
 */
function asV8Writes(text: string): string {
  const kept = Array.from(text, (c) => String.fromCharCode((c.codePointAt(0) as number) & 0xffff));
  return kept.join('').replaceAll('\0', ' ').slice(0, 1024);
}

/** A test for what is the `prototype` of a class. */
function isPrototypeObject(graph: HeapGraph): (node: NodeOrdinal) => boolean {
  const names = new Set(graph.tables.strings.find('prototype'));
  return (node) =>
    graph.retainersOf(node).some((edge) => {
      if (graph.edgeTypeOf(edge) !== EdgeType.property) return false;
      if (!names.has(graph.tables.edgeNames[edge] as number)) return false;
      return graph.typeOf(graph.ownerOf(edge)) === NodeType.closure;
    });
}

/** Sorts nodes by id. */
export function byId(graph: HeapGraph, nodes: Iterable<NodeOrdinal>): readonly NodeOrdinal[] {
  return [...nodes].sort((a, b) => graph.idOf(a) - graph.idOf(b));
}
