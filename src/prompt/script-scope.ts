import { type GrammarKind, parseSource } from '../lines/probe/parse-source.js';
import type { AnyNode } from '../lines/probe/syntax.js';
import { declaredNames } from './declared-names.js';

/** The global through which a script passes its scope. */
export const SCRIPT = Symbol.for('showbackref.script');

/** The top level of a script, which it passes once when it begins. */
export interface ScriptScope {
  readonly kind: GrammarKind;
  readonly variables: Readonly<Record<string, Variable>>;
}

interface Variable {
  get(): unknown;
  /** Assigns the value; throws any error of the assignment. */
  set(value: unknown): void;
}

const MARK = '/*showbackref*/';
const CALL = 'globalThis[Symbol.for("showbackref.script")]?.';

/**
 * The text of a script that passes its scope when it begins. The insertion comes after the first
 * statement, so that hardly a column of the script changes and no line does.
 *
 * Not by `eval`: V8 13.6 ends the process when it runs in a scope that LiveEdit has changed.
 *
 * @returns null for a text that is not JavaScript, or was already processed.
 */
export function openScope(text: string, kind: GrammarKind): string | null {
  const program = text.includes(CALL) ? null : parseSource(text, kind);
  if (program === null) return null;
  const variables = declaredNames(program).map(({ name }) => {
    // `arguments` cannot hide a name of the script
    return `${JSON.stringify(name)}:{get:()=>${name},set:function(){${name}=arguments[0]}}`;
  });
  const scope = `{kind:"${kind}",variables:{${variables.join(',')}}}`;
  const first = program.body.find((node) => !('directive' in node));
  const end = first?.end ?? endOfDirectives(program.body, text);
  return `${text.slice(0, end)}${MARK};${CALL}(${scope});${MARK}${text.slice(end)}`;
}

/** A line of a script without the insertion. */
export function withoutScope(line: string): string {
  const [before = '', , ...after] = line.includes(CALL) ? line.split(MARK) : [line];
  return before + after.join(MARK);
}

/** The position after the first line if that is for the shell. */
function endOfDirectives(body: readonly AnyNode[], text: string): number {
  return body.at(-1)?.end ?? /^#!.*\n?/.exec(text)?.[0].length ?? 0;
}
