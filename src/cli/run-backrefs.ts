import { basename, resolve } from 'node:path';
import type { Subgraph } from '../collect/subgraph.js';
import { ShowBackrefError } from '../errors.js';
import { showBackrefs } from '../show-backrefs.js';
import { findNewestSnapshot } from '../source/newest-snapshot.js';
import type { SourceRequest } from '../source/open-source.js';
import type { RawArguments } from './build-yargs.js';
import type { Io } from './io.js';
import { type NormalizedOptions, normalizeOptions, type Output } from './normalize-options.js';
import { TerminalProgress } from './progress.js';
import { checkOutputs, writeOutput } from './write-outputs.js';

const SCRIPT = /\.[cm]?[jt]s$/i;

/** The command `backrefs`: who holds the target. */
export async function runBackrefs(raw: RawArguments, io: Io): Promise<void> {
  const options = normalizeOptions(raw);
  const progress = new TerminalProgress(io.stderr, options.quiet);
  await checkOutputs(options.outputs, io);
  try {
    const answer = await showBackrefs({
      source: await sourceRequest(options, io, progress),
      targets: options.targets,
      options: options.options,
      formats: options.outputs.map(({ format }) => format),
      report: options.report,
      signal: io.signal,
      progress,
    });
    for (const note of answer.notes) progress.say(note);
    for (const [index, output] of options.outputs.entries()) {
      progress.clear();
      await writeOutput(output, answer.outputs[index] ?? '', io);
      if (output.path !== '-') progress.say(describeOutput(output, answer.subgraph));
    }
  } finally {
    progress.clear();
  }
}

async function sourceRequest(
  options: NormalizedOptions,
  io: Io,
  progress: TerminalProgress,
): Promise<SourceRequest> {
  const source = options.source ?? (await defaultSource(io, progress));
  if (source === '-') return { kind: 'stdin', stream: io.stdin };
  if (/^(pid:|wss?:|https?:)/.test(source)) {
    throw new ShowBackrefError(
      'USAGE',
      `the source "${source}" is a live process, which this version cannot look at; save a snapshot with v8.writeHeapSnapshot() or name a script`,
    );
  }
  const path = resolve(io.cwd, source);
  if (!SCRIPT.test(source)) return { kind: 'file', path: shownPath(source, path) };
  const look = io.armLook();
  return {
    kind: 'script',
    lookNow: look.signal,
    onPaused: () => look.disarm(),
    file: shownPath(source, path),
    scriptArgs: options.scriptArgs,
    nodeArgs: options.nodeArgs,
    when: options.when,
    // standard output carries the answer only, so the script's output goes beside it
    stdout: io.stderr,
    stderr: io.stderr,
    onEnd: (words) => progress.say(`${source} ${words}`),
  };
}

/** The path as it was typed where that works, so that messages say what the user wrote. */
function shownPath(typed: string, resolved: string): string {
  return resolve(typed) === resolved ? typed : resolved;
}

async function defaultSource(io: Io, progress: TerminalProgress): Promise<string> {
  const newest = await findNewestSnapshot(io.cwd);
  if (newest === null) {
    throw new ShowBackrefError(
      'SOURCE_NOT_FOUND',
      'no source given and no heap snapshot in this folder; name a .heapsnapshot file, - for standard input, or a script such as app.js',
    );
  }
  progress.say(`Looking at ${basename(newest)}`);
  return newest;
}

/** `Image generated as x.png (5 of 7 nodes, 9 references)`. */
function describeOutput({ path, format }: Output, { nodes, edges }: Subgraph): string {
  const drawn = nodes.filter(({ role }) => role !== 'more').length;
  const cut = nodes.reduce((sum, { omitted }) => sum + (omitted?.count ?? 0), 0);
  const references = edges.filter(({ type }) => type !== 'more').length;
  const verb = format.picture === null ? 'Graph written to' : 'Image generated as';
  return `${verb} ${path} (${drawn} of ${drawn + cut} nodes, ${references} references)`;
}
