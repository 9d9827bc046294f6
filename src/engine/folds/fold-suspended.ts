import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import type { HeapView } from '../heap-view.js';
import { awaitedPromises, promisesOf, suspendedFunction } from '../promises.js';
import { type FoldContext, mayHold } from './fold-context.js';
import { type Holder, holderFromNode } from './holder.js';

/** A suspended function keeps its parameters and locals in an array without names. */
export function foldRegisters(
  { view, node }: FoldContext,
  registers: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const { graph } = view;
  const found: Holder[] = [];
  for (const e of graph.retainersOf(registers)) {
    const owner = graph.ownerOf(e as EdgeOrdinal);
    if (!graph.isRetaining(e as EdgeOrdinal) || !mayHold(view, owner, node)) continue;
    // V8 names a generator object after its function, but an async function's always "Generator"
    const isAsync = graph.nameOf(owner) === 'Generator';
    const name = suspendedFunction(graph, owner);
    const label = `local of suspended ${isAsync ? 'async ' : ''}${name}()`;
    found.push(holderFromNode(view, owner, edge, label));
  }
  return found;
}

/** What a promise will do when it settles: call back, and settle the promise `then` returned. */
export function foldReaction(
  { view, node }: FoldContext,
  reaction: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const label = reactionLabel(view, node);
  return promisesOf(view, reaction)
    .filter((promise) => mayHold(view, promise, node))
    .map((promise) => holderFromNode(view, promise, edge, label));
}

/** A reaction also has the async context in which `then` was called. */
function reactionLabel({ graph }: HeapView, node: NodeOrdinal): string {
  if (graph.typeOf(node) === NodeType.closure) return 'then callback';
  const name = graph.nameOf(node);
  const isResult = name === 'Promise' || name === 'system / PromiseCapability';
  return isResult ? 'result of then' : 'async context of then';
}

/**
 * A suspended async function hangs from the promise it waits for, through two resume functions;
 * null when the edge is none of that kind.
 */
export function foldAwait(
  { view, node }: FoldContext,
  scope: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] | null {
  const promises = awaitedPromises(view, scope, edge).filter((promise) =>
    mayHold(view, promise, node),
  );
  if (promises.length === 0) return null;
  const label = `awaited by async ${suspendedFunction(view.graph, node)}()`;
  return promises.map((promise) => holderFromNode(view, promise, edge, label));
}
