import type { GraphAnswer } from '../answer/collect-graph.js';
import type { Subgraph } from '../collect/picture/subgraph.js';
import { ShowBackrefError } from '../errors.js';
import type { ShowOptions } from '../question/generated-option-types.js';
import type { GraphCommand, GraphQuestion } from '../question/graph-question.js';
import { askProgram, type CallOptions } from './ask-program.js';
import { readShowOptions } from './call-options.js';
import { type ChainStep, toChain } from './chain-steps.js';

/** A picture with more targets than this is unreadable. */
const MOST_TARGETS = 20;
const LONGEST_TEXT = 40;

/**
 * Shows who holds `target` in the running program: walks its retainers up to the GC roots, writes
 * pictures if asked to, and returns the graph. The call itself is not among the holders.
 *
 * The heap is taken within the call, including the local variables of the calling function; the
 * program stands still for that long. A worker does the rest, so `await` the answer before the
 * program exits.
 *
 *     await showBackrefs(x, { out: 'backrefs.png' })
 *     await showBackrefs([x, y])   // both: nothing but the call holds this list
 *
 * @param target an object or function. A list that nothing but the call holds, such as one
 *   written in the call or made by `filter`, stands for the first 20 objects in it; any other list
 *   is a target like other objects.
 * @returns rejects with a ShowBackrefError: USAGE for a target that is not an object and for
 *   wrong options, NOTHING_SELECTED when nothing held the target, SOURCE_* when this program cannot
 *   be looked at, RENDER_FAILED, OUTPUT_FAILED.
 */
export function showBackrefs(target: object, options: ShowOptions = {}): Promise<Subgraph> {
  return show('backrefs', target, options, 'showBackrefs').then(toSubgraph);
}

/**
 * Shows what `target` holds, in the same words and with the same options as `showBackrefs`.
 *
 *     await showRefs(cache, { out: 'refs.png', depth: 2 })
 */
export function showRefs(target: object, options: ShowOptions = {}): Promise<Subgraph> {
  return show('refs', target, options, 'showRefs').then(toSubgraph);
}

/**
 * Shows the shortest path from a GC root to `target`, or `paths` independent ones, which share only
 * nodes that every path leads through. A target that no strong reference leads to is an answer,
 * too: its node says `not reachable`.
 *
 *     await showChain(x, { out: 'chain.png', paths: 3 })
 */
export function showChain(target: object, options: ShowOptions = {}): Promise<Subgraph> {
  return show('chain', target, options, 'showChain').then(toSubgraph);
}

/**
 * Returns the shortest path from a GC root to `target` as a list: the root first, the target last,
 * each with the reference by which it holds the next.
 *
 *     (await findBackrefChain(x)).map(({ node, edge }) => [node.label, edge?.label])
 *
 * @returns empty when no strong reference leads to the target; rejects as `showBackrefs` does.
 */
export function findBackrefChain(
  target: object,
  options: ShowOptions = {},
): Promise<readonly ChainStep[]> {
  // each step is a separate object
  const whole = { everything: true, ...options };
  return show('chain', target, whole, 'findBackrefChain').then(toSubgraph).then(toChain);
}

const toSubgraph = ({ subgraph }: GraphAnswer) => subgraph;

function show(
  command: GraphCommand,
  target: object,
  options: ShowOptions,
  name: string,
): Promise<GraphAnswer> {
  // Neither an async function nor one with a closure: while suspended, these would hold the target.
  try {
    checkTarget(target, name);
    const { question, quiet } = readShowOptions(command, options);
    return askGraph(target, question, { name, quiet });
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Returns the answer of the calls above together with its sentences. */
export function askGraph(
  target: object,
  question: GraphQuestion,
  call: CallOptions,
): Promise<GraphAnswer> {
  // Neither an async function nor one with a closure, for the same reason.
  try {
    checkTarget(target, call.name);
    const targets = [target];
    const listLength = Array.isArray(target) ? addElements(target, targets) : 0;
    return askProgram(targets, { kind: 'graph', question, listLength } as const, call);
  } catch (error) {
    return Promise.reject(error);
  }
}

function checkTarget(target: unknown, name: string): void {
  if (isObject(target)) return;
  const text = String(target);
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  const what = target === null || target === undefined ? 'not an object' : `a ${typeof target}`;
  throw new ShowBackrefError(
    'USAGE',
    `"${shown}" is ${what}; only objects and functions have holders, give ${name} one of those`,
  );
}

/** Adds the first objects of a list to the targets, and counts all of them. */
function addElements(list: readonly unknown[], targets: object[]): number {
  let count = 0;
  for (let index = 0; index < list.length; index++) {
    const element = list[index];
    if (!isObject(element)) continue;
    if (count < MOST_TARGETS) targets.push(element);
    count += 1;
  }
  return count;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
