import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ShowBackrefError, usage } from '../errors.js';
import { optionsOf } from '../question/command-options.js';
import { COMMANDS, PLANNED_COMMANDS } from '../question/commands.js';
import { nearestNames } from '../question/nearest-names.js';
import type { CommandName } from '../question/option.js';
import { toFlagName } from '../util/sentence.js';

/** What may be a command that was mistyped, and no file, script or address. */
const COMMAND_LIKE = /^[a-z]{3,12}$/;
const HOST_LIKE = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})$/;

/** Says which options a command does not have, with those that are spelled most like them. */
export function unknownOptions(flags: readonly string[], command: CommandName): ShowBackrefError {
  const known = optionsOf(command, 'shell').map(({ name }) => toFlagName(name));
  const said = flags.map((flag) => {
    const typed = flag.length === 1 ? `-${flag}` : `--${flag}`;
    const [near] = flag.length === 1 ? [] : nearestNames(flag, [...known, 'help', 'version'], 1);
    const advice = near === undefined ? '' : `; did you mean --${near}?`;
    return `${typed} is not an option of ${command}${advice}`;
  });
  return usage(`${said.join('; ')}; see showbackref ${command} --help`);
}

/**
 * Refuses what was meant as a command and is taken for a source.
 *
 * @throws ShowBackrefError USAGE.
 */
export function checkCommand(sources: readonly string[], cwd: string): void {
  const [first = ''] = sources;
  const isOther = HOST_LIKE.test(first) || PLANNED_COMMANDS.has(first);
  if (!COMMAND_LIKE.test(first) || isOther || existsSync(resolve(cwd, first))) return;
  const names = COMMANDS.map(({ name }) => name);
  const [near] = nearestNames(first, names, 1);
  if (near === undefined) return;
  throw usage(`"${first}" is neither a command nor a file here; did you mean ${near}?`);
}

/**
 * Refuses a number or host that is not a file, with how a process or an inspector is named.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND.
 */
export function checkFileName(source: string, path: string): void {
  const isNumber = /^\d+$/.test(source);
  if ((!isNumber && !HOST_LIKE.test(source)) || existsSync(path)) return;
  const meant = isNumber ? `pid:${source}` : `${source}:9229`;
  throw new ShowBackrefError(
    'SOURCE_NOT_FOUND',
    `there is no file "${source}"; did you mean ${meant}?`,
  );
}
