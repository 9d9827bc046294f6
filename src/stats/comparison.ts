import { isEngineClass } from '../engine/classes/class-names.js';
import { binOfKey, type Census, mergeKeys, withoutKeys } from './census.js';
import { type HeapClass, nameClasses } from './heap-classes.js';
import type { InterfaceDefinition } from './interfaces.js';

/**
 * The least share of the program's objects with an id in both heaps that must have the same class.
 * Measured on Node.js 20 to 26: 1.000 within a process; 0.963 to 0.976 for two runs of one script
 * stopped at the same line.
 */
const LEAST_AGREEMENT = 0.99;

/** The counts of a class at two moments. */
export interface ClassChange {
  readonly type: HeapClass;
  readonly before: number;
  readonly after: number;
  /** Objects of one moment that the other one lacks; null if ids cannot be compared. */
  readonly added: number | null;
  readonly removed: number | null;
  readonly sizeDelta: number;
}

/**
 * Two moments, compared by the ids of their objects. Keeps no ids, so that many comparisons can
 * wait until the interfaces that name their plain objects are known.
 */
export class Comparison {
  /** True if an object has the same id in both heaps, as it does within one process. */
  readonly byId: boolean;
  readonly #before: Census;
  readonly #after: Census;
  readonly #kept: KeptObjects;

  constructor(before: Census, after: Census) {
    this.#kept = new KeptObjects(before, after);
    this.byId = this.#kept.haveSameIds;
    this.#before = withoutKeys(before);
    this.#after = withoutKeys(after);
  }

  /** All classes of both moments, with plain objects named by these interfaces. */
  changes(interfaces: readonly InterfaceDefinition[]): readonly ClassChange[] {
    const bins = [...this.#before.bins, ...this.#after.bins];
    const { classes, classOfBin } = nameClasses(bins, interfaces);
    const sums = this.#sum(classOfBin, classes.length);
    for (const { before, after, count } of this.#kept.byBins()) {
      const index = classOfBin[before] as number;
      const isSame = classOfBin[after + this.#before.bins.length] === index;
      if (isSame) (sums[index] as ClassSums).kept += count;
    }
    return classes.map((type, index) => this.#changeOf(type, sums[index] as ClassSums));
  }

  #changeOf(type: HeapClass, sums: ClassSums): ClassChange {
    const { before, after, unnumberedBefore, unnumberedAfter, kept } = sums;
    const stayed = kept + Math.min(unnumberedBefore, unnumberedAfter);
    const turnover = this.byId
      ? { added: after - stayed, removed: before - stayed }
      : { added: null, removed: null };
    return { type, before, after, ...turnover, sizeDelta: sums.sizeAfter - sums.sizeBefore };
  }

  #sum(classOfBin: Uint32Array, count: number): readonly ClassSums[] {
    const sums: ClassSums[] = Array.from({ length: count }, () => ({
      ...{ before: 0, sizeBefore: 0, unnumberedBefore: 0 },
      ...{ after: 0, sizeAfter: 0, unnumberedAfter: 0, kept: 0 },
    }));
    const { bins, counts, sizes, unnumbered } = this.#before;
    classOfBin.forEach((index, bin) => {
      const sum = sums[index] as ClassSums;
      sum.before += counts[bin] ?? 0;
      sum.sizeBefore += sizes[bin] ?? 0;
      sum.unnumberedBefore += unnumbered[bin] ?? 0;
      sum.after += this.#after.counts[bin - bins.length] ?? 0;
      sum.sizeAfter += this.#after.sizes[bin - bins.length] ?? 0;
      sum.unnumberedAfter += this.#after.unnumbered[bin - bins.length] ?? 0;
    });
    return sums;
  }
}

interface ClassSums {
  before: number;
  sizeBefore: number;
  unnumberedBefore: number;
  after: number;
  sizeAfter: number;
  unnumberedAfter: number;
  /** The number of objects that are of the class at both moments. */
  kept: number;
}

interface KeptOfBins {
  readonly before: number;
  readonly after: number;
  readonly count: number;
}

/** The objects whose id both moments have, counted by their class at each. */
class KeptObjects {
  /**
   * True if equal ids mean equal objects. Ids are numbers in the order of discovery: two processes
   * use the same ones for different objects, and so does one process after another debugger has
   * left it. Otherwise the same id is the same object, which hardly ever changes its class.
   */
  readonly haveSameIds: boolean;
  /**
   * By the bin before: the bin after of its first object, and the number of objects with that bin.
   */
  readonly #usual: Int32Array;
  readonly #counts: Float64Array;
  /** The others, by both bins. */
  readonly #others = new Map<number, number>();
  readonly #binsAfter: number;

  constructor(before: Census, after: Census) {
    this.#usual = new Int32Array(before.bins.length).fill(-1);
    this.#counts = new Float64Array(before.bins.length);
    this.#binsAfter = after.bins.length;
    const isOurs = (census: Census) => census.bins.map(({ name }) => !isEngineClass(name));
    const [ofProgramBefore, ofProgramAfter] = [isOurs(before), isOurs(after)];
    let common = 0;
    let alike = 0;
    mergeKeys(before.keys, after.keys, (old, now) => {
      if (old === null || now === null) return;
      const [was, is] = [binOfKey(old), binOfKey(now)];
      this.#count(was, is);
      if (!ofProgramBefore[was] && !ofProgramAfter[is]) return;
      common++;
      const [a, b] = [before.bins[was], after.bins[is]];
      // by bin: the interface of a plain object changes with its properties
      if (a?.name === b?.name && a?.location === b?.location) alike++;
    });
    this.haveSameIds = common > 0 && alike >= common * LEAST_AGREEMENT;
  }

  *byBins(): Iterable<KeptOfBins> {
    for (const [before, after] of this.#usual.entries()) {
      if (after >= 0) yield { before, after, count: this.#counts[before] as number };
    }
    for (const [key, count] of this.#others) {
      const after = key % this.#binsAfter;
      yield { before: (key - after) / this.#binsAfter, after, count };
    }
  }

  #count(was: number, is: number): void {
    if (this.#usual[was] === -1) this.#usual[was] = is;
    if (this.#usual[was] === is) {
      this.#counts[was] = (this.#counts[was] ?? 0) + 1;
      return;
    }
    const key = was * this.#binsAfter + is;
    this.#others.set(key, (this.#others.get(key) ?? 0) + 1);
  }
}
