/** A known leak that is accepted for a reason. */
export interface AcceptedLeak {
  readonly fingerprint: string;
  /** The holder in words, for readers only: the fingerprint decides. */
  readonly holder: string;
  /** Empty until somebody has written why it is accepted. */
  readonly reason: string;
  /** The day on which it was accepted, `2026-11-30`. */
  readonly since: string;
}

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

/** True if the file of `leaks --accept` is what it should be: a list of rows. */
export function isAcceptList(data: unknown): data is readonly AcceptedLeak[] {
  return Array.isArray(data) && data.every(isAcceptedLeak);
}

function isAcceptedLeak(row: unknown): boolean {
  if (typeof row !== 'object' || row === null) return false;
  const { fingerprint, holder, reason, since } = row as Partial<
    Record<keyof AcceptedLeak, unknown>
  >;
  return [fingerprint, holder, reason, since].every((value) => typeof value === 'string');
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
 * @param today `2026-11-30`.
 */
export function updated(
  { fresh, excused, unexplained }: Judged<LabelledSuspect>,
  today: string,
): readonly AcceptedLeak[] {
  const kept = [...excused, ...unexplained].map(({ by }) => by);
  const added = fresh.map(({ fingerprint, holder }): AcceptedLeak => {
    return { fingerprint, holder: holder.label, reason: '', since: today };
  });
  return [...kept, ...added];
}

interface LabelledSuspect {
  readonly fingerprint: string;
  readonly holder: { readonly label: string };
}
