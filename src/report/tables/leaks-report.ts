import { formatBytes } from '../../util/format-bytes.js';
import { formatCount } from '../../util/format-count.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import {
  type CallInWords,
  callsSentence,
  EVIDENCE_MEANING,
  EXCUSE_WORDS,
  PROOF_WORDS,
} from '../../words/leak-words.js';
import { shellWord } from '../next/shell-word.js';
import { idsDiffer } from './ids-differ.js';
import { number, type Table, type TableReport, text } from './table.js';

/** A suspect as tables and other programs see it. */
export interface LeakRow {
  readonly evidence: keyof typeof EVIDENCE_MEANING;
  readonly holder: {
    /** `@5`. */
    readonly id: string;
    /** `reverseRegister (Map of strings) · app.js:3`. */
    readonly label: string;
    /** The nearest place in a file on the path to it, `app.js:3:7`; null if none is known. */
    readonly location: string | null;
  };
  /** The whole path in words. */
  readonly sentence: string;
  /** A description of its growth. */
  readonly growth: string;
  readonly items: {
    readonly class: string;
    readonly location: string | null;
    /** Ids of some of the newest items, `@7`. */
    readonly ids: readonly string[];
  };
  /** Of timers: the functions that the newest ones call, and how many call each. */
  readonly calls: readonly CallInWords[];
  /** Other objects that hold the same items. */
  readonly alsoHeldBy: readonly { readonly id: string; readonly label: string }[];
  /** The sign that the items have ended; null without one. */
  readonly proof: keyof typeof PROOF_WORDS | null;
  /** Each item holds the next one. */
  readonly isChain: boolean;
  readonly unit: 'objects' | 'bytes';
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

/** Something that grew but is not to blame. */
export interface AlsoGrewRow {
  readonly what: string;
  readonly counts: readonly number[];
  readonly why: keyof typeof EXCUSE_WORDS;
}

/** All results about leaks. */
export interface LeaksFound {
  /** The names of the moments in messages. */
  readonly moments: readonly string[];
  readonly rows: readonly LeakRow[];
  readonly alsoGrew: readonly AlsoGrewRow[];
  /** True if an object has the same id at all moments. */
  readonly hasLastingIds: boolean;
  /** The commands to type next. */
  readonly next: readonly Sentence[];
}

/** The number of suspects that get a sentence. */
const MOST_SENTENCES = 3;
/** The number of things named for each reason why growth is not a leak. */
const MOST_NAMED = 3;

/** A suspect in JSON, for other programs. */
export interface LeakRecord
  extends Pick<LeakRow, 'evidence' | 'holder' | 'items' | 'counts' | 'bytes' | 'bytesPerRound'>,
    Pick<LeakRow, 'fingerprint' | 'known' | 'path' | 'sentence' | 'alsoHeldBy'>,
    Pick<LeakRow, 'exclusiveBytes' | 'proof' | 'calls' | 'unit'> {
  /** Starts at 1. */
  readonly rank: number;
  /** Each item holds the next one. */
  readonly chain: boolean;
}

/** The answer in JSON, for other programs. */
export interface LeaksDocument {
  readonly schema: 'showbackref/leaks@1';
  readonly moments: readonly string[];
  readonly suspects: readonly LeakRecord[];
  /** Other things that grew, and why they are not to blame. */
  readonly alsoGrew: readonly {
    readonly what: string;
    readonly counts: readonly number[];
    readonly why: string;
  }[];
}

export function toLeaksDocument({ moments, rows, alsoGrew }: LeaksFound): LeaksDocument {
  return {
    schema: 'showbackref/leaks@1',
    moments,
    suspects: rows.map(toRecord),
    alsoGrew: alsoGrew.map(({ what, counts, why }) => ({ what, counts, why: EXCUSE_WORDS[why] })),
  };
}

export function toLeaksReport(found: LeaksFound): TableReport {
  return { document: { ...toLeaksDocument(found) }, tables: [toTable(found)] };
}

function toRecord({ evidence, isChain, ...row }: LeakRow, at: number): LeakRecord {
  const { holder, items, counts, bytes, bytesPerRound, fingerprint, known, path } = row;
  return {
    ...{ rank: at + 1, evidence, holder, items, counts, bytes, bytesPerRound, fingerprint, known },
    ...{ path, sentence: row.sentence, chain: isChain, alsoHeldBy: row.alsoHeldBy },
    ...{ exclusiveBytes: row.exclusiveBytes, proof: row.proof },
    ...{ calls: row.calls, unit: row.unit },
  };
}

function toTable(found: LeaksFound): Table {
  const { moments, rows, alsoGrew, hasLastingIds, next } = found;
  const notes = [
    ...(rows.length === 0 ? [nothingFound(moments.length)] : []),
    ...rows.slice(0, MOST_SENTENCES).flatMap(sentencesOn),
    ...alsoWords(alsoGrew, moments.length === 1 ? 'Also large' : 'Also grew'),
    ...(hasLastingIds || moments.length === 1 ? [] : [idsDiffer('Compared without ids')]),
    ...next,
  ];
  const hasRounds = rows.some(({ bytesPerRound }) => bytesPerRound !== null);
  return {
    title: `Leak suspects in ${momentWords(moments)}`,
    columns: [
      ...[number('#'), text('evidence'), number('count'), number('holds')],
      ...(hasRounds ? [number('per round')] : []),
      { ...text('holder'), wraps: true },
    ],
    rows: rows.map((row, at) => [
      String(at + 1),
      row.evidence,
      row.counts.map(row.unit === 'bytes' ? formatBytes : formatCount).join(' → '),
      formatBytes(row.bytes),
      ...(hasRounds ? [roundWords(row)] : []),
      row.holder.label,
    ]),
    notes,
  };
}

function roundWords({ bytesPerRound }: LeakRow): string {
  return bytesPerRound === null ? '' : `+${formatBytes(bytesPerRound)}`;
}

/** The sentences about a suspect. */
export function sentencesOn(row: LeakRow): readonly string[] {
  const { sentence, growth, alsoHeldBy, evidence, known, proof } = row;
  const others = alsoHeldBy.map(({ label }) => label).join(', ');
  const also = others === '' ? '' : ` The same items are also held by ${others}.`;
  const ended = proof === null ? '' : ` ${PROOF_WORDS[proof]}.`;
  const isSaid = evidence === 'proof' && proof === 'unused-capture';
  const comesTo = isSaid ? '' : ` ${EVIDENCE_MEANING[evidence]}`;
  const called = row.calls.length === 0 ? '' : ` ${callsSentence(row.calls)}`;
  const said = [`${sentence} ${growth}${called}${also}${ended}${comesTo}`.trim()];
  if (known !== null) {
    said.push(`Known leak ${known.id}: ${known.cause} ${known.fix} ${known.links.join(' ')}`);
  }
  return said;
}

export function nothingFound(moments: number): string {
  if (moments === 1) return 'No suspect: nothing holds enough, and nothing that has ended is held.';
  if (moments === 2) return 'No suspect: nothing grew from the first moment to the second.';
  return `No suspect: nothing grew at each of ${moments} moments.`;
}

/** `3 moments, a.heapsnapshot to c.heapsnapshot`. */
export function momentWords(moments: readonly string[]): string {
  const [first = '', ...rest] = moments;
  const last = rest.at(-1);
  if (last === undefined) return first;
  if (rest.length === 1) return `${first} and ${last}`;
  return `${moments.length} moments, ${first} to ${last}`;
}

function alsoWords(alsoGrew: readonly AlsoGrewRow[], also: string): readonly Sentence[] {
  const byReason = new Map<AlsoGrewRow['why'], AlsoGrewRow[]>();
  for (const row of alsoGrew) byReason.set(row.why, [...(byReason.get(row.why) ?? []), row]);
  return [...byReason].map(([why, rows]) => {
    const named = rows.slice(0, MOST_NAMED).map(({ what, counts }) => {
      return `${what} (${counts.map(formatCount).join(' → ')})`;
    });
    const more = rows.length > MOST_NAMED ? ` and ${rows.length - MOST_NAMED} more` : '';
    return `${also}: ${named.join('; ')}${more}: ${EXCUSE_WORDS[why]}.`;
  });
}

/** The command that shows whether it grows. */
export function compareCommand(source: string): Sentence {
  return `To find out whether it grows, take two more of the same process and compare: showbackref leaks ${shellWord(source)} 2.heapsnapshot 3.heapsnapshot`;
}

/** The command that shows the newest items of a suspect. */
export function nextCommand(source: string, ids: readonly string[]): Sentence {
  const targets = ids.slice(0, MOST_NAMED).map((id) => say`${option('target', id)} `);
  const [first = '', second = '', third = ''] = targets;
  return say`Next: showbackref ${shellWord(source)} ${first}${second}${third}${option('out', 'leak.png')}`;
}

/** The options that show who holds the newest items in a program that is still running. */
export function nextLook(items: string): Sentence {
  return say`Next: the same with ${option('out', 'leak.png')} draws who holds the newest ${items}.`;
}
