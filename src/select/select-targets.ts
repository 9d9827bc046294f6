import { HashTables } from '../engine/hash-tables.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import { ShowBackrefError } from '../errors.js';
import { computeShallowSizes } from '../graph/compute-shallow-sizes.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import type { SelectOptions } from '../question/graph-question.js';
import { expressionOf, type Target } from '../question/target.js';
import { Redactor } from '../redact/redactor.js';
import { displayFile } from '../util/display-file.js';
import { formatBytes } from '../util/format-bytes.js';
import { option, say } from '../util/sentence.js';
import { candidateTable } from './candidate-table.js';
import {
  findClass,
  findFunctionsCalled,
  findPlacedClass,
  findRenamedClass,
  findWithProperties,
} from './find-classes.js';
import { findDetachedDom, hasDom } from './find-dom.js';
import { type ClassMatches, findInstances, findLargest, findStrings } from './find-objects.js';
import { findNamed, type NamedObject } from './find-variables.js';
import { nearestMatches } from './nearest-matches.js';
import { parsePropertyPath } from './property-path.js';

/** The answer of a live program for an expression. */
export type Evaluated =
  | { readonly kind: 'object'; readonly nodeId: number }
  | { readonly kind: 'primitive'; readonly text: string }
  | { readonly kind: 'error'; readonly message: string };

/** The objects that targets mean. */
export interface SelectedTargets {
  /** In the order of the targets, each once. */
  readonly nodes: readonly NodeOrdinal[];
  /** How many prototypes have the name of a class that was asked for, and are left out. */
  readonly prototypes: number;
  /** How many of `nodes` are prototypes, because the class has no instances. */
  readonly onlyPrototypes: number;
}

/**
 * The objects the user meant.
 *
 * @param evaluated answers of a live program by expression; empty for a saved heap.
 * @throws ShowBackrefError NOTHING_SELECTED with the nearest names, AMBIGUOUS_TARGET with a
 *   table.
 */
export function selectTargets(
  facts: HeapFacts,
  targets: readonly Target[],
  options: SelectOptions,
  evaluated: ReadonlyMap<string, Evaluated> = new Map(),
): SelectedTargets {
  const ids = targets.flatMap((target) => (target.kind === 'id' ? [target.id] : []));
  const selector = new Selector(facts, options, evaluated, nodesWithIds(facts.graph, ids));
  const nodes = [...new Set(targets.flatMap((target) => selector.select(target)))];
  const { prototypes, onlyPrototypes } = selector;
  return { nodes, prototypes: prototypes.size, onlyPrototypes: onlyPrototypes.size };
}

/** Variables of the runtime's modules that are offered. */
const MOST_BUILTIN = 3;
/** So many are found one by one before one pass over all nodes is. */
const FEW_IDS = 4;

function nodesWithIds(graph: HeapGraph, ids: readonly number[]): ReadonlyMap<number, NodeOrdinal> {
  if (ids.length > FEW_IDS) return graph.withIds(ids);
  const found = new Map<number, NodeOrdinal>();
  for (const id of ids) {
    const node = graph.withId(id);
    if (node !== null) found.set(id, node);
  }
  return found;
}

class Selector {
  /** The prototypes that class targets leave out. */
  readonly prototypes = new Set<NodeOrdinal>();
  /** The prototypes that are taken because nothing else has the name. */
  readonly onlyPrototypes = new Set<NodeOrdinal>();
  readonly #facts: HeapFacts;
  readonly #options: SelectOptions;
  readonly #evaluated: ReadonlyMap<string, Evaluated>;
  /** The objects that targets name by their ids. */
  readonly #withIds: ReadonlyMap<number, NodeOrdinal>;
  readonly #tables: HashTables;
  readonly #redactor: Redactor;
  /** Computed when a minimum size is asked for. */
  #sizes: Float64Array | null = null;

  constructor(
    facts: HeapFacts,
    options: SelectOptions,
    evaluated: ReadonlyMap<string, Evaluated>,
    withIds: ReadonlyMap<number, NodeOrdinal>,
  ) {
    this.#withIds = withIds;
    this.#facts = facts;
    this.#options = options;
    this.#evaluated = evaluated;
    this.#tables = new HashTables(facts.graph);
    this.#redactor = new Redactor(options.redact ?? 'secrets');
  }

