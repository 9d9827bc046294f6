import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseTree } from '../answer/leaks/parse-tree.js';
import type { SavedMoment } from '../answer/leaks/search-leaks.js';
import { toLiveRequest } from '../answer/load-heap.js';
import { ShowBackrefError, usage } from '../errors.js';
import type { OptionName } from '../question/options.js';
import type { MomentsPlan, ScriptCall } from '../source/moments-plan.js';
import { openMoments, openSource, type SourceRequest } from '../source/open-source.js';
import type { Moment } from '../source/opened-source.js';
import { option, say } from '../util/sentence.js';
import type { Asked, Session } from './cli-command.js';
import { interludesOf, type Waiting, waitForCommand, waitForTime } from './interludes.js';
import { sourceRequest } from './source-request.js';

/** The extension of files that `--save-tree` writes. */
const TREE = '.tree';
const USUAL_ROUNDS = 5;
const USUAL_MS = 30_000;
const USUAL_CALLS = 50;

/** Options of a source that is looked at several times. */
const LIVE_OPTIONS = ['every', 'rounds', 'between', 'call', 'times'] as const;
/** Those of them for a program that is already running, and those for a script that is started. */
const OF_RUNNING = ['every', 'between'] as const;
const OF_SCRIPT = ['call', 'times'] as const;

/** The moments in which leaks are searched for. */
export interface LeaksMoments {
  readonly moments: AsyncIterable<Moment | SavedMoment>;
  /** True for a program that is still there for another look. */
  readonly isLive: boolean;
}

/**
 * Plans the moments: snapshots, and trees that `--save-tree` wrote, in the order given; or one live
 * source, several times.
 *
 * @throws ShowBackrefError USAGE for options that do not fit.
 */
export async function leaksMoments(asked: Asked, session: Session): Promise<LeaksMoments> {
  const { sources } = asked;
  const [first = null] = sources;
  if (sources.length > 1 || first?.endsWith(TREE)) {
    refuse(LIVE_OPTIONS, asked, 'is for a single live source');
    return { moments: oneOfEach(asked, session), isLive: false };
  }
  checkOptions(asked);
  const request = await sourceRequest(first, asked, session);
  if (request.kind === 'file' || request.kind === 'stdin') {
    refuse(LIVE_OPTIONS, asked, 'is for a live source, such as pid:4711 or app.js');
    const source = () => openSource(request, toLiveRequest(session.work));
    return { moments: onlyMoment(labelOf(first, request), source), isLive: false };
  }
  const plan = request.kind === 'script' ? scriptPlan(asked, session) : runningPlan(asked, session);
  return { moments: openMoments(request, plan, toLiveRequest(session.work)), isLive: true };
}

async function* oneOfEach(asked: Asked, session: Session): AsyncGenerator<Moment | SavedMoment> {
  const { sources } = asked;
  const names = sources.map((source) => basename(source));
  const labels = new Set(names).size === names.length ? names : sources;
  for (const [at, source] of sources.entries()) {
    const label = labels[at] ?? '';
    if (source.endsWith(TREE)) {
      yield { label, tree: await readTree(resolve(session.io.cwd, source), source) };
      continue;
    }
    const request = await sourceRequest(source, asked, session);
    yield { label, source: await openSource(request, toLiveRequest(session.work)) };
  }
}

async function* onlyMoment(
  label: string,
  open: () => Promise<Moment['source']>,
): AsyncGenerator<Moment> {
  yield { label, source: await open() };
}

function labelOf(typed: string | null, request: SourceRequest): string {
  return basename(typed ?? (request.kind === 'file' ? request.path : 'standard input'));
}

function checkOptions(asked: Asked): void {
  const { every, between, call, times } = asked.options;
  if (every !== null && between !== null) {
    throw usage(
      say`${option('every')} and ${option('between')} exclude each other; leave one of them out`,
    );
  }
  if (times !== null && call === null) {
    throw usage(say`${option('times')} is for ${option('call')}; name a function with that`);
  }
}

/** The plan for a program that is already running. */
function runningPlan(asked: Asked, session: Session): MomentsPlan {
  refuse(OF_SCRIPT, asked, 'is for a script, such as app.js');
  const { every, between, rounds } = asked.options;
  const waiting: Waiting =
    between === null ? waitForTime(every ?? USUAL_MS, session) : waitForCommand(between, session);
  const count = rounds ?? USUAL_ROUNDS;
  session.progress.say(`Taking up to ${count} heaps, ${waiting.words}.`);
  return { ...commonPlan(session), ...waiting, count, call: null };
}

/** The plan for a script that is started for it. */
function scriptPlan(asked: Asked, session: Session): MomentsPlan {
  refuse(OF_RUNNING, asked, 'is for a program that is already running');
  const { rounds, call: name, times } = asked.options;
  const call: ScriptCall | null = name === null ? null : { name, times: times ?? USUAL_CALLS };
  return {
    ...commonPlan(session),
    count: rounds ?? (call === null ? null : USUAL_ROUNDS),
    call,
    firstLabel: '',
    // it reaches its moments without waiting
    wait: async () => null,
  };
}

function commonPlan(session: Session) {
  return { isCollected: true, isForetold: true, openInterlude: interludesOf(session) };
}

function refuse(names: readonly OptionName[], { given }: Asked, what: string): void {
  const name = names.find((one) => given.has(one));
  if (name !== undefined) throw usage(say`${option(name)} ${what}; leave it out`);
}

async function readTree(path: string, shown: string): Promise<SavedMoment['tree']> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new ShowBackrefError(
      'SOURCE_NOT_FOUND',
      `cannot read "${shown}": ${cause.code ?? cause.message}; check the path`,
      { cause },
    );
  });
  return parseTree(bytes, shown);
}
