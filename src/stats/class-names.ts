import { findDetached } from '../engine/find-detached.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';

/** Types whose objects DevTools lists under one name, whatever they are called. */
const GROUPS: ReadonlyMap<number, string> = new Map([
  [NodeType.hidden, '(system)'],
  [NodeType.code, '(compiled code)'],
  [NodeType.closure, 'Function'],
  [NodeType.regexp, 'RegExp'],
]);

/** The bytes of typed arrays and Buffers: memory of the program, in spite of the name. */
export const ARRAY_DATA: ReadonlySet<string> = new Set([
  'system / JSArrayBufferData',
  'JSArrayBufferData',
]);

/**
 * Names the class of a node as DevTools does: objects and natives by their own name, without the
 * attributes of an element and marked when detached; everything else by its group.
 *
 * Source: DevTools `HeapSnapshot.calculateObjectNames`.
 */
export class ClassNames {
  readonly #graph: HeapGraph;
  readonly #isDetached: Uint8Array | null;
  /** By string index: many objects, few names. */
  readonly #names = new Map<number, string>();

  constructor(graph: HeapGraph) {
    this.#graph = graph;
    this.#isDetached = findDetached(graph);
  }

  nameOf(node: NodeOrdinal): string {
    const type = this.#graph.typeOf(node);
    if (type !== NodeType.object && type !== NodeType.native) {
      return GROUPS.get(type) ?? `(${this.#graph.typeNameOf(node)})`;
    }
    const name = this.#nameAt(this.#graph.tables.nodeNames[node] as number);
    return this.#isDetached?.[node] === 1 ? `Detached ${name}` : name;
  }

  #nameAt(index: number): string {
    const known = this.#names.get(index);
    if (known !== undefined) return known;
    const name = withoutAttributes(this.#graph.tables.strings.get(index));
    this.#names.set(index, name);
    return name;
  }
}

/** `<div id="a">` is a `<div>`. */
function withoutAttributes(name: string): string {
  const tag = /^(Detached )?<[^ ]*/.exec(name)?.[0];
  return tag === undefined || tag.length === name.length ? name : `${tag}>`;
}

/** The engine's own, which a list of the program's classes leaves out unless it is asked for. */
export function isEngineClass(name: string): boolean {
  if (name.startsWith('(') && name.endsWith(')')) return true;
  return name.startsWith('system / ') && !ARRAY_DATA.has(name);
}