  select(target: Target): readonly NodeOrdinal[] {
    const live = this.#fromProgram(target);
    if (live !== null) return [live];
    const { graph } = this.#facts;
    const found = this.#search(target);
    if (found.length === 0) throw this.#nothingFound(target);
    const matches = [...this.#largeEnough(target, found)];
    matches.sort((a, b) => graph.idOf(a.node) - graph.idOf(b.node));
    return this.#choose(target, matches);
  }

  /** Filters by minimum size; an object that is named by its id is always kept. */
  #largeEnough(target: Target, found: readonly NamedObject[]): readonly NamedObject[] {
    const { minSize = null } = this.#options;
    if (minSize === null || target.kind === 'id') return found;
    this.#sizes ??= computeShallowSizes(this.#facts.graph);
    const sizes = this.#sizes;
    const sizeOf = ({ node }: NamedObject) => sizes[node] ?? 0;
    const matches = found.filter((match) => sizeOf(match) >= minSize);
    if (matches.length > 0) return matches;
    const most = found.reduce((largest, match) => Math.max(largest, sizeOf(match)), 0);
    const count = found.length === 1 ? 'one object' : `${found.length} objects`;
    throw new ShowBackrefError(
      'NOTHING_SELECTED',
      say`"${target.text}" matches ${count}, none of which has a shallow size of ${formatBytes(minSize)}: the largest has ${formatBytes(most)}; give a smaller ${option('minSize')}`,
    );
  }

  #nothingDetached(): ShowBackrefError {
    const reason = hasDom(this.#facts)
      ? 'No DOM node in this heap is detached from its document'
      : 'This heap has no DOM nodes of a browser, so none can be detached';
    return new ShowBackrefError(
      'NOTHING_SELECTED',
      say`${reason}; name other objects with ${option('target', 'class:Foo')}`,
    );
  }

