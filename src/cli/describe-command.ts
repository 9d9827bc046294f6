import { optionsOf } from '../question/command-options.js';
import { Redactor } from '../redact/redactor.js';
import { shellWord } from '../report/next/shell-word.js';
import { parseInspectorAddress } from '../source/inspector/inspector-address.js';
import { displayFile } from '../util/display-file.js';
import { toFlagName } from '../util/sentence.js';
import type { Asked } from './cli-command.js';

/**
 * The command that asks the same question, for a report that is passed on: without folders and
 * addresses of this machine, without the script's arguments, with secrets masked.
 */
export function describeCommand({ command, given, sources, scriptArgs, options }: Asked): string {
  const told = optionsOf(command, 'shell').filter((row) => row.group !== 'Other' && !row.isPrivate);
  const words = [
    'showbackref',
    ...(command === 'backrefs' ? [] : [command]),
    ...sources.map(describeSource),
    ...told.flatMap(({ name }) => describeOption(name, given.get(name) ?? [])),
    ...(scriptArgs === null ? [] : ['--', '…']),
  ];
  const redactor = new Redactor(options.redact);
  return words.map((word) => shellWord(redactor.places(word))).join(' ');
}

function describeOption(name: string, values: readonly unknown[]): string[] {
  const flag = toFlagName(name);
  return values.flatMap((value) => {
    // a folder of this machine
    if (name === 'sourceMaps' && value !== false) return [];
    if (typeof value === 'boolean') return [value ? `--${flag}` : `--no-${flag}`];
    return [`--${flag}`, name === 'when' ? displayFile(String(value)) : String(value)];
  });
}

/** A source for that command: a file by its name, a live one by its kind. */
function describeSource(source: string): string {
  if (source.startsWith('pid:')) return 'pid:N';
  return parseInspectorAddress(source) === null ? displayFile(source) : 'HOST:PORT';
}
