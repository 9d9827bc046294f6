import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ShowBackrefError, usage } from '../errors.js';
import { optionsOf } from '../question/command-options.js';
import type { CommandName } from '../question/commands.js';
import { COMMANDS, PLANNED_COMMANDS } from '../question/commands.js';
import { nearestNames } from '../question/nearest-names.js';
import type { Option } from '../question/option.js';
import { toFlagName } from '../util/sentence.js';

/** A word that may be a mistyped command, and not a file, script or address. */
const COMMAND_LIKE = /^[a-z]{3,12}$/;
const HOST_LIKE = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})$/;

/**
 * Refuses options that the command does not have, and suggests those with the most similar
 * spelling.
 *
 * @throws ShowBackrefError USAGE.
 */
export function checkFlags(argv: readonly string[]): void {
  const command = commandIn(argv);
  const options = optionsOf(command, 'shell');
  const unknown = unknownFlags(argv, options);
  if (unknown.length === 0) return;
  const known = options.map(({ name }) => toFlagName(name));
  const said = unknown.map((flag) => {
    const typed = flag.length === 1 ? `-${flag}` : `--${flag}`;
    const [near] = flag.length === 1 ? [] : nearestNames(flag, [...known, 'help', 'version'], 1);
    const advice = near === undefined ? '' : `; did you mean --${near}?`;
    return `${typed} is not an option of ${command}${advice}`;
  });
  throw usage(`${said.join('; ')}; see showbackref ${command} --help`);
}

/**
 * Refuses a source that was probably meant as a command.
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
 * Refuses a number or host that is not a file, and shows how to name a process or an inspector.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND.
 */
export function checkFileName(source: string, path: string): void {
  const isNumber = /^\d+$/.test(source);
  if ((!isNumber && !HOST_LIKE.test(source)) || existsSync(path)) return;
  const meant = isNumber ? `pid:${source}` : `${source}:9229`;
  throw new ShowBackrefError(
    'SOURCE_NOT_FOUND',
    `"${source}" is not a file; did you mean ${meant}?`,
  );
}

/** The command that the line begins with, else the default command. */
function commandIn(argv: readonly string[]): CommandName {
  const first = argv.find((word) => !word.startsWith('-'));
  const names = COMMANDS.map(({ name }) => name);
  return names.find((name) => name === first) ?? (names[0] as CommandName);
}

/** The typed options that the command does not have. */
function unknownFlags(argv: readonly string[], options: readonly Option[]): readonly string[] {
  const end = argv.indexOf('--');
  const known = options.flatMap(({ name, letter = '' }) => {
    return [toFlagName(name), name, letter];
  });
  return (end < 0 ? argv : argv.slice(0, end)).flatMap((word) => {
    // "-ofile.png" is the option -o
    const [, long, letter = ''] = /^(?:--([A-Za-z][\w-]*)|-([A-Za-z]))/.exec(word) ?? [];
    const flag = long ?? letter;
    const isKnown = known.includes(flag) || known.includes(flag.replace(/^no-/, ''));
    return flag === '' || isKnown ? [] : [flag];
  });
}
