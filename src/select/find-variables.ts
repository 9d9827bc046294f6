import { isBuiltinFile } from '../engine/code/contexts.js';
import { internalField } from '../engine/code/scripts.js';
import type { HashTables } from '../engine/hash-tables.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';
import { displayFile } from '../util/display-file.js';
import type { PropertyPath } from './property-path.js';

/** An object that a name may mean, and the place of that name. */
export interface NamedObject {
  readonly node: NodeOrdinal;
  /** `scope of f server.js:3`, `globalThis`, `export of m.mjs`. */
  readonly where: string;
  /** A variable of one of the runtime's own modules. */
  readonly isBuiltin?: boolean;
}

export type VariableKind = 'variable' | 'global' | 'name';

/** Properties by which a global object refers to itself, in the runtimes that have them. */
const GLOBAL_NAMES = new Set(['global', 'window', 'self']);

/**
 * Finds the objects at the end of a property path, whatever its first name is: a variable of any
 * scope, a property of a global object or an export. Each object once. Scopes of the runtime's own
 * modules only count if the program has no such name.
 */
export function findNamed(
  facts: HeapFacts,
  tables: HashTables,
  path: PropertyPath,
  kind: VariableKind,
): readonly NamedObject[] {
  const starts = startsOf(facts, path.name, kind);
  const ends = new Map<NodeOrdinal, NamedObject>();
  for (const { node, where, isBuiltin = false } of starts) {
    const last = followSteps(facts, tables, node, path.steps);
    if (last === null) continue;
    const end = facts.globalOf(last)?.object ?? last;
    if (!ends.has(end)) ends.set(end, { node: end, where, isBuiltin });
  }
  return [...ends.values()];
}

/** Names that `findNamed` could have found, for suggestions. */
export function allNames(facts: HeapFacts): ReadonlySet<string> {
  const { graph } = facts;
  const { edgeTypes, edgeNames, strings } = graph.tables;
  const indexes = new Set<number>();
  for (let e = 0; e < graph.edgeCount; e++) {
    if (edgeTypes[e] === EdgeType.context) indexes.add(edgeNames[e] as number);
  }
  for (const { object } of facts.globals) {
    for (let e = graph.firstEdge(object); e < graph.endEdge(object); e++) {
      if (edgeTypes[e] === EdgeType.property) indexes.add(edgeNames[e] as number);
    }
  }
  return new Set([...indexes].map((index) => strings.get(index)));
}

/** The names by which a path could continue from an object. */
export function propertyNames(graph: HeapGraph, object: NodeOrdinal): ReadonlySet<string> {
  const names = new Set<string>();
  for (let edge = graph.firstEdge(object); edge < graph.endEdge(object); edge++) {
    if (graph.edgeTypeOf(edge) === EdgeType.property) names.add(graph.edgeNameOf(edge));
  }
  return names;
}

function startsOf(facts: HeapFacts, name: string, kind: VariableKind): readonly NamedObject[] {
  const globals = kind === 'variable' ? [] : globalProperties(facts, name);
  if (kind === 'global' || (kind === 'name' && name === 'globalThis')) return globals;
  const scopes = scopeVariables(facts, name);
  const own = scopes.filter(({ file }) => !isBuiltinFile(file));
  const found = [
    ...own,
    ...globals,
    ...exportedNames(facts, name),
    ...commonJsExports(facts, name),
  ];
  return found.length > 0 ? found : scopes;
}

function scopeVariables(
  facts: HeapFacts,
  name: string,
): readonly (NamedObject & { readonly file: string | null })[] {
  const { graph, contexts } = facts;
  return contexts.variablesNamed(new Set([name])).map(({ edge, context }) => {
    const place = contexts.placeOf(context);
    const file = contexts.fileOf(context);
    const words = contexts.kindOf(context) === 'module' ? 'module' : 'scope';
    const where =
      place === null
        ? file === null
          ? ''
          : displayFile(file)
        : `${displayFile(place.file)}:${place.line}`;
    return {
      node: unwrapCell(graph, graph.targetOf(edge)),
      where: `${words} ${where}`.trim(),
      file,
      // code without a file may be the program's
      isBuiltin: file !== null && isBuiltinFile(file),
    };
  });
}

