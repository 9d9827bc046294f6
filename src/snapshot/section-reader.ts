import { textOfUnits } from '../util/many.js';
import { type EdgeArrays, EdgeColumns, type ReadFromEnd } from './edge-columns.js';
import { IntegerReader, type RecordSink } from './integer-reader.js';
import { LocationColumns } from './location-columns.js';
import { NodeColumns } from './node-columns.js';
import { NumberColumns } from './number-columns.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { parseSnapshotLayout } from './snapshot-layout.js';
import { StringReader } from './string-reader.js';
import type { TextKernel } from './text-kernel.js';
import type { ValueReader } from './value-reader.js';
import { fail, JsonSpan, NOT_THE_FORMAT } from './value-reader.js';

/**
 * The largest header: far beyond any real one (1.5 kB), so that a hostile one does not take
 * unlimited memory.
 */
const MAX_HEADER_BYTES = 1 << 20;
const MAX_KEY_BYTES = 256;

const QUOTE = 0x22;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const MOST_BYTES_AFTER = 1 << 20;
/**
 * Characters with which JSON would continue: after the end, they mean that the file is not what it
 * seems.
 */
const JSON_BYTES = new Set(Buffer.from('{}[]",:'));
const NOT_A_SNAPSHOT = 'it does not begin like one ({"snapshot":…)';
const GIVE_A_SNAPSHOT = 'give a file written as .heapsnapshot or .heaptimeline';

/**
 * The top level of a snapshot file: one JSON object whose keys are sections. Knows the reader of
 * each section and skips unknown ones.
 */
export class SectionReader {
  layout: SnapshotLayout | null = null;
  /** False if the header's counts are 0. */
  isCounted = true;
  nodes: NodeColumns | null = null;
  edges: EdgeColumns | null = null;
  locations: LocationColumns | null = null;
  readonly scopes = {
    scopes: new NumberColumns(),
    variables: new NumberColumns(),
    uses: new NumberColumns(),
  };
  strings: StringReader | null = null;

  /**
   * `open`: before "{"; `key`: a key or the end; `colon`; `value`; `next`: "," or "}"; `end`;
   * `after`: in other text, such as output that a program printed last.
   */
  #state: 'open' | 'key' | 'colon' | 'value' | 'next' | 'end' | 'after' = 'open';
  #keyBytes: number[] | null = null;
  #section: string | null = null;
  #lastSection: string | null = null;
  #value: ValueReader | null = null;
  readonly #taken = new Set<string>();
  readonly #size: number | null;
  readonly #kernel: TextKernel | null;
  #sharedEdges: EdgeArrays | null = null;
  #bytesAfter = 0;
  /**
   * The number of bytes of a byte order mark so far; only a complete one may come before the "{".
   */
  #markBytes = 0;

  /**
   * @param size of the whole input in bytes; null if unknown.
   * @param kernel for text in the usual form; null to read everything carefully.
   */
  constructor(size: number | null, kernel: TextKernel | null) {
    this.#size = size;
    this.#kernel = kernel;
  }

  /** The section being read; null between two. */
  get section(): string | null {
    return this.#section;
  }

  /** The last section that was read to its end; null before the first. */
  get lastSection(): string | null {
    return this.#lastSection;
  }

  get finished(): boolean {
    return this.#state === 'end' || this.#state === 'after';
  }

