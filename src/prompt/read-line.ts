import { usage } from '../errors.js';
import { parseSource } from '../lines/probe/parse-source.js';
import { optionsOf } from '../question/command-options.js';
import type { CommandName } from '../question/commands.js';
import { formatsOf } from '../question/format-names.js';
import { toFlagName } from '../util/sentence.js';
import { atHome, findOption, type TypedOption, takeValue } from './typed-option.js';

/** The parts of the text after a command's name: an expression or a number, a file, options. */
export interface PromptLine {
  readonly words: string;
  readonly options: readonly TypedOption[];
}

const OPTION = /^--([a-z][a-z-]*)(?:=|\s+|$)/;
const WITH_LAST = /^(.+?)\s+("[^"]+"|'[^']+'|\S+)$/s;
const OPENING = '([{';
const CLOSING = ')]}';

/**
 * Reads a line; options may be before or after the expression.
 *
 * @throws ShowBackrefError USAGE for options that the command does not have.
 */
export function readLine(command: CommandName, text: string): PromptLine {
  const options: TypedOption[] = [];
  let rest = text.trim();
  const words: string[] = [];
  while (rest !== '') {
    const match = OPTION.exec(rest);
    if (match !== null) {
      const found = optionOf(command, match[1] ?? '');
      const taken = takeValue(found, rest.slice(match[0].length));
      options.push(taken.typed);
      rest = taken.rest;
      continue;
    }
    const end = endOfWords(rest);
    words.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trimStart();
  }
  return { words: words.join(' '), options };
}

/**
 * Splits `x /tmp/x.png`: a file is recognised by the extension of a format, or because it looks
 * like a path.
 */
export function splitFile(words: string): { expression: string; file: string | null } {
  const [, before, last = ''] = WITH_LAST.exec(words) ?? [];
  const file = last.replace(/^(["'])(.*)\1$/, '$2');
  const isFile = endsAsFormat(file) || /^(?:~|\.{0,2})\/\S*\.\w+$/.test(file);
  if (before === undefined || !isFile) return { expression: words, file: null };
  if (!isExpression(before) && isExpression(words)) return { expression: words, file: null };
  return { expression: before, file: atHome(file) };
}

/** Finds an option. @throws ShowBackrefError USAGE for an option that the command does not have. */
function optionOf(command: CommandName, flag: string) {
  const found = findOption(command, flag);
  if (found !== null) return found;
  const flags = optionsOf(command, 'prompt').map(({ name }) => `--${toFlagName(name)}`);
  throw usage(`--${flag} is not an option of .${command}; use one of ${flags.join(', ')}`);
}

/** The position of the first option that is neither in quotes nor in brackets. */
function endOfWords(text: string): number {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '\\') at += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (/["'`]/.test(character)) quote = character;
    else if (OPENING.includes(character)) depth += 1;
    else if (CLOSING.includes(character)) depth -= 1;
    else if (depth === 0 && /^\s--[a-z]/.test(text.slice(at, at + 4))) return at;
  }
  return text.length;
}

function isExpression(text: string): boolean {
  return parseSource(`(${text}\n)`, 'script') !== null;
}

function endsAsFormat(file: string): boolean {
  const lower = file.toLowerCase();
  return formatsOf('backrefs').some(({ extension }) => lower.endsWith(extension));
}
