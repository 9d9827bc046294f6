import { gzipSync } from 'node:zlib';
import type { Subgraph } from '../../collect/picture/subgraph.js';
import type { HeapFacts } from '../../engine/heap-facts.js';
import { ShowBackrefError } from '../../errors.js';
import { findLarge } from '../../leaks/find-large.js';
import { findGrowth } from '../../leaks/find-suspects.js';
import type { FoundLeaks, Suspect } from '../../leaks/suspect.js';
import { type LatestHeap, Moments } from '../../leaks/tree/moments.js';
import { addSaved, type SavedTree, saveTree } from '../../leaks/tree/saved-tree.js';
import type { Output } from '../../question/outputs.js';
import { walkDefaults } from '../../question/walk-options.js';
import type { Redactor } from '../../redact/redactor.js';
import { maskedWords } from '../../report/summary.js';
import {
  compareCommand,
  type LeakRow,
  type LeaksDocument,
  nextCommand,
  nextLook,
  toLeaksDocument,
  toLeaksReport,
} from '../../report/tables/leaks-report.js';
import { type TableReport, withMasked } from '../../report/tables/table.js';
import type { Moment, OpenedSource } from '../../source/opened-source.js';
import type { Sentence, Spelling } from '../../util/sentence.js';
import type { GraphAnswer } from '../collect-graph.js';
import { LoadedHeap, type LocatedHeap } from '../heap.js';
import { readFacts } from '../load-heap.js';
import type { Work } from '../work.js';
import { FILES_ONLY, writeOutput } from '../write-outputs.js';
import { type LocatedRow, toAlsoGrewRows, toLeakRows } from './leak-rows.js';

export interface LeaksRequest {
  /** In chronological order; each is read before the next one is asked for. */
  readonly moments: AsyncIterable<Moment | SavedMoment>;
  /**
   * A program that goes on running: its heaps are taken until nothing grows, and its ids mean
   * nothing later.
   */
  readonly isLive: boolean;
  /** Where to save the data to compare a later moment with; null for nowhere. */
  readonly saveTree: Output | null;
  /** Receives the same data. */
  readonly onTree?: (packed: Uint8Array) => void;
  /** The source of the last moment as it was typed; empty if nothing was typed. */
  readonly lastTyped: string;
  /** Masks every text from the heap. */
  readonly redactor: Redactor;
  /** True to name known leaks. */
  readonly isKnownNamed: boolean;
  /** Suspects to draw, by rank from 1; null for none. */
  readonly draw: 'all' | number | null;
  /** How options are named in the answer. */
  readonly spelling: Spelling;
}

/** A moment of which only the tree is left. */
export interface SavedMoment {
  readonly label: string;
  readonly tree: SavedTree;
}

export interface LeaksAnswer {
  readonly report: TableReport;
  readonly document: LeaksDocument;
  /** Sentences about the whole: what was masked. */
  readonly notes: readonly string[];
  readonly rows: readonly LocatedRow[];
  /** Pictures of who holds the newest items of suspects, by rank from 1. */
  readonly drawings: ReadonlyMap<number, GraphAnswer>;
  /** That of the last moment, for other questions. */
  readonly heap: LocatedHeap;
}

/**
 * The number of moments needed to tell a leak from a cache that fills up, and from a program
 * without leaks.
 */
const LEAST_MOMENTS = 3;
/** The number of newest items that are drawn. */
const MOST_DRAWN = 3;

/** The command `leaks`: finds the holders responsible for growing memory. */
export async function searchLeaks(request: LeaksRequest, work: Work): Promise<LeaksAnswer> {
  const { labels, last } = await readMoments(request, work);
  const { redactor } = request;
  const heap = new LoadedHeap(last.facts, last.source);
  const { suspects, alsoGrew } = last.found;
  const at = { heap, facts: last.facts, redactor };
  const rows = toLeakRows(suspects, request, at);
  const shown = labels.map((label) => redactor.places(label));
  const found = {
    moments: shown,
    rows,
    alsoGrew: toAlsoGrewRows(alsoGrew, at),
    hasLastingIds: last.hasLastingIds,
    next: nextSteps(request, rows, labels.length),
  };
  return {
    report: withMasked(toLeaksReport(found), redactor),
    document: toLeaksDocument(found),
    notes: [maskedWords(redactor.count, redactor.mode) ?? []].flat(),
    rows,
    drawings: drawSuspects(request, suspects, at),
    heap,
  };
}

