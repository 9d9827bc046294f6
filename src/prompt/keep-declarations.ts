import { Insertions } from '../lines/probe/insertions.js';
import { type AnyNode, parseSource } from '../lines/probe/parse-source.js';
import {
  type Declaration,
  type DeclaredName,
  declaredNames,
  isNamed,
  varsIn,
} from './declared-names.js';

/** A text whose declarations are to outlive the function that the text will be the body of. */
export interface KeptDeclarations {
  /** The text with assignments in place of its declarations. */
  readonly body: string;
  /** The names that have to be declared before it runs. */
  readonly names: readonly DeclaredName[];
}

/**
 * Turns `const r = f()` into `r` and `(r = f())`, as Node's own prompt does for a line with
 * `await`.
 *
 * @returns null for a text that is not JavaScript statements.
 */
export function keepDeclarations(code: string): KeptDeclarations | null {
  const program = parseSource(code, 'script');
  if (program === null) return null;
  const names = declaredNames(program);
  if (names.length === 0) return { body: code, names };
  const insertions = new Insertions();
  const functions: string[] = [];
  for (const statement of program.body) {
    if (isNamed(statement)) {
      const { name } = statement.id;
      if (statement.type === 'FunctionDeclaration') functions.push(name);
      else replaceClass(statement, name, insertions);
    } else if (statement.type === 'VariableDeclaration' && statement.kind !== 'var') {
      assign(code, statement, insertions);
    }
    for (const node of varsIn(statement)) assign(code, node, insertions);
  }
  // as properties, because inside the function these names are local; first, because functions
  // exist from the start
  const kept = functions.map((name) => `this[${JSON.stringify(name)}] = ${name}; `);
  return { body: kept.join('') + insertions.apply(code), names };
}

function replaceClass({ start, end }: AnyNode, name: string, insertions: Insertions): void {
  insertions.add(start, `${name} = `);
  insertions.add(end, ';');
}

function assign(code: string, node: Declaration, insertions: Insertions): void {
  const { declarations, kind } = node;
  const [start, end] = [declarations[0]?.start ?? node.end, declarations.at(-1)?.end ?? node.end];
  const isHeader = isLoopHeader(code, node);
  // `void` neither joins the line before nor ends an `if`
  insertions.replace(node.start, start - node.start, isHeader ? '' : 'void (');
  if (isHeader) return;
  for (const { id, init } of declarations) {
    if (init) continue;
    const value = kind === 'var' ? code.slice(id.start, id.end) : 'undefined';
    insertions.add(id.end, ` = ${value}`);
  }
  insertions.add(end, ')');
}

/** True if it is in the parentheses of a `for`. */
function isLoopHeader(code: string, { start }: Declaration): boolean {
  return /for\s*(?:await\s*)?\(\s*$/.test(code.slice(0, start));
}
