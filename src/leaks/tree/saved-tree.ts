import { LabelKind } from './label-pool.js';
import { TREE_ROOT } from './merged-tree.js';
import type { Moments } from './moments.js';

const SCHEMA = 'showbackref/leak-tree@1';

/** A moment without its heap, to compare a later one with. Plain data. */
export interface SavedTree {
  readonly schema: typeof SCHEMA;
  /** Later objects of the same process have higher ids; 0 if ids do not last. */
  readonly highestId: number;
  readonly labels: readonly string[];
  readonly classes: readonly string[];
  /**
   * Some ids with a number for the object, by which a later heap is recognised as of the same
   * process.
   */
  readonly sample: readonly (readonly [id: number, sign: number])[];
  /**
   * Six numbers for each node: position of its parent, label, class, number of objects, their
   * bytes, 1 for the engine's own; the root first.
   */
  readonly nodes: readonly number[];
  /** The largest stores by the ids of their objects; absent in older files. */
  readonly stores?: readonly (readonly [id: number, bytes: number])[];
}

/**
 * Tree nodes of fewer objects are left out, unless there are others below them, or they are keys,
 * which may come and go.
 */
const LEAST_OBJECTS = 5;
const FIELDS = 6;
const MOST_SAMPLES = 300;
const MOST_STORES = 1000;

/**
 * Saves the tree with the counts of the last moment.
 *
 * @param mask changes labels and names of classes.
 */
export function saveTree(moments: Moments, mask: (text: string) => string): SavedTree {
  const { tree, all } = moments;
  const last = all[all.length - 1];
  const isKept = keptNodes(moments, last.counts);
  const labels = new Positions();
  const classes = new Positions();
  const positions = new Int32Array(last.counts.length);
  const nodes: number[] = [];
  for (let node = TREE_ROOT; node < last.counts.length; node++) {
    if (isKept[node] === 0) continue;
    positions[node] = nodes.length / FIELDS;
    const label = labels.of(tree.labels.textOf(tree.labelOf(node)));
    const class_ = classes.of(tree.classes.textOf(tree.classOf(node)));
    const parent = node === TREE_ROOT ? 0 : positions[tree.parentOf(node)];
    nodes.push(parent, label, class_, last.counts[node], last.bytes[node]);
    nodes.push(tree.isEngine(node) ? 1 : 0);
  }
  return {
    schema: SCHEMA,
    highestId: last.highestId,
    sample: [...moments.sample].slice(0, MOST_SAMPLES),
    labels: labels.texts.map(mask),
    classes: classes.texts.map(mask),
    nodes,
    stores: [...last.stores].slice(0, MOST_STORES),
  };
}

/** Adds a saved moment to others. */
export function addSaved(moments: Moments, saved: SavedTree): void {
  const { tree } = moments;
  const places: number[] = [];
  const counted: number[] = [];
  for (let at = 0; at < saved.nodes.length; at += FIELDS) {
    const [parent, label, class_, , , isEngine] = saved.nodes.slice(at, at + FIELDS);
    const place =
      at === 0
        ? TREE_ROOT
        : tree.child(
            places[parent],
            tree.labels.ofText(saved.labels[label]),
            tree.classes.of(saved.classes[class_]),
            isEngine === 1 ? 1 : 0,
          );
    places.push(place);
    counted.push(saved.nodes[at + 3], saved.nodes[at + 4]);
  }
  const counts = new Int32Array(tree.size);
  const bytes = new Float64Array(tree.size);
  places.forEach((place, index) => {
    counts[place] += counted[index * 2];
    bytes[place] += counted[index * 2 + 1];
  });
  const stores = new Map(saved.stores ?? []);
  moments.addCounted({ counts, bytes, highestId: saved.highestId, stores }, new Map(saved.sample));
}

/** True if data from a file is a tree whose numbers refer to existing entries. */
export function isSavedTree(data: unknown): data is SavedTree {
  if (typeof data !== 'object' || data === null) return false;
  const { schema, highestId, sample, labels, classes, nodes, stores } = data as Partial<SavedTree>;
  if (stores !== undefined && !(Array.isArray(stores) && stores.every(isPair))) return false;
  if (schema !== SCHEMA || typeof highestId !== 'number' || !Array.isArray(nodes)) return false;
  if (!Array.isArray(sample) || !sample.every(isPair)) return false;
  if (!isTexts(labels) || !isTexts(classes) || nodes.length % FIELDS !== 0) return false;
  for (let at = 0; at < nodes.length; at += FIELDS) {
    const [parent, label, class_, count, bytes] = nodes.slice(at, at + FIELDS);
    const isBelow = isIndex(parent, Math.max(1, at / FIELDS));
    if (!isBelow || !isIndex(label, labels.length) || !isIndex(class_, classes.length))
      return false;
    if (!isIndex(count, 2 ** 31) || !Number.isFinite(bytes)) return false;
  }
  return nodes.length > 0;
}

function isPair(pair: unknown): boolean {
  return Array.isArray(pair) && pair.length === 2 && pair.every(Number.isSafeInteger);
}

function isTexts(list: unknown): list is readonly string[] {
  return Array.isArray(list) && list.every((text) => typeof text === 'string');
}

function isIndex(value: unknown, end: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < end;
}

function keptNodes({ tree }: Moments, counts: Int32Array): Uint8Array {
  const isKept = new Uint8Array(counts.length);
  isKept[TREE_ROOT] = 1;
  for (let node = counts.length - 1; node > TREE_ROOT; node--) {
    // later moments need to know the elements of a list with few of them, and the properties of an
    // object
    const kind = tree.labels.kindOf(tree.labelOf(node));
    const isOfOne = kind === LabelKind.property && counts[tree.parentOf(node)] === 1;
    const isEntry = (ENTRIES.has(kind) || isOfOne) && counts[node] > 0;
    if (counts[node] >= LEAST_OBJECTS || isEntry) isKept[node] = 1;
    if (isKept[node] === 1) isKept[tree.parentOf(node)] = 1;
  }
  return isKept;
}

const ENTRIES: ReadonlySet<number> = new Set([
  ...[LabelKind.element, LabelKind.dictionary, LabelKind.mapKey, LabelKind.mapValue],
  LabelKind.setMember,
]);

class Positions {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.length;
    this.#numbers.set(text, number);
    this.texts.push(text);
    return number;
  }
}
