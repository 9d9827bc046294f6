import { createHash } from 'node:crypto';
import { type ClassLimit, type LimitResult, measureLimit } from '../../question/class-limit.js';
import type { Check, Finding } from '../../report/ci/check.js';
import type { TableReport } from '../../report/tables/table.js';
import type { HolderPlace } from './holder-place.js';
import type { LimitedClass, LimitPictures } from './limit-pictures.js';
import { type Repository, toSourceSpot } from './source-spot.js';

const LENGTH = 12;

/** The answer on which limits were checked. */
export interface LimitsAnswer {
  readonly command: 'types' | 'growth';
  readonly subject: string;
  readonly source: string;
  readonly report: TableReport;
  readonly types: readonly LimitedClass[];
  /** The units of the numbers: `more object`. */
  readonly words: { readonly object: string; readonly bytes: string };
  readonly pictures: LimitPictures;
}

/** The limits of `--fail-on` as services that run tests read them: one finding each. */
export async function toLimitsCheck(
  { command, subject, source, report, types, words, pictures }: LimitsAnswer,
  limits: readonly ClassLimit[],
  repository: Repository,
): Promise<Check> {
  const findings = limits.map(async (limit): Promise<Finding> => {
    const result = measureLimit(limit, types, words);
    const [first] = result.found;
    const place = first === undefined ? null : placeOf(first.location);
    return {
      rule: 'limit',
      verdict: result.isCrossed ? 'fails' : 'passes',
      title: limit.text,
      sentences: [sentenceOn(result, limit)],
      reason: null,
      spot: place === null ? null : await toSourceSpot(place, repository),
      fingerprint: fingerprintOf(command, limit),
      facts: { limit: limit.most, found: result.sum },
      picture: pictures.get(limit.text) ?? null,
    };
  });
  return {
    ...{ command, subject, source },
    findings: await Promise.all(findings),
    nothing: 'No limit was set.',
    notes: [],
    tables: report.tables,
  };
}

function sentenceOn({ amount, isCrossed }: LimitResult, { text }: ClassLimit): string {
  return isCrossed
    ? `The limit ${text} is crossed: found ${amount}.`
    : `The limit ${text} is kept: found ${amount}.`;
}

/** The same for another number. */
function fingerprintOf(command: string, { text }: ClassLimit): string {
  const name = text.slice(0, text.lastIndexOf('>')).trim();
  return createHash('sha256').update(`${command} ${name}`).digest('hex').slice(0, LENGTH);
}

/** `file.js:3:7` of a class. */
function placeOf(location: string | null): HolderPlace | null {
  const [, file = '', line, column] = /^(.*?)(?::(\d+))?(?::(\d+))?$/s.exec(location ?? '') ?? [];
  if (file === '' || /^(?:node|ext|deno|native):/.test(file)) return null;
  return { file, line: numberOf(line), column: numberOf(column), variable: null };
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}
