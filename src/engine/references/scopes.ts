import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import { builtinNameOf } from '../builtin-functions.js';
import { internalField } from '../code/scripts.js';
import type { FrameLocal } from '../frames.js';
import type { Meaning } from '../meaning.js';
import type { HeapView } from '../view.js';

/** How the holders of a scope's variables are drawn. */
export type ScopeDrawing =
  /** The scope is drawn as a separate node: several functions share it, or it is a module's. */
  | { readonly as: 'node' }
  /** Only one function (or generator) holds the scope, so that function holds its variables. */
  | { readonly as: 'holder'; readonly holder: NodeOrdinal }
  /** Only paused frames hold it, and they are drawn as holders. */
  | { readonly as: 'frames' };

/** The number of names listed for a variable that is one of several. */
const MAX_CANDIDATES = 5;

/** Decides which scopes are folded into the function that holds them, and names their slots. */
export class Scopes {
  readonly #view: HeapView;
  readonly #drawings = new Map<NodeOrdinal, ScopeDrawing>();

  constructor(view: HeapView) {
    this.#view = view;
  }

  drawingOf(scope: NodeOrdinal): ScopeDrawing {
    const known = this.#drawings.get(scope);
    if (known !== undefined) return known;
    const passed = new Set<NodeOrdinal>();
    const drawing = this.#findDrawing(scope, passed);
    // scopes may be nested a million deep: the answer applies to each one passed
    for (const inner of passed) this.#drawings.set(inner, drawing);
    return drawing;
  }

  /** The variables of paused frames that are in this scope and not on the stack. */
  framesOf(scope: NodeOrdinal): readonly FrameLocal[] {
    const { graph, frames } = this.#view;
    const found = new Map<number, FrameLocal>();
    for (let edge = graph.firstEdge(scope); edge < graph.endEdge(scope); edge++) {
      if (graph.edgeTypeOf(edge) !== EdgeType.context) continue;
      const name = graph.edgeNameOf(edge);
      for (const local of frames.localsHolding(graph.targetOf(edge))) {
        if (local.name === name) found.set(local.frame, local);
      }
    }
    return [...found.values()];
  }

  /** The variable of an edge that leaves a scope; null for its other fields. */
  meaningOf(scope: NodeOrdinal, edge: EdgeOrdinal): Meaning | null {
    const { graph, facts } = this.#view;
    if (graph.edgeTypeOf(edge) === EdgeType.context) {
      const unused = facts.unusedCaptures.has(edge) ? ({ unused: true } as const) : {};
      return { kind: 'variable', name: graph.edgeNameOf(edge), ...unused };
    }
    if (graph.edgeTypeOf(edge) !== EdgeType.hidden) return null;
    // the functions that settle a promise are built into V8: their scope has slots but no names
    if (graph.nameOf(graph.targetOf(edge)) === 'Promise') return { kind: 'promise-to-settle' };
    return this.#blockVariable(scope, Number(graph.edgeNameOf(edge)));
  }

  /**
   * Goes outwards from a scope that only an inner scope holds, to the function at the end of the
   * chain: closure -> scope -> outer scope -> variable is a single reference to a programmer.
   */
  #findDrawing(start: NodeOrdinal, passed: Set<NodeOrdinal>): ScopeDrawing {
    const { contexts } = this.#view.facts;
    let scope = start;
    // in a damaged file two scopes may hold each other, and code may hold one of them
    while (!passed.has(scope)) {
      const known = this.#drawings.get(scope);
      if (known !== undefined) return known;
      passed.add(scope);
      if (contexts.kindOf(scope) !== 'function') return { as: 'node' };
      const holders = this.#holdersOf(scope);
      const [only] = holders;
      if (only === undefined) return { as: this.framesOf(scope).length > 0 ? 'frames' : 'node' };
      if (holders.length > 1) return { as: 'node' };
      if (this.#view.kinds.kindOf(only) !== 'scope') {
        return this.#isFunctionLike(only) ? { as: 'holder', holder: only } : { as: 'node' };
      }
      scope = only;
    }
    return { as: 'node' };
  }

  /**
   * The holders that keep a scope alive, without stack slots that the variables of a frame explain.
   */
  #holdersOf(scope: NodeOrdinal): readonly NodeOrdinal[] {
    const { graph, kinds, rootDistances } = this.#view;
    const inFrames = this.framesOf(scope).length > 0;
    const holders = new Set<NodeOrdinal>();
    for (const edge of graph.retainersOf(scope)) {
      const owner = graph.ownerOf(edge);
      if (owner === scope || !graph.isRetaining(edge)) continue;
      if (rootDistances.of(owner) < 0 || kinds.kindOf(owner) === 'engine') continue;
      if (inFrames && kinds.kindOf(owner) === 'root-group') continue;
      holders.add(owner);
    }
    return [...holders];
  }

  #isFunctionLike(node: NodeOrdinal): boolean {
    const { graph } = this.#view;
    if (graph.typeOf(node) === NodeType.closure) return true;
    return internalField(graph, node, 'parameters_and_registers') !== null;
  }

  /**
   * The variable of a numbered slot: V8 before 15.6 does not name the variables of block, loop,
   * catch and class scopes. The scope info lists the names in slot order; small integers take no
   * edge number, so the mapping is certain only if the highest number belongs to the last slot.
   */
  #blockVariable(scope: NodeOrdinal, number: number): Meaning | null {
    const { graph } = this.#view;
    const info = internalField(graph, scope, 'scope_info');
    if (info === null) return null;
    const names = this.#slotNames(info);
    let highest = 0;
    for (let edge = graph.firstEdge(scope); edge < graph.endEdge(scope); edge++) {
      if (graph.edgeTypeOf(edge) !== EdgeType.hidden) continue;
      highest = Math.max(highest, Number(graph.edgeNameOf(edge)));
    }
    if (names.length === highest + 1) {
      const name = names[number];
      return name === undefined ? null : { kind: 'variable', name };
    }
    if (names.length === 0) return { kind: this.#isBuiltin(scope) ? 'captured' : 'block-variable' };
    const more = names.length > MAX_CANDIDATES;
    return { kind: 'one-of', names: names.slice(0, MAX_CANDIDATES), more };
  }

  /** True for scopes of V8's own functions, which have slots but no variables. */
  #isBuiltin(scope: NodeOrdinal): boolean {
    const { graph, facts } = this.#view;
    const [closure] = facts.contexts.closuresOf(scope);
    return closure !== undefined && builtinNameOf(graph, closure) !== null;
  }

  #slotNames(info: NodeOrdinal): readonly string[] {
    const { graph } = this.#view;
    const names: string[] = [];
    for (let edge = graph.firstEdge(info); edge < graph.endEdge(info); edge++) {
      if (graph.edgeTypeOf(edge) !== EdgeType.hidden) continue;
      const target = graph.targetOf(edge);
      if (graph.typeOf(target) !== NodeType.string) break;
      names.push(graph.nameOf(target));
    }
    // a scope that belongs to a function ends with that function's name
    return names.at(-1) === '' ? names.slice(0, -1) : names;
  }
}