function nextSteps(
  { isLive, draw, lastTyped, redactor }: LeaksRequest,
  [first]: readonly LeakRow[],
  moments: number,
): readonly Sentence[] {
  const { class: items, ids } = first?.items ?? { class: '', ids: [] };
  if (isLive) return ids.length === 0 || draw !== null ? [] : [nextLook(items)];
  // at a prompt there is no command line to repeat
  if (lastTyped === '') return [];
  const typed = redactor.places(lastTyped);
  return [
    ...(ids.length === 0 ? [] : [nextCommand(typed, ids)]),
    ...(moments === 1 ? [compareCommand(typed)] : []),
  ];
}

interface LastHeap {
  readonly facts: HeapFacts;
  readonly source: OpenedSource;
  readonly latest: LatestHeap;
}

interface LastMoment extends Omit<LastHeap, 'latest'> {
  readonly found: FoundLeaks;
  readonly hasLastingIds: boolean;
}

/**
 * Reads the moments with one heap in memory at a time: each is merged into the tree and released
 * before the next one is read.
 */
async function readMoments(
  request: LeaksRequest,
  work: Work,
): Promise<{ readonly labels: readonly string[]; readonly last: LastMoment }> {
  const moments = new Moments();
  const labels: string[] = [];
  let last: LastHeap | null = null;
  for await (const moment of request.moments) {
    last = null;
    labels.push(moment.label);
    if ('tree' in moment) {
      addSaved(moments, moment.tree);
      continue;
    }
    const { source } = moment;
    try {
      const facts = await readFacts(source, work, { prepare: 'nothing' });
      work.progress.stage('Comparing');
      last = { facts, source, latest: moments.add(facts) };
    } finally {
      await source.close();
    }
    if (request.isLive && labels.length >= LEAST_MOMENTS && !isGrowing(moments, last)) {
      const words = `Stopped after ${labels.length} heaps: nothing that could be a leak grows.`;
      work.progress.warn(words);
      break;
    }
  }
  if (last === null) {
    const sentence = 'leaks needs a heap at the end; name trees before a snapshot';
    throw new ShowBackrefError('NOTHING_SELECTED', sentence);
  }
  await keepTree(moments, request);
  const { facts, source, latest } = last;
  const find = moments.all.length === 1 ? findLarge : findGrowth;
  const { hasLastingIds } = moments;
  return { labels, last: { facts, source, hasLastingIds, found: find(moments, latest, facts) } };
}

function isGrowing(moments: Moments, { latest, facts }: LastHeap): boolean {
  const { suspects } = findGrowth(moments, latest, facts);
  return suspects.some(({ evidence }) => evidence === 'leak' || evidence === 'growth');
}

async function keepTree(
  moments: Moments,
  { saveTree: output, onTree, redactor }: LeaksRequest,
): Promise<void> {
  if (output === null && onTree === undefined) return;
  const packed = gzipSync(JSON.stringify(saveTree(moments, (text) => redactor.places(text))));
  onTree?.(packed);
  if (output !== null) await writeOutput(output, packed, FILES_ONLY);
}

function drawSuspects(
  { draw, spelling, redactor: { mode: redact, longest } }: LeaksRequest,
  suspects: readonly Suspect[],
  { heap, facts }: { readonly heap: LoadedHeap; readonly facts: HeapFacts },
): ReadonlyMap<number, GraphAnswer> {
  const drawings = new Map<number, GraphAnswer>();
  for (const [index, { holder, items }] of suspects.entries()) {
    const rank = index + 1;
    if (draw === null || (draw !== 'all' && draw !== rank)) continue;
    const idOf = (node: (typeof items)[number]) => facts.graph.idOf(node);
    const { subgraph, notes } = heap.ask({
      command: 'backrefs',
      targets: items.slice(0, MOST_DRAWN).map((node) => {
        return { kind: 'id', text: `@${idOf(node)}`, id: idOf(node) };
      }),
      choice: { nth: null, largest: false, all: false, redact },
      walk: { ...walkDefaults('backrefs'), redact, longest, spelling },
      cut: [],
      spelling,
      together: true,
    });
    drawings.set(rank, { subgraph: highlighting(subgraph, `@${idOf(holder)}`), notes });
  }
  return drawings;
}

/** Highlights the holder in blue if it is drawn: tables of the runtime are not. */
function highlighting(subgraph: Subgraph, holder: string): Subgraph {
  const nodes = subgraph.nodes.map((node) => {
    const isHolder = node.id === holder || node.members?.includes(holder);
    return isHolder ? { ...node, highlighted: true as const } : node;
  });
  return { ...subgraph, nodes };
}
