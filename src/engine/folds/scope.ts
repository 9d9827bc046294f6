import type { NodeOrdinal } from '../../graph/ordinals.js';
import { pathOf } from '../../util/path-of.js';
import { holderFromNode } from '../references/holder.js';
import type { Fold, FoldContext } from './fold.js';
import { holdersOf } from './library.js';

/**
 * Folds a scope: a variable is held by the function that needs the scope, or by the scope if
 * several do.
 */
export const scope: Fold = {
  kind: 'scope',
  isFolded: ({ scopes }, node) => scopes.drawingOf(node).as === 'holder',
  up: (context, part, edge) => {
    const { view, scopes, libraryObjects, node } = context;
    const meaning = scopes.meaningOf(part, edge);
    const variable = meaning !== null && 'name' in meaning ? meaning.name : null;
    const drawing = scopes.drawingOf(part);
    if (drawing.as === 'frames') {
      // the frames hold the variable themselves; only the other fields of a scope still need a
      // holder
      const isNamed = view.frames.localsHolding(node).some(({ name }) => name === variable);
      if (isNamed) return [];
    }
    if (isVariableOfPausedModule(context, part, variable)) return [];
    const holder = drawing.as === 'holder' ? drawing.holder : part;
    const carried = variable === null ? null : libraryObjects.foldVariable(holder, variable);
    if (carried !== null) return holdersOf(view, carried, edge, node);
    return holder === node ? [] : [holderFromNode(view, holder, edge, meaning ?? undefined)];
  },
  // modules and scripts hold their variables themselves
  down: ({ view: { graph, kinds, facts } }, edge) => {
    const target = graph.targetOf(edge);
    return kinds.kindOf(target) === 'scope' && facts.contexts.kindOf(target) === 'function';
  },
  meaning: ({ scopes }, part, edge) => scopes.meaningOf(part, edge),
};

/** True for a variable of code at the top level of a paused module: one box shows it, not two. */
function isVariableOfPausedModule(
  { view, node }: Pick<FoldContext, 'view' | 'node'>,
  part: NodeOrdinal,
  variable: string | null,
): boolean {
  const { facts, frames } = view;
  if (variable === null || facts.contexts.kindOf(part) !== 'module') return false;
  const file = pathOf(facts.contexts.fileOf(part) ?? '');
  return frames.localsHolding(node).some(({ frame, name }) => {
    const paused = frames.frames[frame];
    return name === variable && paused?.isTopLevel === true && pathOf(paused.file) === file;
  });
}
