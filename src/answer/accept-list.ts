/** A known leak that is accepted for a reason. */
export interface AcceptedLeak {
  readonly fingerprint: string;
  /** The holder in words, for readers only: the fingerprint decides. */
  readonly holder: string;
  /** Empty until somebody has written why it is accepted. */
  readonly reason: string;
  /** When it was accepted, `2026-11-30`. */
  readonly date: string;
}

/** The file that `leaks --accept` reads. */
export interface AcceptList {
  readonly schema: typeof ACCEPT_SCHEMA;
  readonly accepted: readonly AcceptedLeak[];
}

const ACCEPT_SCHEMA = 'showbackref/accept@1';

/** The suspects of one answer, sorted by what an accept list says about them. */
export interface Judged<Suspect> {
  /** Suspects that are not on the list. */
  readonly fresh: readonly Suspect[];
  /** Suspects on the list, with the reason for it. */
  readonly excused: readonly { readonly suspect: Suspect; readonly by: AcceptedLeak }[];
  /** Suspects on the list for which nobody has written the reason. */
  readonly unexplained: readonly { readonly suspect: Suspect; readonly by: AcceptedLeak }[];
  /** Rows of the list whose leak was not found this time. */
  readonly gone: readonly AcceptedLeak[];
}

export function isAcceptList(data: unknown): data is AcceptList {
  if (typeof data !== 'object' || data === null) return false;
  const { schema, accepted } = data as Partial<Record<keyof AcceptList, unknown>>;
  return schema === ACCEPT_SCHEMA && Array.isArray(accepted) && accepted.every(isAcceptedLeak);
}

function isAcceptedLeak(row: unknown): boolean {
  if (typeof row !== 'object' || row === null) return false;
  const { fingerprint, holder, reason, date } = row as Partial<Record<keyof AcceptedLeak, unknown>>;
  return [fingerprint, holder, reason, date].every((value) => typeof value === 'string');
}

export function judge<Suspect extends { readonly fingerprint: string }>(
  suspects: readonly Suspect[],
  accepted: readonly AcceptedLeak[],
): Judged<Suspect> {
  const rows = new Map(accepted.map((row) => [row.fingerprint, row]));
  const listed = suspects.flatMap((suspect) => {
    const by = rows.get(suspect.fingerprint);
    return by === undefined ? [] : [{ suspect, by }];
  });
  const there = new Set(suspects.map(({ fingerprint }) => fingerprint));
  return {
    fresh: suspects.filter(({ fingerprint }) => !rows.has(fingerprint)),
    excused: listed.filter(({ by }) => by.reason.trim() !== ''),
    unexplained: listed.filter(({ by }) => by.reason.trim() === ''),
    gone: accepted.filter(({ fingerprint }) => !there.has(fingerprint)),
  };
}

/**
 * The list as it should be after an answer: without rows of suspects that are gone, and with a row
 * for each new suspect, its reason empty.
 *
 * @param date today's, `2026-11-30`.
 */
export function updated(
  { fresh, excused, unexplained }: Judged<LabelledSuspect>,
  date: string,
): AcceptList {
  const kept = [...excused, ...unexplained].map(({ by }) => by);
  const added = fresh.map(({ fingerprint, holder }): AcceptedLeak => {
    return { fingerprint, holder: holder.label, reason: '', date };
  });
  return { schema: ACCEPT_SCHEMA, accepted: [...kept, ...added] };
}

interface LabelledSuspect {
  readonly fingerprint: string;
  readonly holder: { readonly label: string };
}
