import { REDACT_MODES, Redactor } from '../redact/redactor.js';
import { parseInspectorAddress } from '../source/inspector/inspector-address.js';
import { displayFile } from '../util/display-file.js';
import type { RawArguments } from './build-yargs.js';
import { outputOptions, sourceOptions, targetOptions, walkOptions } from './options.js';

/** Where heap and answers lie on this machine, and how an answer looks. */
const NOT_TOLD = new Set([
  'keep',
  'node-arg',
  'out',
  'format',
  'title',
  'theme',
  'template',
  'legend',
  'width',
  'font',
]);

/**
 * The command that asks the same question, for a report that goes to others: without folders and
 * addresses of this machine, without the script's arguments, with secrets masked.
 */
export function describeCommand(raw: RawArguments, command: string): string {
  const tables = { ...targetOptions(), ...sourceOptions(), ...walkOptions(), ...outputOptions() };
  const names = Object.keys(tables).filter((name) => !NOT_TOLD.has(name));
  const values = raw as unknown as Readonly<Record<string, unknown>>;
  const words = [
    'showbackref',
    ...(command === 'backrefs' ? [] : [command]),
    ...raw.sources.map(describeSource),
    ...names.flatMap((name) => describeOption(name, values[name])),
    ...(raw['--'] === undefined ? [] : ['--', '…']),
  ];
  const mode = REDACT_MODES.find((name) => name === raw.redact) ?? 'secrets';
  const redactor = new Redactor(mode);
  return words.map((word) => quoteWord(redactor.places(word))).join(' ');
}

function describeOption(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => describeOption(name, one));
  if (value === undefined || value === null) return [];
  // a folder of this machine
  if (name === 'source-maps' && value !== false) return [];
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
