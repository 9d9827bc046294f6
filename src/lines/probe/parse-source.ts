import { type Options, type Program, parse } from 'acorn';

export type { AnyNode, BlockStatement, Function as FunctionNode, Program } from 'acorn';

/** How a text is read: a CommonJS module is the body of a function. */
export type GrammarKind = 'module' | 'commonjs' | 'script' | 'expression';

const READ_AS: Readonly<Record<GrammarKind, Partial<Options>>> = {
  module: { sourceType: 'module' },
  commonjs: { sourceType: 'script', allowReturnOutsideFunction: true },
  // what a REPL takes
  script: { sourceType: 'script', allowAwaitOutsideFunction: true },
  expression: { sourceType: 'script', allowSuperOutsideMethod: true },
};

/** The syntax tree of a text, or null when it is no JavaScript known to the parser. */
export function parseSource(text: string, kind: GrammarKind): Program | null {
  try {
    return parse(text, { ecmaVersion: 'latest', allowHashBang: true, ...READ_AS[kind] });
  } catch {
    return null;
  }
}
