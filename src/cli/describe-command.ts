import { parseInspectorAddress } from '../source/inspector-address.js';
import { displayFile } from '../util/display-file.js';
import type { RawArguments } from './build-yargs.js';

/** Options that change where an answer goes or how it looks, or that say where files are. */
const NOT_TOLD = new Set(
  ['_', '--', '$0', 'out', 'format', 'keep', 'template', 'font', 'title', 'theme', 'legend'].concat(
    ['quiet', 'debug', 'node-arg', 'help', 'version'],
  ),
);

/**
 * The command that asks the same question, for a report that goes to others: without folders and
 * addresses of this machine and without the script's arguments.
 */
export function describeCommand(raw: RawArguments): string {
  const words = raw._.map((word) => describeSource(String(word)));
  const options = Object.entries(raw).flatMap(([name, value]) => {
    // yargs repeats each option in camel case and under its letter
    const isRepeated = name.length === 1 || /[A-Z]/.test(name);
    return isRepeated || NOT_TOLD.has(name) ? [] : describeOption(name, value);
  });
  const script = raw['--'] === undefined ? [] : ['--', '…'];
  return ['showbackref', ...words, ...options, ...script].map(quoteWord).join(' ');
}

function describeOption(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => describeOption(name, one));
  if (value === undefined || value === null) return [];
  if (value === true) return [`--${name}`];
  if (value === false) return [`--no-${name}`];
  return [`--${name}`, name === 'when' ? displayFile(String(value)) : String(value)];
}

/** A file by its name, what runs by its kind. */
function describeSource(source: string): string {
  if (source.startsWith('pid:')) return 'pid:N';
  return parseInspectorAddress(source) === null ? displayFile(source) : 'HOST:PORT';
}

/** As a shell needs it. */
function quoteWord(word: string): string {
  return /^[\w@%+=:,./…-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
