import { type Heap, LoadedHeap, readFacts, withFile } from '../answer/heap.js';
import type { Subgraph, SubgraphNode } from '../collect/picture/subgraph.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import { ShowBackrefError } from '../errors.js';
import type { OpenedSource } from '../source/opened-source.js';
import type { Census } from '../stats/census.js';
import type { Growth, TypeGrowth } from '../stats/growth.js';
import type { TypeStats } from '../stats/type-stats.js';
import { type ChainStep, toChain } from './chain-steps.js';
import { finishGraph } from './finish-graph.js';
import { readGrowthOptions } from './list-growth.js';
import { readTypesOptions, type ShowTypesOptions, type TypesOptions } from './list-types.js';
import { readOptions, type ShowOptions } from './options.js';
import { parseQuestion } from './parse-question.js';
import type { ListOptions, PrintOptions } from './table-options.js';
import { checkClassName, show, usage } from './usage.js';

/** What a target picks where several objects fit. */
export interface ChooseOptions {
  /** Take the nth match only, counted from 1 in order of the ids. */
  readonly nth?: number;
  /** Take the match with the largest retained size only. Default: false. */
  readonly largest?: boolean;
  /** Take all matches of a plain name instead of failing. Default: false. */
  readonly all?: boolean;
}

/** Targets as the command line takes them: `x`, `@123`, `class:Session`, `largest`, … */
export type TargetText = string | readonly string[];

/**
 * A saved heap, with the calls that look at the program's own heap elsewhere, under the same names.
 * They take targets instead of objects, and throw as those do, besides NOTHING_SELECTED and
 * AMBIGUOUS_TARGET.
 */
export interface OpenedHeap extends Heap {
  /** Who holds the targets. */
  showBackrefs(targets: TargetText, options?: ShowOptions & ChooseOptions): Promise<Subgraph>;
  /** What the targets hold. */
  showRefs(targets: TargetText, options?: ShowOptions & ChooseOptions): Promise<Subgraph>;
  /** The shortest way from a root to each target, or `paths` different ones. */
  showChain(targets: TargetText, options?: ShowOptions & ChooseOptions): Promise<Subgraph>;
  /** The shortest way to one target as a list, the root first; empty when there is none. */
  findBackrefChain(
    target: string,
    options?: ShowOptions & ChooseOptions,
  ): Promise<readonly ChainStep[]>;
  /** The classes with most objects; sizes in bytes. */
  mostCommonTypes(options?: TypesOptions): readonly TypeStats[];
  /** Prints them as a table. */
  showMostCommonTypes(options?: ShowTypesOptions): Promise<readonly TypeStats[]>;
  /** Prints what changed since an earlier heap as a table. */
  showGrowth(
    earlier: Heap | Census,
    options?: ListOptions & PrintOptions,
  ): Promise<readonly TypeGrowth[]>;
  /** What has a heap id such as `@123`, as a picture tells of it; undefined when nothing has. */
  at(id: string | number): SubgraphNode | undefined;
}

/**
 * Opens a saved heap snapshot: plain, gzip or zstd.
 *
 * @throws ShowBackrefError SOURCE_* when it cannot be read, SNAPSHOT_* when it is not a snapshot.
 */
export function openHeap(path: string): Promise<OpenedHeap> {
  return withFile(path, async (source) => new FileHeap(await readFacts(source), source, path));
}

class FileHeap extends LoadedHeap implements OpenedHeap {
  readonly #file: string;

  constructor(facts: HeapFacts, source: OpenedSource, file: string) {
    super(facts, source);
    this.#file = file;
  }

  showBackrefs(targets: TargetText, options: ShowOptions & ChooseOptions = {}) {
    return this.#show('backrefs', targets, options);
  }

  showRefs(targets: TargetText, options: ShowOptions & ChooseOptions = {}) {
    return this.#show('refs', targets, options);
  }

  showChain(targets: TargetText, options: ShowOptions & ChooseOptions = {}) {
    return this.#show('chain', targets, options);
  }

  async findBackrefChain(target: string, options: ShowOptions & ChooseOptions = {}) {
    return toChain(await this.#show('chain', target, options));
  }

  mostCommonTypes(options: TypesOptions = {}): readonly TypeStats[] {
    return readTypesOptions(options, { prints: false }).pick(this.types());
  }

  async showMostCommonTypes(options: ShowTypesOptions = {}): Promise<readonly TypeStats[]> {
    return readTypesOptions(options, { prints: true }).print(this.types());
  }

  async showGrowth(
    earlier: Heap | Census,
    options: ListOptions & PrintOptions = {},
  ): Promise<readonly TypeGrowth[]> {
    const { print } = readGrowthOptions(options, { from: 'the earlier heap', to: 'this one' });
    return print(this.growth(earlier));
  }

  override count(name: string): number {
    checkClassName(name, 'count');
    return super.count(name);
  }

  override byType(name: string): readonly string[] {
    checkClassName(name, 'byType');
    return super.byType(name);
  }

  override growth(earlier: Heap | Census): Growth {
    if (typeof earlier !== 'object' || earlier === null) {
      throw usage(`${show(earlier)} is no earlier heap; give an opened one, or what census() gave`);
    }
    return super.growth(earlier);
  }

  at(id: string | number): SubgraphNode | undefined {
    const target = `@${String(id).replace(/^@/, '')}`;
    try {
      const { subgraph } = this.backrefs(target, { depth: 0, toRoots: false });
      return subgraph.nodes.find((node) => node.id === target);
    } catch (error) {
      if (error instanceof ShowBackrefError && error.code === 'NOTHING_SELECTED') return undefined;
      throw error;
    }
  }

  async #show(
    command: Subgraph['command'],
    targets: TargetText,
    { nth, largest, all, ...options }: ShowOptions & ChooseOptions,
  ): Promise<Subgraph> {
    const request = readOptions(options);
    const choice = readChoice({ nth, largest, all });
    checkTargets(targets);
    const answer = this[command](targets, { ...parseQuestion(request), ...choice });
    const placesIn = (subgraph: Subgraph) => this.placesIn(subgraph);
    const finished = await finishGraph(answer, request, { placesIn, file: this.#file });
    return finished.subgraph;
  }
}

/** @throws ShowBackrefError USAGE for what are no texts, such as the objects themselves. */
function checkTargets(targets: unknown): void {
  const texts: readonly unknown[] = Array.isArray(targets) ? targets : [targets];
  const wrong = texts.find((text) => typeof text !== 'string');
  if (texts.length > 0 && wrong === undefined && !texts.includes(undefined)) return;
  const what = texts.length === 0 ? 'an empty list' : show(wrong);
  throw usage(`${what} is no target in an opened heap; use for example 'class:Session' or '@123'`);
}

function readChoice({ nth = null, largest = false, all = false }: ChoiceGiven) {
  if (nth !== null && !(Number.isSafeInteger(nth) && Number(nth) >= 1)) {
    throw usage(`nth ${show(nth)} is not a whole number from 1 up`);
  }
  for (const [name, value] of Object.entries({ largest, all })) {
    if (typeof value !== 'boolean') throw usage(`${name} ${show(value)} is not true or false`);
  }
  return { nth, largest, all };
}

interface ChoiceGiven {
  readonly nth: number | null | undefined;
  readonly largest: boolean | undefined;
  readonly all: boolean | undefined;
}
