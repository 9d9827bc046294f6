import { type Options, type Program, parse } from 'acorn';

export type { AnyNode, BlockStatement, Function as FunctionNode, Program } from 'acorn';

/** The grammar for a text: a CommonJS module is the body of a function. */
export type GrammarKind = 'module' | 'commonjs' | 'script' | 'expression';

const READ_AS: Readonly<Record<GrammarKind, Partial<Options>>> = {
  module: { sourceType: 'module' },
  commonjs: { sourceType: 'script', allowReturnOutsideFunction: true },
  // the syntax that a REPL accepts
  script: { sourceType: 'script', allowAwaitOutsideFunction: true },
  expression: { sourceType: 'script', allowSuperOutsideMethod: true },
};

/** The syntax tree of a text, or null if the parser cannot read it as JavaScript. */
export function parseSource(text: string, kind: GrammarKind): Program | null {
  try {
    return parse(text, { ecmaVersion: 'latest', allowHashBang: true, ...READ_AS[kind] });
  } catch {
    return null;
  }
}
