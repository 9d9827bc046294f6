import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { holdersOf } from './fold-carrier.js';
import type { FoldContext } from './fold-context.js';
import { type Holder, holderFromNode } from './holder.js';

/** A variable is held by the function that needs its scope, or by the scope where several do. */
export function foldScope(
  { view, scopes, carriers, node }: FoldContext,
  scope: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const variable = scopes.variableOf(scope, edge);
  const drawing = scopes.drawingOf(scope);
  if (drawing.as === 'frames') {
    // the frames hold the variable themselves; only a scope's other fields still need a holder
    const isNamed = scopes.framesOf(scope).some(({ name }) => name === variable);
    if (isNamed) return [];
  }
  const holder = drawing.as === 'holder' ? drawing.holder : scope;
  const carried = variable === null ? null : carriers.foldVariable(holder, variable);
  if (carried !== null) return holdersOf(view, carried, edge, node);
  return holder === node ? [] : [holderFromNode(view, holder, edge, variable ?? undefined)];
}
