import type { NodeMeaning } from '../engine/meaning.js';

interface Meant {
  readonly is?: NodeMeaning;
}

const STACK: readonly string[] = ['(Stack roots)', '(Handle scope)'];

/** Orders what the stack holds after all else: it is gone with the call, and seldom the reason. */
export function compareStackLast(a: Meant, b: Meant): number {
  return Number(isStack(a)) - Number(isStack(b));
}

function isStack({ is }: Meant): boolean {
  return is?.kind === 'root-group' && STACK.includes(is.name);
}
