import type { Choice } from '../source/inspector/live-choice.js';
import type { ScriptMoment } from '../source/inspector/stop-program.js';
import type { RawArguments } from './build-yargs.js';
import { single, textFilterOf, usage } from './option-values.js';
import { parseMoment } from './parse-moment.js';
import { PLANNED_COMMANDS } from './planned-commands.js';

/** Where to take the heap from, and when. */
export interface SourceOptions {
  /** As typed; null when there is none. */
  readonly source: string | null;
  readonly scriptArgs: readonly string[];
  readonly nodeArgs: readonly string[];
  readonly when: ScriptMoment;
  /** Which tab of a browser, which worker of a live program; null for the one there is, for none. */
  readonly page: Choice | null;
  readonly worker: Choice | null;
  /** Where to save the heap of a live source besides; null for nowhere. */
  readonly keep: string | null;
}

/**
 * The one source of a command, and what belongs to it.
 *
 * @throws ShowBackrefError USAGE naming the option and its value.
 */
export function sourceOptionsOf(raw: RawArguments): SourceOptions {
  return { source: onlySource(raw.sources), ...liveOptionsOf(raw) };
}

/** How to look at each of several sources. */
export function liveOptionsOf(raw: RawArguments): Omit<SourceOptions, 'source'> {
  return {
    scriptArgs: raw['--']?.map(String) ?? [],
    nodeArgs: raw['node-arg'] ?? [],
    when: parseMoment(single('--when', raw.when) ?? 'debugger'),
    page: choiceOf('--page', raw.page),
    worker: choiceOf('--worker', raw.worker),
    keep: single('--keep', raw.keep) ?? null,
  };
}

function onlySource([source, second]: readonly string[]): string | null {
  if (source !== undefined && PLANNED_COMMANDS.has(source)) {
    throw usage(`the command "${source}" is not in this version; see --help for those that are`);
  }
  if (second !== undefined) {
    throw usage(
      `more than one source: "${source}" and "${second}"; arguments of a script go after --`,
    );
  }
  return source ?? null;
}

function choiceOf(option: string, value: string | readonly string[] | undefined): Choice | null {
  const text = single(option, value);
  if (text === undefined) return null;
  if (text === '') throw usage(`${option} is empty; give a part of a title or URL`);
  return { text, matches: textFilterOf(text) };
}
