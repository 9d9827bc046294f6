import { holderFromNode } from '../references/holder.js';
import { isOfConsole } from '../roots/console-root.js';
import type { Fold } from './fold.js';

/** V8's group of objects that currently running C++ code uses. */
const NATIVE_STACK = '(Handle scope)';

/** Folds slots of the stack: the variables of paused frames explain them, or they are temporary. */
export const stack: Fold = {
  kind: 'root-group',
  up: ({ view, node, scopes }, group, edge) => {
    const { graph, frames, kinds, facts } = view;
    if (facts.console !== null && isOfConsole(graph, edge)) {
      return [holderFromNode(view, facts.console.node, edge, { kind: 'printed' })];
    }
    const name = graph.nameOf(group);
    if (name === NATIVE_STACK && frames.frames.length > 0) {
      // a debugger that pauses a program holds the scopes in which it paused
      return [{ ...holderFromNode(view, group, edge), temporary: true }];
    }
    if (name !== '(Stack roots)') return [holderFromNode(view, group, edge)];
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
