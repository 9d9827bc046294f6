import {
  type AnyNode,
  childrenOf,
  type FunctionSyntax,
  isFunction,
  type Program,
} from './syntax.js';

/** A function in a text, and its name for a programmer. */
export interface FoundFunction {
  readonly node: FunctionSyntax;
  /** The names from the outside in: `['Session', 'close']`; without nameless functions. */
  readonly path: readonly string[];
  /** True if it has a name; others are callbacks. */
  readonly isNamed: boolean;
}

/** Every function of a text, outer ones first. */
export function functionsOf(program: Program): readonly FoundFunction[] {
  const found: FoundFunction[] = [];
  // an explicit stack: minified texts nest deeper than calls may
  const open: { node: AnyNode; path: readonly string[]; name: string | null }[] = [
    { node: program, path: [], name: null },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next;
    const name = ownName(node) ?? next.name;
    const isScope = isFunction(node) || isClass(node);
    const inner = isScope && name !== null ? [...path, name] : path;
    if (isFunction(node)) found.push({ node, path: inner, isNamed: name !== null });
    for (const child of childrenOf(node).toReversed()) {
      open.push({
        node: child,
        path: inner,
        name: nameGivenTo(child, node, isScope ? null : name),
      });
    }
  }
  return found;
}

function isClass(node: AnyNode): boolean {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

function ownName(node: AnyNode): string | null {
  if ((isFunction(node) || isClass(node)) && 'id' in node && node.id) {
    return node.id.type === 'Identifier' ? node.id.name : null;
  }
  return null;
}

/** The name that a node gets from its position. */
function nameGivenTo(child: AnyNode, parent: AnyNode, outer: string | null): string | null {
  switch (parent.type) {
    case 'VariableDeclarator':
      return child === parent.init ? nameOf(parent.id) : null;
    case 'AssignmentExpression':
      return child === parent.right ? nameOf(parent.left) : null;
    case 'AssignmentPattern':
      return child === parent.right ? nameOf(parent.left) : null;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return child === parent.value ? nameOf(parent.key) : null;
    case 'ParenthesizedExpression':
      return outer;
    default:
      return null;
  }
}

function nameOf(node: AnyNode): string | null {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'PrivateIdentifier':
      return `#${node.name}`;
    case 'Literal':
      return String(node.value);
    case 'MemberExpression':
      return nameOf(node.property);
    default:
      return null;
  }
}
