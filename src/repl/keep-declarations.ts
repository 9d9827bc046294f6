import { Insertions } from '../profile/insertions.js';
import { parseSource } from '../profile/parse-source.js';
import {
  type Declaration,
  type DeclaredName,
  declaredNames,
  isNamed,
  varsIn,
} from './declared-names.js';

/** A text whose declarations are to outlive the function that it will be the body of. */
export interface KeptDeclarations {
  /** The text with assignments in place of its declarations. */
  readonly body: string;
  /** What has to be declared before it runs. */
  readonly names: readonly DeclaredName[];
}

/**
 * Turns `const r = f()` into `r` and `(r = f())`, as Node's own prompt does for a line with `await`.
 *
 * @returns null for a text that is no JavaScript of statements.
 */
export function keepDeclarations(code: string): KeptDeclarations | null {
  const program = parseSource(code, 'script');
  if (program === null) return null;
  const names = declaredNames(program);
  if (names.length === 0) return { body: code, names };
  const insertions = new Insertions();
  for (const statement of program.body) {
    if (statement.type === 'VariableDeclaration' && statement.kind !== 'var') {
      assign(code, statement, insertions);
    } else if (isNamed(statement)) {
      const { name } = statement.id;
      if (statement.type === 'ClassDeclaration') {
        insertions.add(statement.start, `${name} = `);
        insertions.add(statement.end, ';');
      } else {
        // the name is the function's own in here; before all else, because it is there early
        insertions.add(0, `this[${JSON.stringify(name)}] = ${name};`);
      }
    }
    for (const node of varsIn(statement)) assign(code, node, insertions);
  }
  return { body: insertions.apply(code), names };
}

function assign(code: string, node: Declaration, insertions: Insertions): void {
  const { declarations, kind } = node;
  const [start, end] = [declarations[0]?.start ?? node.end, declarations.at(-1)?.end ?? node.end];
  const isHeader = isLoopHeader(code, node);
  // neither does `void` join the line before, nor does it end an `if`
  insertions.replace(node.start, start - node.start, isHeader ? '' : 'void (');
  if (isHeader) return;
  for (const { id, init } of declarations) {
    if (init) continue;
    const value = kind === 'var' ? code.slice(id.start, id.end) : 'undefined';
    insertions.add(id.end, ` = ${value}`);
  }
  insertions.add(end, ')');
}

/** Stands in the parentheses of a `for`. */
function isLoopHeader(code: string, { start }: Declaration): boolean {
  return /for\s*(?:await\s*)?\(\s*$/.test(code.slice(0, start));
}