  /** How much of the current section was read, if its header gave the total. */
  get progress(): string | null {
    if (this.layout === null || !this.isCounted) return null;
    const share = (done: number, all: number) =>
      `${Math.floor((100 * done) / Math.max(1, all))} % of ${all} ${this.#section}`;
    if (this.#section === 'nodes') return share(this.nodes?.count ?? 0, this.layout.nodeCount);
    if (this.#section === 'edges') return share(this.edges?.count ?? 0, this.layout.edgeCount);
    return null;
  }

  /** Has the edges put into these arrays; false if their section has already begun. */
  shareEdges(arrays: EdgeArrays): boolean {
    if (this.edges === null) this.#sharedEdges = arrays;
    return this.edges === null;
  }

  /**
   * Takes over the edges that another reader found between here and the end, if they are exactly
   * the missing ones: this reader must be between two records.
   */
  adoptEdges(rest: ReadFromEnd): boolean {
    const { edges, layout } = this;
    if (this.#section !== 'edges' || edges === null || layout === null) return false;
    if (edges.count + rest.count !== layout.edgeCount) return false;
    if (this.#value?.passRecords?.() !== true) return false;
    edges.adopt(rest);
    return true;
  }

  /** The number of bytes of other text after the heap, without white space. */
  get bytesAfter(): number {
    return this.#bytesAfter;
  }

  read(chunk: Uint8Array, offset: number): void {
    let i = this.#passMark(chunk, offset);
    while (i < chunk.length) {
      if (this.#value !== null) {
        const end = this.#value.read(chunk, i);
        if (end < 0) return;
        i = end;
        this.#finishSection(end);
      } else if (this.#state === 'value' && !isSpace(chunk[i])) this.#value = this.#readerFor(i);
      else this.#step(chunk[i], i++);
    }
  }

  /** Skips UTF-8's byte order mark. */
  #passMark(chunk: Uint8Array, offset: number): number {
    let i = 0;
    while (i < chunk.length && offset + i === this.#markBytes) {
      if (chunk[i] !== BYTE_ORDER_MARK[this.#markBytes]) break;
      this.#markBytes++;
      i++;
    }
    const isHalf = this.#markBytes > 0 && this.#markBytes < BYTE_ORDER_MARK.length;
    if (isHalf && i < chunk.length) fail(NOT_A_SNAPSHOT, null, GIVE_A_SNAPSHOT);
    return i;
  }

  #step(c: number, at: number): void {
    if (this.#keyBytes !== null) this.#readKey(c, at);
    else if (isSpace(c)) return;
    else if (this.#state === 'after') this.#passAfter(at);
    else if (this.#state === 'open' && c === 0x7b) this.#state = 'key';
    else if (this.#state === 'key' && c === QUOTE) this.#keyBytes = [];
    else if (this.#state === 'colon' && c === 0x3a) this.#state = 'value';
    else if (this.#state === 'next' && c === 0x2c) this.#state = 'key';
    else if (this.#state === 'next' && c === 0x7d) this.#state = 'end';
    else if (this.layout === null) fail(NOT_A_SNAPSHOT, null, GIVE_A_SNAPSHOT);
    else if (this.#state !== 'end') fail('it is not JSON', at);
    else if (JSON_BYTES.has(c)) fail('there is more after the end', at);
    else {
      this.#state = 'after';
      this.#bytesAfter = 1;
    }
  }

  /**
   * Skips other text, which does no harm; but refuses endless text, or the zeros of a damaged disk,
   * which would take a while.
   */
  #passAfter(at: number): void {
    if (++this.#bytesAfter > MOST_BYTES_AFTER) fail('there is more after the end', at);
  }

  #readKey(c: number, at: number): void {
    const bytes = this.#keyBytes as number[];
    if (c !== QUOTE) {
      if (bytes.push(c) > MAX_KEY_BYTES) fail('a section name has no end', at);
      return;
    }
    this.#section = textOfUnits(bytes);
    this.#keyBytes = null;
    this.#state = 'colon';
    if (this.layout === null) this.#checkFirstKey(this.#section);
  }

  #checkFirstKey(key: string): void {
    if (key !== 'snapshot') fail(NOT_A_SNAPSHOT, null, GIVE_A_SNAPSHOT);
  }

  #readerFor(at: number): ValueReader {
    const section = this.#section ?? '';
    if (this.#taken.has(section)) fail('the section appears twice', at, NOT_THE_FORMAT);
    this.#taken.add(section);
    const layout = this.layout;
    // the first key is `snapshot`, else #checkFirstKey would have refused it
    if (layout === null) return new JsonSpan({ keep: true, limit: MAX_HEADER_BYTES });
    return this.#readerOf(section, layout);
  }

  #readerOf(section: string, layout: SnapshotLayout): ValueReader {
    switch (section) {
      case 'nodes':
        this.nodes = new NodeColumns(layout, this.#size, this.#kernel);
        return new IntegerReader(
          layout.node.stride,
          this.isCounted ? new Counted(this.nodes, layout.nodeCount, section) : this.nodes,
        );
      case 'edges':
        this.edges = new EdgeColumns(layout, this.#size, this.#kernel, this.#sharedEdges);
        return new IntegerReader(
          layout.edge.stride,
          new Counted(this.edges, layout.edgeCount, section),
        );
      case 'locations':
        if (layout.location === null) return new JsonSpan({ keep: false });
        this.locations = new LocationColumns(layout, this.#kernel);
        return new IntegerReader(layout.location.stride, this.locations);
      case 'strings':
        this.strings = new StringReader(layout.nodeCount, this.#kernel);
        return this.strings;
      default:
        return this.#scopeReaderOf(section, layout) ?? new JsonSpan({ keep: false });
    }
  }

  #scopeReaderOf(section: string, { scope }: SnapshotLayout): ValueReader | null {
    if (scope === null) return null;
    const { scopes, variables, uses } = this.scopes;
    if (section === 'scopes') return new IntegerReader(scope.stride, scopes);
    if (section === 'scope_context_vars') return new IntegerReader(scope.variableStride, variables);
    return section === 'scope_uses' ? new IntegerReader(scope.useStride, uses) : null;
  }

  #countNodes(): void {
    const { layout, nodes } = this;
    if (this.isCounted || layout === null || nodes === null) return;
    this.layout = { ...layout, nodeCount: nodes.count, edgeCount: nodes.edges };
  }

  #finishSection(at: number): void {
    if (this.#section === 'snapshot') {
      this.layout = readLayout((this.#value as JsonSpan).text, at);
      this.isCounted = isCounted(this.layout);
    }
    if (this.#section === 'nodes') this.#countNodes();
    this.#value = null;
    this.#lastSection = this.#section;
    this.#section = null;
    this.#state = 'next';
  }
}

/** False for writers that leave the counts at 0: then the nodes themselves are counted. */
function isCounted({ nodeCount, edgeCount }: SnapshotLayout): boolean {
  return nodeCount > 0 || edgeCount > 0;
}

function readLayout(text: string, at: number): SnapshotLayout {
  try {
    return parseSnapshotLayout(text);
  } catch (error) {
    // JSON.parse quotes the text around the position, line breaks included
    fail((error as Error).message.replace(/\s+/g, ' '), at, NOT_THE_FORMAT);
  }
}

/** Stops at the first record beyond the header's count, before memory is allocated for it. */
class Counted implements RecordSink {
  readonly #columns: RecordSink & { readonly count: number };
  readonly #claimed: number;
  readonly #what: string;

  constructor(columns: RecordSink & { readonly count: number }, claimed: number, what: string) {
    this.#columns = columns;
    this.#claimed = claimed;
    this.#what = what;
  }

  addPlain(chunk: Uint8Array, from: number, end: number): number {
    return this.#columns.addPlain(chunk, from, end);
  }

  add(batch: Float64Array, count: number, at: number): void {
    this.#columns.add(batch, count, at);
    if (this.#columns.count <= this.#claimed) return;
    const message = `there are more ${this.#what} than the ${this.#claimed} it announced`;
    fail(message, at, NOT_THE_FORMAT);
  }
}

function isSpace(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}
