import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { pathOf } from '../../util/path-of.js';
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
    const isNamed = view.frames.localsHolding(node).some(({ name }) => name === variable);
    if (isNamed) return [];
  }
  if (isVariableOfPausedModule({ view, node }, scope, variable)) return [];
  const holder = drawing.as === 'holder' ? drawing.holder : scope;
  const carried = variable === null ? null : carriers.foldVariable(holder, variable);
  if (carried !== null) return holdersOf(view, carried, edge, node);
  return holder === node ? [] : [holderFromNode(view, holder, edge, variable ?? undefined)];
}

/** Code that stands at the top level of a module has its variables: one box says so, not two. */
function isVariableOfPausedModule(
  { view, node }: Pick<FoldContext, 'view' | 'node'>,
  scope: NodeOrdinal,
  variable: string | null,
): boolean {
  const { facts, frames } = view;
  if (variable === null || facts.contexts.kindOf(scope) !== 'module') return false;
  const file = pathOf(facts.contexts.fileOf(scope) ?? '');
  return frames.localsHolding(node).some(({ frame, name }) => {
    const paused = frames.frames[frame];
    return name === variable && paused?.isTopLevel === true && pathOf(paused.file) === file;
  });
}
