import { homedir } from 'node:os';
import { join } from 'node:path';
import { ShowBackrefError } from '../errors.js';
import { parseSource } from '../lines/probe/parse-source.js';
import { outputFormats } from '../report/formats.js';
import { kindOf, type PromptCommand, type TypedOption } from './prompt-options.js';

/** What stands behind the name of a command: an expression or a number, a file, options. */
export interface PromptLine {
  readonly words: string;
  readonly options: readonly TypedOption[];
}

const OPTION = /^--([a-z][a-z-]*)(?:=|\s+|$)/;
/** A value ends at a blank, unless it is in quotes. */
const VALUE = /^(?:"([^"]*)"|'([^']*)'|(\S+))\s*/;
const WITH_LAST = /^(.+?)\s+("[^"]+"|'[^']+'|\S+)$/s;
const OPENING = '([{';
const CLOSING = ')]}';

/**
 * Options may stand before the expression or behind it.
 *
 * @throws ShowBackrefError USAGE for options the command does not have.
 */
export function readLine(command: PromptCommand, text: string): PromptLine {
  const options: TypedOption[] = [];
  let rest = text.trim();
  const words: string[] = [];
  while (rest !== '') {
    const match = OPTION.exec(rest);
    if (match !== null) {
      rest = takeOption(command, match, rest, options);
      continue;
    }
    const end = endOfWords(rest);
    words.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trimStart();
  }
  return { words: words.join(' '), options };
}

/** `x /tmp/x.png`: the file is known by the ending of a format, or because it looks like a path. */
export function splitFile(words: string): { expression: string; file: string | null } {
  const [, before, last = ''] = WITH_LAST.exec(words) ?? [];
  const file = last.replace(/^(["'])(.*)\1$/, '$2');
  const isFile = endsAsFormat(file) || /^(?:~|\.{0,2})\/\S*\.\w+$/.test(file);
  if (before === undefined || !isFile) return { expression: words, file: null };
  if (!isExpression(before) && isExpression(words)) return { expression: words, file: null };
  return { expression: before, file: atHome(file) };
}

/** @returns what stands behind the option. */
function takeOption(
  command: PromptCommand,
  [whole, name = '']: RegExpExecArray,
  rest: string,
  options: TypedOption[],
): string {
  const kind = kindOf(command, name);
  const behind = rest.slice(whole.length);
  if (kind.boolean === true) {
    options.push({ name, value: null });
    return behind;
  }
  const match = VALUE.exec(behind);
  if (match === null) throw new ShowBackrefError('USAGE', `--${name} is given no value`);
  const value = match[1] ?? match[2] ?? match[3] ?? '';
  options.push({ name, value: name === 'out' ? atHome(value) : value });
  return behind.slice(match[0].length);
}

/** No shell is there to know `~`. */
function atHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

/** Up to the first option that is neither in quotes nor in brackets. */
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
  return outputFormats.some(({ extension }) => lower.endsWith(extension));
}
