import type { SubgraphNode } from './subgraph.js';

const STACK: readonly string[] = ['(Stack roots)', '(Handle scope)'];

/** Orders what the stack holds after all else: it is gone with the call, and seldom the reason. */
export function compareStackLast(a: SubgraphNode, b: SubgraphNode): number {
  return Number(isStack(a)) - Number(isStack(b));
}

function isStack({ is }: SubgraphNode): boolean {
  return is?.kind === 'root-group' && STACK.includes(is.name);
}
