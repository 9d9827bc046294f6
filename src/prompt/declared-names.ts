import type { AnyNode } from '../lines/probe/parse-source.js';
import { childrenOf, isFunction, type Program } from '../lines/probe/syntax.js';

/** A name that a text declares at its top level. */
export interface DeclaredName {
  readonly name: string;
  /**
   * True if it becomes a property of the global object in a script; others are variables beside it.
   */
  readonly isGlobal: boolean;
}

/** All names that a text declares at its top level, in order, including those of its imports. */
export function declaredNames(program: Program): readonly DeclaredName[] {
  const found = new Map<string, DeclaredName>();
  const add = (declared: DeclaredName) => found.set(declared.name, declared);
  for (const statement of program.body) {
    const node = exported(statement);
    if (node.type === 'ImportDeclaration') {
      for (const { local } of node.specifiers) add({ name: local.name, isGlobal: false });
    } else if (isNamed(node)) {
      add({ name: node.id.name, isGlobal: node.type === 'FunctionDeclaration' });
    } else if (node.type === 'VariableDeclaration' && node.kind !== 'var') {
      for (const name of namesDeclared(node)) add({ name, isGlobal: false });
    }
    for (const node of varsIn(statement))
      for (const name of namesDeclared(node)) add({ name, isGlobal: true });
  }
  return [...found.values()];
}

export type Declaration = Extract<AnyNode, { type: 'VariableDeclaration' }>;

/** The `var` declarations of a statement, including those in its blocks and loops. */
export function varsIn(statement: AnyNode): readonly Declaration[] {
  if (isFunction(statement) || /^Class/.test(statement.type)) return [];
  if (statement.type === 'VariableDeclaration' && statement.kind === 'var') return [statement];
  return childrenOf(statement).flatMap(varsIn);
}

/** The names that a declaration makes, including those in patterns. */
function namesDeclared(node: Declaration): readonly string[] {
  return node.declarations.flatMap(({ id }) => namesOf(id));
}

function namesOf(pattern: AnyNode): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesOf(property.type === 'Property' ? property.value : property.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : namesOf(element)));
    case 'AssignmentPattern':
      return namesOf(pattern.left);
    case 'RestElement':
      return namesOf(pattern.argument);
    default:
      return [];
  }
}

/** The statement after `export`. */
function exported(statement: AnyNode): AnyNode {
  const isExport = /^Export(Named|Default)Declaration$/.test(statement.type);
  return (
    (isExport && 'declaration' in statement && (statement.declaration as AnyNode)) || statement
  );
}

type Named = Extract<AnyNode, { type: 'FunctionDeclaration' | 'ClassDeclaration' }>;

export function isNamed(node: AnyNode): node is Named & { id: { name: string } } {
  const isDeclaration = node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration';
  return isDeclaration && Boolean(node.id);
}
