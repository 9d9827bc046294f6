import { isBuiltinFile } from '../engine/code/contexts.js';
import { internalField } from '../engine/code/scripts.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';

/** A function of the program that some timers call. */
export interface TimerCall {
  readonly closure: NodeOrdinal;
  /** The number of timers that call it. */
  readonly count: number;
}

/** The field of a timer that contains its function. */
const CALLBACKS: ReadonlyMap<string, string> = new Map([
  ['Timeout', '_onTimeout'],
  ['Immediate', '_onImmediate'],
]);
/** The number of timers examined in one list. */
const MOST_OF_LIST = 64;
/** The limit for functions bound to others, and these again. */
const MOST_BOUND = 5;

/**
 * The functions that timers call, the one of most timers first; includes timers in lists of one
 * duration.
 */
export function timerCallsOf(
  facts: HeapFacts,
  items: readonly NodeOrdinal[],
): readonly TimerCall[] {
  const { graph, scripts } = facts;
  const found = new Map<NodeOrdinal, TimerCall>();
  for (const timer of items.flatMap((item) => timersIn(graph, item))) {
    const field = CALLBACKS.get(graph.nameOf(timer)) ?? '';
    const closure = unbound(graph, propertyOf(graph, timer, field));
    if (closure === null || isBuiltinFile(scripts.fileOf(closure))) continue;
    // one for each piece of code, however many functions were made from it
    const code = scripts.sharedOf(closure) ?? closure;
    const count = (found.get(code)?.count ?? 0) + 1;
    found.set(code, { closure: found.get(code)?.closure ?? closure, count });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** True if timers have several durations: there is a list for each. */
export function areOfSeveralLists({ graph }: HeapFacts, timers: readonly NodeOrdinal[]): boolean {
  const lists = new Set<NodeOrdinal>();
  for (const timer of timers) {
    let at: NodeOrdinal | null = timer;
    for (let step = 0; step < MOST_OF_LIST && at !== null; step++) {
      if (graph.nameOf(at) === 'TimersList') lists.add(at);
      // the newest is next to its list
      at = graph.nameOf(at) === 'Timeout' ? propertyOf(graph, at, '_idlePrev') : null;
    }
  }
  return lists.size > 1;
}

function timersIn(graph: HeapGraph, item: NodeOrdinal): readonly NodeOrdinal[] {
  if (graph.typeOf(item) !== NodeType.object) return [];
  const name = graph.nameOf(item);
  if (CALLBACKS.has(name)) return [item];
  if (name !== 'TimersList') return [];
  const timers: NodeOrdinal[] = [];
  let at = propertyOf(graph, item, '_idleNext');
  while (at !== null && at !== item && timers.length < MOST_OF_LIST) {
    timers.push(at);
    at = propertyOf(graph, at, '_idleNext');
  }
  return timers;
}

function unbound(graph: HeapGraph, callback: NodeOrdinal | null): NodeOrdinal | null {
  let closure = callback;
  for (let step = 0; step < MOST_BOUND && closure !== null; step++) {
    const inner = internalField(graph, closure, 'bound_function');
    if (inner === null) return graph.typeOf(closure) === NodeType.closure ? closure : null;
    closure = inner;
  }
  return null;
}

function propertyOf(graph: HeapGraph, node: NodeOrdinal, name: string): NodeOrdinal | null {
  const { strings, edgeNames } = graph.tables;
  for (let edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.property) continue;
    if (strings.equals(edgeNames[edge] as number, name)) return graph.targetOf(edge);
  }
  return null;
}
