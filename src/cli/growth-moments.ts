import { basename } from 'node:path';
import { toLiveRequest } from '../answer/load-heap.js';
import { usage } from '../errors.js';
import {
  type LiveRequest,
  openMoments,
  openSource,
  type SourceRequest,
} from '../source/open-source.js';
import type { Moment } from '../source/opened-source.js';
import { option, say } from '../util/sentence.js';
import type { Asked, Session } from './cli-command.js';
import { timedPlan } from './interludes.js';
import { sourceRequest } from './source-request.js';

/** The default time between two looks. */
const USUAL_MS = 10_000;

/** The planned moments to compare, not yet looked at. */
export interface PlannedMoments {
  open(): Promise<AsyncIterable<Moment>>;
}

/**
 * Plans the moments: several sources are one moment each; a single live source is looked at several
 * times.
 *
 * @throws ShowBackrefError USAGE for options that do not fit.
 */
export function growthMoments(asked: Asked, session: Session): PlannedMoments {
  const { sources, options } = asked;
  const { every, count } = options;
  if (sources.length > 1 && (every !== null || count !== null)) {
    throw usage(
      say`${option('every')} and ${option('count')} are for a single live source; leave them out`,
    );
  }
  return {
    async open() {
      const toRequest = (source: string | null) => sourceRequest(source, asked, session);
      const work = toLiveRequest(session.work);
      const requests = await inOrder(sources.length === 0 ? [null] : sources, toRequest);
      const [only] = requests;
      if (requests.length > 1 || only === undefined) {
        return oneOfEach(requests, labelsOf(sources), work);
      }
      checkSingle(only, sources[0], every);
      return openMoments(only, timedPlan({ everyMs: every ?? USUAL_MS, count }, session), work);
    },
  };
}

async function inOrder<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

async function* oneOfEach(
  requests: readonly SourceRequest[],
  labels: readonly string[],
  work: LiveRequest,
): AsyncGenerator<Moment> {
  for (const [at, request] of requests.entries()) {
    yield { label: labels[at] ?? '', source: await openSource(request, work) };
  }
}

/** File names without folders, which mean nothing to others, if these are distinct. */
function labelsOf(sources: readonly string[]): readonly string[] {
  const names = sources.map((source) => basename(source));
  return new Set(names).size === names.length ? names : sources;
}

function checkSingle(
  { kind }: SourceRequest,
  name: string | undefined,
  every: number | null,
): void {
  if (kind === 'file' || kind === 'stdin') {
    const first = name === undefined ? 'the first' : `"${name}"`;
    throw usage(`growth compares two or more moments; give a second snapshot after ${first}`);
  }
  if (kind === 'script' && every !== null) {
    throw usage(
      say`${option('every')} is for a program that is already running; a script stops at each "debugger;"`,
    );
  }
}
