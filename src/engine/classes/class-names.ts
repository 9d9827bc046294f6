import type { HeapGraph } from '../../graph/heap-graph.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import { findDetached } from '../find-detached.js';

/** Types whose objects DevTools lists under one name, whatever their own names are. */
const GROUPS: ReadonlyMap<number, string> = new Map([
  [NodeType.hidden, '(system)'],
  [NodeType.code, '(compiled code)'],
  [NodeType.closure, 'Function'],
  [NodeType.regexp, 'RegExp'],
]);

/** The bytes of typed arrays and Buffers: memory of the program, despite the name. */
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
  /** Computed when the first native is asked for; null for files without this information. */
  #isDetached: Uint8Array | null | undefined;
  /** Names by string index: there are many objects but few names. */
  readonly #names = new Map<number, string>();

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  nameOf(node: NodeOrdinal): string {
    const type = this.#graph.typeOf(node);
    if (!hasOwnName(type)) return this.#groupOf(type);
    const name = this.#nameAt(this.#graph.tables.nodeNames[node] as number);
    if (type !== NodeType.native) return name;
    this.#isDetached ??= findDetached(this.#graph);
    return this.#isDetached?.[node] === 1 ? `Detached ${name}` : name;
  }

  /** The types of nodes that make up the group with this name; empty for names of classes. */
  typesOf(group: string): readonly number[] {
    const { nodeTypeNames } = this.#graph.tables;
    return Array.from(nodeTypeNames.keys()).filter(
      (type) => !hasOwnName(type) && this.#groupOf(type) === group,
    );
  }

  #groupOf(type: number): string {
    return GROUPS.get(type) ?? `(${this.#graph.tables.nodeTypeNames[type]})`;
  }

  #nameAt(index: number): string {
    const known = this.#names.get(index);
    if (known !== undefined) return known;
    const name = withoutAttributes(this.#graph.tables.strings.get(index));
    this.#names.set(index, name);
    return name;
  }
}

function hasOwnName(type: number): boolean {
  return type === NodeType.object || type === NodeType.native;
}

/** `<div id="a">` is a `<div>`. */
function withoutAttributes(name: string): string {
  const tag = /^(Detached )?<[^ ]*/.exec(name)?.[0];
  return tag === undefined || tag.length === name.length ? name : `${tag}>`;
}

/**
 * True for the engine's own classes, which a list of the program's classes leaves out unless asked
 * for.
 */
export function isEngineClass(name: string): boolean {
  if (name.startsWith('(') && name.endsWith(')')) return true;
  return name.startsWith('system / ') && !ARRAY_DATA.has(name);
}
