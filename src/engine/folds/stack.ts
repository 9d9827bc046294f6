import { holderFromNode } from '../references/holder.js';
import type { Fold } from './fold.js';

/** Slots of the stack are explained by the variables of the paused frames, or are temporaries. */
export const stack: Fold = {
  kind: 'root-group',
  up: ({ view, node, scopes }, group, edge) => {
    const { graph, frames, kinds } = view;
    if (graph.nameOf(group) !== '(Stack roots)') return [holderFromNode(view, group, edge)];
    if (frames.frames.length === 0) {
      return [holderFromNode(view, group, edge, { kind: 'stack', temporary: false })];
    }
    if (frames.localsHolding(node).length > 0) return [];
    const slot = holderFromNode(view, group, edge, { kind: 'stack', temporary: true });
    const owners = kinds.kindOf(node) === 'scope' ? scopes.framesOf(node) : [];
    if (owners.length === 0) return [{ ...slot, temporary: true }];
    return owners.map(({ frame }) => {
      return { ...slot, from: { frame }, meaning: { kind: 'scope' }, name: 'scope' };
    });
  },
};
