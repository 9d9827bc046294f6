import { toFlagName } from '../util/sentence.js';
import type { CommandName } from './commands.js';
import { shellFormatsOf } from './format-names.js';
import { KINDS } from './kinds.js';
import type { Option } from './option.js';

/** `-o, --out FILE`; without a letter, indented as if there were one. */
export function spellOption({ name, kind, letter, value }: Option): string {
  const words = value ?? KINDS[kind].called;
  const flag = `--${toFlagName(name)}`;
  const start = letter === undefined ? '    ' : `-${letter}, `;
  return start + (words === null ? flag : `${flag} ${words}`);
}

/** The help text for an option of a command, including its default. */
export function describeOption(option: Option, command: CommandName): string {
  const formats = shellFormatsOf(command).map(({ name }) => name);
  return option.words.replace('FORMATS', formats.join(' ')) + defaultWords(option);
}

function defaultWords({ name, kind, fallback }: Option): string {
  if (fallback === undefined || fallback === Number.MAX_SAFE_INTEGER) return '';
  if (kind === 'switch') return ` (default: on; off with --no-${toFlagName(name)})`;
  return ` (default: ${fallback === 1e-6 ? '1e-6' : fallback})`;
}
