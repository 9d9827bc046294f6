import type { Evidence } from '../../leaks/suspect.js';
import type { Check, Finding } from '../../report/ci/check.js';
import { momentWords, nothingFound, sentencesOn } from '../../report/tables/leaks-report.js';
import type { LocatedRow } from '../leaks/leak-rows.js';
import type { LeaksAnswer } from '../leaks/search-leaks.js';
import type { AcceptedLeak, Judged } from './accept-list.js';
import { type Repository, toSourceSpot } from './source-spot.js';

/** By what suspects are judged, and the repository whose files they are in. */
export interface LeaksJudgement {
  /** Evidence that fails; null for all of it but `size`. */
  readonly limits: readonly string[] | null;
  /** The suspects as an accept list sorts them; null without a list. */
  readonly judged: Judged<LocatedRow> | null;
  readonly repository: Repository;
}

/** Evidence that fails if no limit is given. */
const USUAL_LIMITS: readonly Evidence[] = ['proof', 'leak', 'growth'];

/** The answer of `leaks` as services that run tests read it. */
export async function toLeaksCheck(
  { rows, drawings, document, notes }: LeaksAnswer,
  judgement: LeaksJudgement,
): Promise<Check> {
  const { repository, judged } = judgement;
  const { moments } = document;
  const findings = await Promise.all(
    rows.map(async (row, at): Promise<Finding> => {
      const { source, evidence, holder, counts, bytes, bytesPerRound, fingerprint } = row;
      const by = [...(judged?.excused ?? []), ...(judged?.unexplained ?? [])];
      const accepted = by.find(({ suspect }) => suspect === row)?.by ?? null;
      return {
        rule: evidence,
        ...verdictOn(row, accepted, judgement),
        title: holder.label,
        sentences: sentencesOn(row),
        spot: source === null ? null : await toSourceSpot(source, repository),
        fingerprint,
        facts: { counts, bytes, ...(bytesPerRound !== null && { bytesPerRound }) },
        picture: drawings.get(at + 1)?.subgraph ?? null,
      };
    }),
  );
  return {
    command: 'leaks',
    subject: momentWords(moments),
    source: moments.at(-1) ?? '',
    findings,
    nothing: nothingFound(moments.length),
    notes: [...(judged?.gone ?? []).map(goneWords), ...notes],
    tables: [],
  };
}

function verdictOn(
  { evidence, proof }: LocatedRow,
  accepted: AcceptedLeak | null,
  { limits }: LeaksJudgement,
): Pick<Finding, 'verdict' | 'reason'> {
  const { reason = '' } = accepted ?? {};
  if (reason.trim() !== '') return { verdict: 'accepted', reason };
  const wanted: readonly string[] = limits ?? USUAL_LIMITS;
  const shown = proof === null ? [evidence] : [evidence, 'proof'];
  // a row that nobody has given a reason for fails, whatever it is about
  const fails = accepted !== null || shown.some((kind) => wanted.includes(kind));
  return { verdict: fails ? 'fails' : 'noted', reason: null };
}

/** The sentence about a row whose leak was not found. */
function goneWords({ holder }: AcceptedLeak): string {
  return `No longer a suspect: ${holder}. Remove this row from the accept list.`;
}
