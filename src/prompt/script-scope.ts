import { type GrammarKind, parseSource } from '../lines/probe/parse-source.js';
import type { AnyNode } from '../lines/probe/syntax.js';
import { declaredNames } from './declared-names.js';

/** The global through which a script hands out its scope. */
export const SCRIPT = Symbol.for('showbackref.script');

/** What a script hands out once, when it begins: its top level. */
export interface ScriptScope {
  readonly kind: GrammarKind;
  readonly variables: Readonly<Record<string, Variable>>;
}

interface Variable {
  get(): unknown;
  /** Takes the value; throws what an assignment throws. */
  set(value: unknown): void;
}

const MARK = '/*showbackref*/';
const CALL = 'globalThis[Symbol.for("showbackref.script")]?.';

/**
 * The text of a script that hands out its scope when it begins. What is put in stands behind the
 * first statement, so that hardly a column of the script changes and no line does.
 *
 * Not by `eval`: V8 13.6 ends the process when that is asked of a scope that LiveEdit has changed.
 *
 * @returns null for what is no JavaScript, or has been here before.
 */
export function openScope(text: string, kind: GrammarKind): string | null {
  const program = text.includes(CALL) ? null : parseSource(text, kind);
  if (program === null) return null;
  const variables = declaredNames(program).map(({ name }) => {
    // `arguments` is no name that could hide one of the script
    return `${JSON.stringify(name)}:{get:()=>${name},set:function(){${name}=arguments[0]}}`;
  });
  const scope = `{kind:"${kind}",variables:{${variables.join(',')}}}`;
  const first = program.body.find((node) => !('directive' in node));
  const end = first?.end ?? endOfDirectives(program.body, text);
  return `${text.slice(0, end)}${MARK};${CALL}(${scope});${MARK}${text.slice(end)}`;
}

/** A line of a script as it was before. */
export function withoutScope(line: string): string {
  const [before = '', , ...after] = line.includes(CALL) ? line.split(MARK) : [line];
  return before + after.join(MARK);
}

/** Behind the first line where that is for the shell. */
function endOfDirectives(body: readonly AnyNode[], text: string): number {
  return body.at(-1)?.end ?? /^#!.*\n?/.exec(text)?.[0].length ?? 0;
}