function globalProperties(facts: HeapFacts, name: string): readonly NamedObject[] {
  const found: NamedObject[] = [];
  for (const { object } of facts.globals) {
    const property = propertyOf(facts.graph, object, name);
    // in a browser `window` and `self` are accessors, which do not show what they return
    const isItself = name === 'globalThis' || (property !== null && GLOBAL_NAMES.has(name));
    const node = isItself ? object : property;
    if (node !== null) found.push({ node, where: 'globalThis' });
  }
  return found;
}

/** ES module exports: the name is directly before the cell in the module's table of exports. */
function exportedNames(facts: HeapFacts, name: string): readonly NamedObject[] {
  const { graph } = facts;
  const found: NamedObject[] = [];
  for (const text of nodesNamed(graph, name, NodeType.string)) {
    for (const e of graph.retainersOf(text)) {
      const next = (e + 1) as EdgeOrdinal;
      const table = graph.ownerOf(e);
      if (graph.typeOf(table) !== NodeType.array || next >= graph.endEdge(table)) continue;
      const cell = graph.targetOf(next);
      if (graph.nameOf(cell) !== 'system / Cell') continue;
      const value = internalField(graph, cell, 'value');
      if (value !== null) found.push({ node: value, where: whereExported(facts, table) });
    }
  }
  return found;
}

/**
 * `export of m.mjs`: a module record holds its table of exports, and its body has the file name.
 */
function whereExported({ graph, scripts }: HeapFacts, table: NodeOrdinal): string {
  for (const e of graph.retainersOf(table)) {
    const owner = graph.ownerOf(e);
    if (graph.nameOf(owner) !== 'system / SourceTextModule') continue;
    for (let field = graph.firstEdge(owner); field < graph.endEdge(owner); field++) {
      const body = graph.targetOf(field);
      const file = scripts.fileOf(internalField(graph, body, 'function') ?? body);
      if (file !== null) return `export of ${displayFile(file)}`;
    }
  }
  return 'export';
}

/** `module.exports.x` of CommonJS modules. */
function commonJsExports(facts: HeapFacts, name: string): readonly NamedObject[] {
  const { graph } = facts;
  const found: NamedObject[] = [];
  for (const module of nodesNamed(graph, 'Module', NodeType.object)) {
    const exports = propertyOf(graph, module, 'exports');
    const file = propertyOf(graph, module, 'filename');
    if (exports === null || file === null) continue;
    const node = propertyOf(graph, exports, name);
    if (node !== null) found.push({ node, where: `export of ${displayFile(graph.nameOf(file))}` });
  }
  return found;
}

function followSteps(
  facts: HeapFacts,
  tables: HashTables,
  start: NodeOrdinal,
  steps: readonly string[],
): NodeOrdinal | null {
  let node: NodeOrdinal | null = start;
  for (const step of steps) {
    if (node === null) return null;
    node = propertyOf(facts.graph, node, step) ?? tables.valueUnder(node, step);
  }
  return node;
}

/** A property by name or an element by index. */
function propertyOf(graph: HeapGraph, object: NodeOrdinal, name: string): NodeOrdinal | null {
  for (let edge = graph.firstEdge(object); edge < graph.endEdge(object); edge++) {
    const type = graph.edgeTypeOf(edge);
    // V8 writes the property "" as an internal edge without a name
    const isEmpty = name === '' && type === EdgeType.internal && !graph.isJavaScriptCore;
    if (type !== EdgeType.property && type !== EdgeType.element && !isEmpty) continue;
    if (graph.edgeNameOf(edge) === name) return graph.targetOf(edge);
  }
  return null;
}

function nodesNamed(graph: HeapGraph, name: string, type: number): readonly NodeOrdinal[] {
  const { nodeNames, nodeTypes, strings } = graph.tables;
  const indexes = new Set(strings.find(name));
  const found: NodeOrdinal[] = [];
  if (indexes.size === 0) return found;
  for (let n = 0; n < graph.nodeCount; n++) {
    if (nodeTypes[n] === type && indexes.has(nodeNames[n] as number)) found.push(n as NodeOrdinal);
  }
  return found;
}

/** The value of a variable that newer V8 versions keep in a separate cell. */
function unwrapCell(graph: HeapGraph, node: NodeOrdinal): NodeOrdinal {
  if (graph.nameOf(node) !== 'system / ContextCell') return node;
  const first = graph.firstEdge(node);
  for (let e = first; e < graph.endEdge(node); e++) {
    const edge = e as EdgeOrdinal;
    if (graph.edgeTypeOf(edge) === EdgeType.hidden) return graph.targetOf(edge);
  }
  return node;
}