  /** The node that the program itself gives for an expression; null if it does not know. */
  #fromProgram(target: Target): NodeOrdinal | null {
    const expression = expressionOf(target);
    const answer = expression === null ? undefined : this.#evaluated.get(expression);
    if (answer === undefined || answer.kind === 'error') return null;
    if (answer.kind === 'primitive') {
      throw new ShowBackrefError(
        'NOTHING_SELECTED',
        say`"${target.text}" is ${this.#redactor.value(answer.text, [target.text])}, a value and not an object; only objects have holders, name one with ${option('target')}`,
      );
    }
    const node = this.#facts.graph.withId(answer.nodeId);
    if (node !== null) return node;
    throw new ShowBackrefError(
      'NOTHING_SELECTED',
      `"${target.text}" was collected before the heap was taken; keep a reference to it until then`,
    );
  }

  #search(target: Target): readonly NamedObject[] {
    const { graph } = this.#facts;
    switch (target.kind) {
      case 'id': {
        const node = this.#withIds.get(target.id);
        return node === undefined ? [] : [{ node, where: '' }];
      }
      case 'class':
        return unplaced(this.#instances(findClass(this.#facts, target.match)));
      case 'properties':
        return unplaced(this.#instances(findWithProperties(this.#facts, target.query)));
      case 'function':
        return this.#placed(findFunctionsCalled(this.#facts, target.match));
      case 'string':
        return unplaced(findStrings(graph, target.match));
      case 'detached':
        return unplaced(findDetachedDom(this.#facts));
      case 'largest': {
        const node = findLargest(this.#facts);
        return node === null ? [] : [{ node, where: '' }];
      }
      default:
        return this.#searchName(target);
    }
  }

  #searchName(target: Extract<Target, { path: string }>): readonly NamedObject[] {
    const path = parsePropertyPath(target.path);
    const named = path === null ? [] : findNamed(this.#facts, this.#tables, path, target.kind);
    const isOwn = named.some(({ isBuiltin }) => isBuiltin !== true);
    if (isOwn || target.kind !== 'name') return named;
    const own = findInstances(this.#facts.graph, target.path);
    if (own.nodes.length > 0) return this.#placed(this.#instances(own));
    const renamed = findRenamedClass(this.#facts, target.path);
    if (renamed.length > 0) return this.#placed(renamed);
    const placed = findPlacedClass(this.#facts, target.path);
    if (placed.length === 0 && named.length > 0) throw this.#onlyBuiltin(target, named);
    return this.#placed(placed);
  }

  /** Who names a class means what was made of it: a prototype of that name is not one of those. */
  #instances({ nodes, prototypes }: ClassMatches): readonly NodeOrdinal[] {
    if (nodes.length === 0) {
      for (const node of prototypes) this.onlyPrototypes.add(node);
      return prototypes;
    }
    // who picks one object knows that there are others
    const { nth, largest } = this.#options;
    if (nth === null && !largest) for (const node of prototypes) this.prototypes.add(node);
    return nodes;
  }

  /** Who types a name means a variable of the program, even one that is gone. */
  #onlyBuiltin(target: Target, named: readonly NamedObject[]): ShowBackrefError {
    const ids = named.map(({ node }) => `@${this.#facts.graph.idOf(node)}`);
    const shown = named.slice(0, MOST_BUILTIN).map(({ where }, at) => `${ids[at]} (${where})`);
    const rest = named.length - shown.length;
    const listed = [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
    return new ShowBackrefError(
      'NOTHING_SELECTED',
      say`No variable of the program is called "${target.text}", only of the runtime's own modules: ${listed}; if that is meant, use ${option('target', ids[0] ?? '')}`,
    );
  }

  #placed(nodes: readonly NodeOrdinal[]): readonly NamedObject[] {
    return nodes.map((node) => {
      const place = this.#facts.scripts.placeOf(node);
      return { node, where: place === null ? '' : `${displayFile(place.file)}:${place.line}` };
    });
  }

  #choose(target: Target, matches: readonly NamedObject[]): readonly NodeOrdinal[] {
    const nodes = matches.map(({ node }) => node);
    const { nth, largest, all } = this.#options;
    if (nth !== null) {
      const node = nodes[nth - 1];
      if (node !== undefined) return [node];
      const count = nodes.length === 1 ? '1 object' : `${nodes.length} objects`;
      const choice = nodes.length === 1 ? '1' : `1 to ${nodes.length}`;
      throw new ShowBackrefError(
        'NOTHING_SELECTED',
        say`"${target.text}" matches ${count}, so there is no ${option('nth', String(nth))}; use ${choice}`,
      );
    }
    if (largest) return [this.#largestOf(nodes)];
    const isPlain =
      target.kind === 'name' || target.kind === 'variable' || target.kind === 'global';
    if (nodes.length > 1 && isPlain && !all) throw this.#ambiguous(target, matches);
    return nodes;
  }

  #largestOf(nodes: readonly NodeOrdinal[]): NodeOrdinal {
    if (nodes.length === 1) return nodes[0] as NodeOrdinal;
    const { retainedSizes } = this.#facts;
    const size = (node: NodeOrdinal) => retainedSizes.of(node);
    return nodes.reduce((best, node) => (size(node) > size(best) ? node : best));
  }

  #ambiguous(target: Target, matches: readonly NamedObject[]): ShowBackrefError {
    return new ShowBackrefError(
      'AMBIGUOUS_TARGET',
      say`"${target.text}" matches ${matches.length} objects; choose one of them with ${option('target')}, or take them all with ${option('all')}`,
      { details: candidateTable(this.#facts.graph, matches, this.#redactor) },
    );
  }

  #nothingFound(target: Target): ShowBackrefError {
    if (target.kind === 'detached') return this.#nothingDetached();
    const near = nearestMatches(this.#facts, this.#tables, target);
    const answer = this.#evaluated.get(expressionOf(target) ?? '');
    const reason =
      answer?.kind === 'error'
        ? ` (the program says: ${this.#redactor.text(answer.message)})`
        : target.kind === 'properties'
          ? ' (most heaps leave out properties that are numbers)'
          : '';
    const advice =
      near.length > 0
        ? `did you mean ${near.map((name) => `"${this.#redactor.text(name)}"`).join(', ')}?`
        : say`see which objects there are with ${option('target', 'class:/./')} or in DevTools`;
    return new ShowBackrefError(
      'NOTHING_SELECTED',
      say`Nothing in the heap matches "${target.text}"${reason}; ${advice}`,
    );
  }
}

function unplaced(nodes: readonly NodeOrdinal[]): readonly NamedObject[] {
  return nodes.map((node) => ({ node, where: '' }));
}
