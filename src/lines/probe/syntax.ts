import type { AnyNode, FunctionNode } from './parse-source.js';

export type { AnyNode, BlockStatement, Program } from './parse-source.js';

/** A function of the syntax tree whose body can be given probes. */
export type FunctionSyntax = FunctionNode & { readonly type: string };

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

export function isFunction(node: AnyNode): node is AnyNode & FunctionSyntax {
  return FUNCTIONS.has(node.type);
}

/** The nodes directly below a node, in the order of the text. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  const found: AnyNode[] = [];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) found.push(child);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

export const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

/** Numbers of lines, from 1, by offsets in a text: its own, or those of the source it was made from. */
export interface LinesAt {
  at(offset: number): number;
}

/** The text's own. */
export class LineNumbers implements LinesAt {
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#starts = [0, ...[...text.matchAll(LINE_END)].map(endOf)];
  }

  get count(): number {
    return this.#starts.length;
  }

  at(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** The offset at which a line starts, counted from 1. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? 0;
  }
}

function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length;
}
