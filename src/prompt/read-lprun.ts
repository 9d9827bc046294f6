import { usage } from '../errors.js';
import { optionsOf } from '../question/command-options.js';
import type { OptionValues } from '../question/options.js';
import { findOption, type TypedOption, takeValue, toValues } from './typed-option.js';

/** `-f FUNC [-f FUNC] [-m MODULE] [-T FILE] [-u UNIT] [-z] STATEMENT`, read. */
export interface LprunLine {
  readonly options: OptionValues;
  readonly statement: string;
}

const OPTION = /^\s*(?:-(\w)|--([a-z][a-z-]*))(?=\s|=|$)[\s=]*/;

/**
 * Reads the line; options come before the statement, which may itself begin with something that
 * looks like one.
 *
 * @throws ShowBackrefError USAGE.
 */
export function readLprun(text: string, command: 'lprun' | 'mprun'): LprunLine {
  const typed: TypedOption[] = [];
  let rest = text;
  for (;;) {
    const match = OPTION.exec(rest);
    const found = match === null ? null : optionOf(command, match);
    if (match === null || found === null) break;
    const taken = takeValue(found, rest.slice(match[0].length));
    typed.push(taken.typed);
    rest = taken.rest;
  }
  const options = toValues(command, typed);
  const statement = rest.trim();
  if (options.function.length + options.module.length === 0 || statement === '') {
    throw usage(
      `use .${command} -f FUNC STATEMENT, for example .${command} -f primes primes(1000)`,
    );
  }
  return { options, statement };
}

function optionOf(command: 'lprun' | 'mprun', [, letter, flag]: RegExpExecArray) {
  if (flag !== undefined) return findOption(command, flag);
  const option = optionsOf(command, 'prompt').find((known) => known.letter === letter);
  return option === undefined ? null : { option, isOff: false };
}
