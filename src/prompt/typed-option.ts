import { homedir } from 'node:os';
import { join } from 'node:path';
import { usage } from '../errors.js';
import { optionsOf } from '../question/command-options.js';
import type { CommandName } from '../question/commands.js';
import type { Option } from '../question/option.js';
import type { OptionValues } from '../question/options.js';
import { readTyped } from '../question/read-options.js';
import { toFlagName } from '../util/sentence.js';

/** An option that was typed, by its name in the table of options. */
export interface TypedOption {
  readonly name: string;
  /** False for `--no-group`. */
  readonly value: string | boolean;
}

/** A value ends at a blank, unless it is in quotes. */
const VALUE = /^(?:"([^"]*)"|'([^']*)'|(\S+))\s*/;

/** The values of typed options, and the defaults of the others. @throws ShowBackrefError USAGE. */
export function toValues(command: CommandName, typed: readonly TypedOption[]): OptionValues {
  const given = new Map<string, (string | boolean)[]>();
  for (const { name, value } of typed) given.set(name, [...(given.get(name) ?? []), value]);
  return readTyped(optionsOf(command, 'prompt'), given);
}

/** The same options as arguments of the command line. */
export function toArguments(typed: readonly TypedOption[]): readonly string[] {
  return typed.map(({ name, value }) => {
    const flag = toFlagName(name);
    if (typeof value === 'boolean') return value ? `--${flag}` : `--no-${flag}`;
    return `--${flag}=${value}`;
  });
}

/**
 * The option that a flag without its dashes names, and whether the flag turns it off; null if there
 * is none.
 */
export function findOption(
  command: CommandName,
  flag: string,
): { readonly option: Option; readonly isOff: boolean } | null {
  const options = optionsOf(command, 'prompt');
  const named = options.find(({ name }) => toFlagName(name) === flag);
  if (named !== undefined) return { option: named, isOff: false };
  const off = options.find((row) => isSwitch(row) && `no-${toFlagName(row.name)}` === flag);
  return off === undefined ? null : { option: off, isOff: true };
}

/**
 * Reads the text after the flag of an option.
 *
 * @returns the option, and the rest of the text.
 * @throws ShowBackrefError USAGE if a value is missing.
 */
export function takeValue(
  { option, isOff }: NonNullable<ReturnType<typeof findOption>>,
  text: string,
): { readonly typed: TypedOption; readonly rest: string } {
  const { name, kind } = option;
  if (isSwitch(option)) return { typed: { name, value: !isOff }, rest: text };
  const match = VALUE.exec(text);
  if (match === null) throw usage(`--${toFlagName(name)} needs a value`);
  const value = match[1] ?? match[2] ?? match[3] ?? '';
  const isFile = kind === 'file';
  return {
    typed: { name, value: isFile ? atHome(value) : value },
    rest: text.slice(match[0].length),
  };
}

/**
 * True for an option without a value. For a running program that includes `sourceMaps`: maps are
 * followed anywhere, so there is no folder to name.
 */
function isSwitch({ kind }: Option): boolean {
  return kind === 'switch' || kind === 'folder';
}

/** Replaces `~`, as no shell does it here. */
export function atHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}
