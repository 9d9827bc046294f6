import type { LocatedHeap } from '../../answer/heap.js';
import { readHeap } from '../../answer/load-heap.js';
import type { Work } from '../../answer/work.js';
import { formatBytes } from '../../util/format-bytes.js';
import { memoryNeed } from '../../util/memory-need.js';
import { findSource, type NamedSource, openNamed, type SourceRules } from './heap-sources.js';

/** A heap that stays in memory between calls. */
export interface OpenHeap {
  /** By which clients ask for it. */
  readonly name: string;
  readonly heap: LocatedHeap;
  /** Of the snapshot, unpacked. */
  readonly bytes: number;
  readonly isLive: boolean;
  /** Memory it takes, about. */
  readonly need: number;
  readonly version: string;
}

/** The last ones that were asked. */
const MOST_OPEN = 4;

/**
 * Heaps that were read, for the next call: the last ones that fit into the memory allowed. One that has
 * changed on disk is read again.
 */
export class OpenHeaps {
  readonly #rules: SourceRules;
  readonly #mostBytes: number;
  /** The one that was asked last is at the end. */
  readonly #open = new Map<string, OpenHeap>();
  #taken = 0;

  constructor(rules: SourceRules, mostBytes: number) {
    this.#rules = rules;
    this.#mostBytes = mostBytes;
  }

  /** @throws ShowBackrefError as reading does, and OUT_OF_MEMORY for one that does not fit. */
  async get(name: string, work: Work): Promise<OpenHeap> {
    const kept = this.#open.get(name);
    if (kept?.isLive) return this.#asked(kept);
    const source = await findSource(name, this.#rules);
    if (source.kind === 'file' && kept?.version === source.file.version) return this.#asked(kept);
    if (source.kind === 'file') this.#makeRoom(source.file.size);
    const opened = await openNamed(source, work);
    try {
      const { heap, bytes } = await readHeap(opened, work);
      return this.keep(source, heap, bytes);
    } finally {
      await opened.close();
    }
  }

  /** A live one gets a name of its own: the program may be another one by the next call. */
  keep(source: NamedSource, heap: LocatedHeap, bytes: number): OpenHeap {
    const { nodeCount, edgeCount } = heap;
    const need = memoryNeed({ nodeCount, edgeCount, textBytes: bytes / 4 }, { retained: true });
    const isLive = source.kind === 'live';
    if (isLive) this.#taken += 1;
    const name = isLive ? `live-${this.#taken}` : source.name;
    const version = source.kind === 'file' ? source.file.version : '';
    this.#open.delete(name);
    this.#makeRoom(need);
    const kept = { name, heap, bytes, isLive, need, version };
    this.#open.set(name, kept);
    return kept;
  }

  /** One line about each, and about how much there may be. */
  describe(): readonly string[] {
    const lines = [...this.#open.values()].map(({ name, need }) => {
      return `${name}, about ${formatBytes(need)} of memory`;
    });
    const most = `at most ${MOST_OPEN} heaps and ${formatBytes(this.#mostBytes)} of memory`;
    return [`Open: ${lines.length === 0 ? 'none' : lines.join('; ')} (${most}).`];
  }

  #asked(kept: OpenHeap): OpenHeap {
    this.#open.delete(kept.name);
    this.#open.set(kept.name, kept);
    return kept;
  }

  /** The one that was asked longest ago goes first. */
  #makeRoom(bytes: number): void {
    for (const [name] of this.#open) {
      const sum = [...this.#open.values()].reduce((all, { need }) => all + need, bytes);
      if (this.#open.size < MOST_OPEN && sum <= this.#mostBytes) return;
      this.#open.delete(name);
    }
  }
}
