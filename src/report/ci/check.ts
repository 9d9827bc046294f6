import type { Subgraph } from '../../collect/picture/subgraph.js';
import type { Table } from '../tables/table.js';

/** The kind of a finding: the evidence of a suspect, or that a class is above a limit. */
export type CheckRule = 'proof' | 'leak' | 'growth' | 'size' | 'limit';

/**
 * The outcome of a finding: `fails` ends the command with exit code 3; `accepted` is lived with
 * for a reason; `noted` is said and does not fail; `passes` is a limit that is kept.
 */
export type Verdict = 'fails' | 'accepted' | 'noted' | 'passes';

/** Where to look in the sources. */
export interface SourceSpot {
  /** Below the root of the repository, with slashes; else a name without folders of this machine. */
  readonly file: string;
  /** Null where only the file is known. */
  readonly line: number | null;
  readonly column: number | null;
}

/** One suspect or limit. Text is raw: each format escapes it for its readers. */
export interface Finding {
  readonly rule: CheckRule;
  readonly verdict: Verdict;
  /** The holder, or the limit. */
  readonly title: string;
  readonly sentences: readonly string[];
  /** Why it is accepted; null for other verdicts. */
  readonly reason: string | null;
  readonly spot: SourceSpot | null;
  /** The same for the same finding in another build. */
  readonly fingerprint: string;
  /** Numbers for other programs. */
  readonly facts: Readonly<Record<string, number | string | readonly number[]>>;
  /** Who holds what grew; null where nothing is drawn. */
  readonly picture: Subgraph | null;
}

/** The findings of a command, for a service that runs tests. */
export interface Check {
  readonly command: 'leaks' | 'types' | 'growth';
  /** The heaps that were looked at: `3 moments, a.heapsnapshot to c.heapsnapshot`. */
  readonly subject: string;
  /** The file or address of the last heap, without folders. */
  readonly source: string;
  readonly findings: readonly Finding[];
  /** The sentence for no findings. */
  readonly nothing: string;
  /** Sentences about the whole: rows of a list to be removed, what was masked. */
  readonly notes: readonly string[];
  /** The answer as a table; empty where the findings say all of it. */
  readonly tables: readonly Table[];
}

/** The sentences of a finding as one paragraph. */
export function paragraphOf({ sentences }: Finding): string {
  return sentences.join(' ');
}
