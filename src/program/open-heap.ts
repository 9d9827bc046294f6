import type { Heap } from '../answer/heap.js';
import { LoadedHeap } from '../answer/heap.js';
import { readFacts, withFile } from '../answer/load-heap.js';
import { PLAIN_WORK } from '../answer/work.js';
import { locateGraph, scopeOf, writeGraph } from '../answer/write-graph.js';
import { FILES_ONLY } from '../answer/write-outputs.js';
import type { Subgraph, SubgraphNode } from '../collect/picture/subgraph.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import { ShowBackrefError, usage } from '../errors.js';
import { checkClassName } from '../question/class-name.js';
import type {
  ChooseOptions,
  ListOptions,
  ShowOptions,
  TypesOptions,
} from '../question/generated-option-types.js';
import type { GraphCommand } from '../question/graph-question.js';
import { parseTarget } from '../question/target.js';
import type { OpenedSource } from '../source/opened-source.js';
import { usualFolders } from '../source-maps/map-scope.js';
import type { Census } from '../stats/census.js';
import type { Growth, TypeGrowth } from '../stats/growth.js';
import type { TypeStats } from '../stats/type-stats.js';
import { quote } from '../util/sentence.js';
import {
  type PrintOptions,
  readGrowthOptions,
  readHeapOptions,
  readTypesOptions,
  type ShowTypesOptions,
} from './call-options.js';
import { type ChainStep, toChain } from './chain-steps.js';
import { pickTypes, printGrowth, printTypes } from './print-classes.js';

/** Targets as the command line takes them: `x`, `@123`, `class:Session`, `largest`, … */
export type TargetText = string | readonly string[];

/**
 * A saved heap, with the same calls that otherwise look at the program's own heap. They take
 * targets instead of objects, and throw the same errors, and also NOTHING_SELECTED and
 * AMBIGUOUS_TARGET.
 */
export interface OpenedHeap extends Heap {
  /** Shows who holds the targets. */
  showBackrefs(targets: TargetText, options?: ShowOptions & ChooseOptions): Promise<Subgraph>;
  /** Shows what the targets hold. */
  showRefs(targets: TargetText, options?: ShowOptions & ChooseOptions): Promise<Subgraph>;
  /** Shows the shortest path from a root to each target, or `paths` independent ones. */
  showChain(targets: TargetText, options?: ShowOptions & ChooseOptions): Promise<Subgraph>;
  /**
   * The shortest path to one target as a list, the root first; empty when there is no such path.
   */
  findBackrefChain(
    target: string,
    options?: ShowOptions & ChooseOptions,
  ): Promise<readonly ChainStep[]>;
  /** The classes with the most objects; sizes in bytes. */
  mostCommonTypes(options?: TypesOptions): readonly TypeStats[];
  /** Prints them as a table. */
  showMostCommonTypes(options?: ShowTypesOptions): Promise<readonly TypeStats[]>;
  /** Prints a table of what changed since an earlier heap. */
  showGrowth(
    earlier: Heap | Census,
    options?: ListOptions & PrintOptions,
  ): Promise<readonly TypeGrowth[]>;
  /**
   * The node with a heap id such as `@123`, as in a picture; undefined if there is no such node.
   */
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
    return toChain(await this.#show('chain', target, { everything: true, ...options }));
  }

  mostCommonTypes(options: TypesOptions = {}): readonly TypeStats[] {
    const values = readTypesOptions(options, { prints: false });
    return pickTypes(this.types(), values);
  }

  async showMostCommonTypes(options: ShowTypesOptions = {}): Promise<readonly TypeStats[]> {
    const values = readTypesOptions(options, { prints: true });
    return printTypes(this.types(), values, options.file);
  }

  async showGrowth(
    earlier: Heap | Census,
    options: ListOptions & PrintOptions = {},
  ): Promise<readonly TypeGrowth[]> {
    const values = readGrowthOptions(options, { prints: true });
    const moments = { from: 'the earlier heap', to: 'this one' };
    return printGrowth(this.growth(earlier), { values, file: options.file }, moments);
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
      throw usage(
        `${quote(earlier)} is not an earlier heap; give an opened one, or the result of census()`,
      );
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
    command: GraphCommand,
    targets: TargetText,
    options: ShowOptions & ChooseOptions,
  ): Promise<Subgraph> {
    const question = readHeapOptions(command, textsOf(targets).map(parseTarget), options);
    const folders = usualFolders(process.cwd(), this.#file);
    const { sourceMaps } = question;
    if (sourceMaps !== false) {
      await this.findRenamed(question.targets, scopeOf({ sourceMaps }, folders));
    }
    const answer = await locateGraph(this.ask(question), question, folders);
    await writeGraph(answer, question, { work: PLAIN_WORK, place: FILES_ONLY });
    return answer.subgraph;
  }
}

/**
 * Reads the targets as texts. @throws ShowBackrefError USAGE for other values, such as the objects
 * themselves.
 */
function textsOf(targets: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(targets) ? targets : [targets];
  const wrong = texts.find((text) => typeof text !== 'string');
  if (texts.length > 0 && texts.every((text) => typeof text === 'string')) return texts;
  const what = texts.length === 0 ? 'an empty list' : quote(wrong);
  throw usage(
    `${what} is not a target in an opened heap; use for example 'class:Session' or '@123'`,
  );
}
