import type { HeapGraph } from '../../graph/heap-graph.js';
import { NodeType } from '../../graph/types.js';
import type { StringTable } from '../../snapshot/string-table.js';
import { LabelKind, OpenLabel } from './label-pool.js';
import type { MergedTree } from './merged-tree.js';

/** In a memo: not determined yet. */
const UNKNOWN = -1;

/**
 * The number of properties above which an object is a dictionary, whatever the names; with fewer,
 * most names have to look like keys.
 */
const SURELY_KEYS = 200;
const MAYBE_KEYS = 24;
/** The number of names examined to distinguish keys from fields. */
const MOST_NAMES_READ = 64;
const LONG_NAME = 20;

/** The labels of references and classes of nodes of one heap, by the numbers of a tree. */
export class HeapLabels {
  readonly #tree: MergedTree;
  readonly #graph: HeapGraph;
  readonly #strings: StringTable;
  /** By string index. */
  readonly #properties: Int32Array;
  readonly #variables: Int32Array;
  readonly #internals: Int32Array;
  readonly #closures: Int32Array;
  readonly #others: Int32Array;
  /** By node type: the class of all its nodes; UNKNOWN if it depends on the name. */
  readonly #byType: Int32Array;
  readonly #nameless: Int32Array;
  /** By string index: 1 + the number that names an internal reference. */
  readonly #slots: Int32Array;
  readonly #globals: ReadonlySet<number>;

  /** @param globals objects whose properties are not keys, however many they have. */
  constructor(tree: MergedTree, graph: HeapGraph, globals: ReadonlySet<number>) {
    this.#tree = tree;
    this.#graph = graph;
    this.#globals = globals;
    const { strings, nodeTypeNames } = graph.tables;
    this.#strings = strings;
    const memo = () => new Int32Array(strings.count).fill(UNKNOWN);
    this.#properties = memo();
    this.#variables = memo();
    this.#internals = memo();
    this.#closures = memo();
    this.#others = memo();
    this.#slots = new Int32Array(strings.count);
    this.#byType = Int32Array.from(nodeTypeNames, (name) => {
      const one = ONE_CLASS[name];
      return one === undefined ? UNKNOWN : tree.classes.of(one);
    });
    this.#nameless = Int32Array.from(nodeTypeNames, (name) => tree.classes.of(`(${name})`));
  }

  property(name: number): number {
    const known = this.#properties[name];
    if (known !== UNKNOWN) return known;
    const label = this.#tree.labels.named(LabelKind.property, this.#strings.get(name));
    this.#properties[name] = label;
    return label;
  }

  variable(name: number): number {
    const known = this.#variables[name];
    if (known !== UNKNOWN) return known;
    const label = this.#tree.labels.named(LabelKind.variable, this.#strings.get(name));
    this.#variables[name] = label;
    return label;
  }

  internal(name: number): number {
    const known = this.#internals[name];
    if (known !== UNKNOWN) return known;
    const text = withoutNumbers(this.#strings.get(name));
    const { labels } = this.#tree;
    const label = openLabelOf(text) ?? labels.named(LabelKind.internal, text);
    this.#internals[name] = label;
    return label;
  }

  /** The number that names an internal reference of a table; -1 for other names. */
  slotOf(name: number): number {
    const known = this.#slots[name];
    if (known !== 0) return known === UNKNOWN ? -1 : known - 1;
    const slot = this.#strings.numberAt(name);
    this.#slots[name] = slot < 0 ? UNKNOWN : slot + 1;
    return slot;
  }

  classOf(node: number): number {
    const { nodeTypes, nodeNames } = this.#graph.tables;
    const type = nodeTypes[node];
    const one = this.#byType[type];
    if (one !== UNKNOWN) return one;
    const name = nodeNames[node];
    const memo = type === NodeType.closure ? this.#closures : this.#others;
    const known = memo[name];
    if (known !== UNKNOWN) return known;
    const text = this.#strings.get(name);
    const { classes } = this.#tree;
    if (type === NodeType.closure) {
      memo[name] = classes.of(`${text}()`);
    } else {
      // nodes of several types have no name: do not memoize
      if (text === '') return this.#nameless[type];
      memo[name] = classes.of(classText(text));
    }
    return memo[name];
  }

  /** True if an object is used as a dictionary: its properties are keys. */
  isDictionary(node: number): boolean {
    const { firstEdge, edgeTypes, edgeNames } = this.#graph.tables;
    const start = firstEdge[node];
    const end = firstEdge[node + 1];
    if (end - start <= MAYBE_KEYS || this.#globals.has(node)) return false;
    let count = 0;
    let read = 0;
    let odd = 0;
    for (let edge = start; edge < end; edge++) {
      if (edgeTypes[edge] !== PROPERTY) continue;
      count++;
      if (read === MOST_NAMES_READ) continue;
      read++;
      if (isOdd(this.#strings.get(edgeNames[edge]))) odd++;
    }
    return count > SURELY_KEYS || (count > MAYBE_KEYS && odd > read / 2);
  }
}

const PROPERTY = 2;

/** The label of an engine reference that differs from others of its holder only by a number. */
function openLabelOf(name: string): number | null {
  if (/^#?$/.test(name)) return OpenLabel.numbered;
  return name === '# / DevTools console' ? OpenLabel.console : null;
}

/** Node types whose nodes all have one class, whatever their names are. */
const ONE_CLASS: Readonly<Record<string, string>> = {
  string: 'string',
  'concatenated string': 'string',
  'sliced string': 'string',
  number: 'number',
  bigint: 'bigint',
  symbol: 'symbol',
  regexp: 'RegExp',
  code: '(code)',
  'object shape': '(object shape)',
};

/** True for a name that is unlikely for a field, because it is not a short word. */
function isOdd(name: string): boolean {
  return /\d|[^\w$]/.test(name) || name.length > LONG_NAME;
}

/** The name of a class without numbers that V8, a bundler or a page adds. */
function classText(name: string): string {
  const tag = /^(?:Detached )?<[^ >]*/.exec(name)?.[0];
  if (tag !== undefined) return `${tag}>`;
  return withoutNumbers(name.replace(/ \/ scope @?\d+/, '')).slice(0, 80);
}

function withoutNumbers(name: string): string {
  return name.replace(/@\d+/g, '@#').replace(/^\d+$|\b\d{3,}\b|^\d+(?= \/ )/g, '#');
}
