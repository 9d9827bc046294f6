import type { SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import { formatBytes } from '../../util/format-bytes.js';
import { formatCount } from '../../util/format-count.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import { EVIDENCE_MEANING, EVIDENCE_WORDS, EXCUSE_WORDS } from '../../words/leak-words.js';
import { number, type Table, type TableReport, text } from './table.js';

/** A suspect as tables and other programs see it. */
export interface LeakRow {
  readonly evidence: keyof typeof EVIDENCE_WORDS;
  readonly holder: {
    /** `@5`. */
    readonly id: string;
    /** `Map @5`. */
    readonly label: string;
    /** The nearest place in a file on the way to it, `app.js:3:7`; null where none is known. */
    readonly location: string | null;
    /** What holds it, and how; null where nothing is known of that. */
    readonly heldBy: { readonly edge: SubgraphEdge; readonly node: SubgraphNode } | null;
    /** The whole way in words. */
    readonly sentence: string;
  };
  readonly items: {
    readonly class: string;
    readonly location: string | null;
    /** Some of the newest, `@7`. */
    readonly ids: readonly string[];
  };
  /** Each item holds the next one. */
  readonly isChain: boolean;
  readonly counts: readonly number[];
  readonly bytes: number;
  readonly exclusiveBytes: number;
  readonly bytesPerRound: number | null;
  readonly fingerprint: string;
  readonly known: {
    readonly id: string;
    readonly cause: string;
    readonly fix: string;
    readonly links: readonly string[];
  } | null;
  readonly path: readonly string[];
}

/** Something that grew and is not to blame. */
export interface AlsoGrewRow {
  /** `Array @5, property children of Module @7`. */
  readonly what: string;
  readonly counts: readonly number[];
  readonly why: keyof typeof EXCUSE_WORDS;
}

/** What there is to say of leaks. */
export interface LeaksFound {
  /** What messages call the moments. */
  readonly moments: readonly string[];
  readonly rows: readonly LeakRow[];
  readonly alsoGrew: readonly AlsoGrewRow[];
  /** A target for each of the newest items of the first suspect, and the file to look at. */
  readonly next: Sentence | null;
}

/** Suspects of which sentences are written. */
const MOST_SENTENCES = 3;
/** Things that also grew of which each reason names so many. */
const MOST_NAMED = 3;

export function toLeaksReport(found: LeaksFound): TableReport {
  const document = {
    schema: 'showbackref/leaks@1',
    moments: found.moments,
    suspects: found.rows.map(toRecord),
    alsoGrew: found.alsoGrew.map(({ what, counts, why }) => {
      return { what, counts, why: EXCUSE_WORDS[why] };
    }),
  };
  return { document, tables: [toTable(found)] };
}

function toRecord({ holder, ...row }: LeakRow, at: number) {
  const { id, label, location, sentence } = holder;
  return {
    rank: at + 1,
    evidence: row.evidence,
    holder: { id, label, location },
    sentence,
    items: row.items,
    chain: row.isChain,
    counts: row.counts,
    bytes: row.bytes,
    exclusiveBytes: row.exclusiveBytes,
    bytesPerRound: row.bytesPerRound,
    fingerprint: row.fingerprint,
    known: row.known,
    path: row.path,
  };
}

function toTable({ moments, rows, alsoGrew, next }: LeaksFound): Table {
  const notes = [
    ...(rows.length === 0 ? [nothingFound(moments.length)] : []),
    ...rows.slice(0, MOST_SENTENCES).flatMap(sentencesOn),
    ...alsoWords(alsoGrew),
    ...(next === null ? [] : [next]),
  ];
  return {
    title: `Leak suspects in ${momentWords(moments)}`,
    columns: [
      ...[number('#'), text('holder'), text('held as'), text('by'), text('evidence')],
      ...[number('count'), number('holds'), number('per round'), text('newest')],
    ],
    rows: rows.map(cellsOf),
    notes,
  };
}

function cellsOf({ holder, ...row }: LeakRow, at: number): readonly string[] {
  const { label, heldBy, location } = holder;
  const by = heldBy === null ? '' : heldBy.node.label;
  return [
    String(at + 1),
    row.isChain ? `chain from ${label}` : label,
    heldBy?.edge.label ?? '',
    location === null || by.includes(location) ? by : `${by} (${withoutColumn(location)})`,
    EVIDENCE_WORDS[row.evidence],
    row.counts.map(formatCount).join(' → '),
    formatBytes(row.bytes),
    row.bytesPerRound === null ? '' : `+${formatBytes(row.bytesPerRound)}`,
    newestWords(row.items),
  ];
}

function newestWords({ class: name, location }: LeakRow['items']): string {
  return location === null ? name : `${name} (${withoutColumn(location)})`;
}

function withoutColumn(location: string): string {
  return location.replace(/(:\d+):\d+$/, '$1');
}

function sentencesOn(row: LeakRow): readonly Sentence[] {
  const { holder, evidence, known } = row;
  const said = [`${holder.sentence} ${growthWords(row)} ${EVIDENCE_MEANING[evidence]}`.trim()];
  if (known !== null) {
    said.push(`Known as ${known.id}: ${known.cause} ${known.fix} ${known.links.join(' ')}`);
  }
  return said;
}

function growthWords({ counts, items, isChain, evidence }: LeakRow): string {
  const last = formatCount(counts.at(-1) ?? 0);
  const what = isChain ? 'links, each holding the next, with' : 'objects, of late';
  if (evidence === 'size' || evidence === 'proof' || counts.length < 2) {
    return `It holds ${last} ${isChain ? `links, each holding the next, with ${items.class}` : items.class}.`;
  }
  const first = formatCount(counts[0] ?? 0);
  return `From ${first} to ${last} ${what} ${items.class}.`;
}

function nothingFound(moments: number): Sentence {
  if (moments === 1) return 'Nothing holds enough to be a suspect.';
  if (moments === 2) return 'No suspect: nothing grew from the first moment to the second.';
  return `No suspect: nothing grew at each of ${moments} moments.`;
}

function momentWords(moments: readonly string[]): string {
  const [first = '', ...rest] = moments;
  const last = rest.at(-1);
  if (last === undefined) return first;
  return rest.length === 1
    ? `${first} and ${last}`
    : `${moments.length} moments, ${first} to ${last}`;
}

function alsoWords(alsoGrew: readonly AlsoGrewRow[]): readonly Sentence[] {
  const byReason = new Map<AlsoGrewRow['why'], AlsoGrewRow[]>();
  for (const row of alsoGrew) byReason.set(row.why, [...(byReason.get(row.why) ?? []), row]);
  return [...byReason].map(([why, rows]) => {
    const named = rows.slice(0, MOST_NAMED).map(({ what, counts }) => {
      return `${what} (${counts.map(formatCount).join(' → ')})`;
    });
    const more = rows.length > MOST_NAMED ? ` and ${rows.length - MOST_NAMED} more` : '';
    return `Also grew: ${named.join('; ')}${more}: ${EXCUSE_WORDS[why]}.`;
  });
}

/** What to type to look at the newest items of a suspect. */
export function nextCommand(source: string, ids: readonly string[]): Sentence {
  const targets = ids.slice(0, MOST_NAMED).map((id) => option('target', id));
  const [first, second, third] = targets;
  if (first === undefined) return '';
  const rest = [second, third].filter((target) => target !== undefined);
  const others = rest.map((target) => say` ${target}`);
  return say`Next: showbackref ${source} ${first}${others[0] ?? ''}${others[1] ?? ''} ${option('out', 'leak.png')}`;
}
