import type { OptionTable } from '../cli/build-yargs.js';
import {
  chainOptions,
  classOptions,
  outputOptions,
  refsOptions,
  tableOutputOptions,
  typesOptions,
  walkOptions,
} from '../cli/options.js';
import { ShowBackrefError } from '../errors.js';
import { parseRegExp } from '../util/parse-reg-exp.js';

export type PromptCommand = 'types' | 'growth' | 'backrefs' | 'refs' | 'chain';

/** What the table of the command line says of an option. */
interface OptionKind {
  readonly boolean?: boolean | undefined;
}

/** Options of the command line that say nothing at a prompt. */
const NOT_HERE = ['max-memory', 'template', 'fail-on', 'strings'] as const;
/** Those whose value is a number where a program gives it. */
const NUMBERS: readonly string[] = ['depth', 'fan-in', 'max-nodes', 'paths', 'limit'];

const ALL: Readonly<Record<PromptCommand, () => OptionTable>> = {
  types: () => ({ ...classOptions(), ...typesOptions(), ...tableOutputOptions('') }),
  growth: () => ({ ...classOptions(), ...tableOutputOptions('') }),
  backrefs: () => ({ ...walkOptions(), ...outputOptions() }),
  refs: () => ({ ...refsOptions(), ...outputOptions() }),
  chain: () => ({ ...chainOptions(), ...outputOptions() }),
};

/** The options of a command, which are those of the command line. */
export function optionsOf(command: PromptCommand): Readonly<Record<string, OptionKind>> {
  const options = Object.entries(ALL[command]());
  const here = options.filter(([name]) => !NOT_HERE.some((other) => other === name));
  const { 'source-maps': sourceMaps, ...kinds } = Object.fromEntries<OptionKind>(here);
  // maps of a program that runs are followed wherever they lie: there is no folder to name
  return { ...kinds, ...(sourceMaps && { 'source-maps': { boolean: true } }) };
}

/** An option that was typed; the value is null for one that needs none. */
export interface TypedOption {
  readonly name: string;
  readonly value: string | null;
}

/**
 * As the calls of the library take them: `fanIn: 3`.
 *
 * @throws ShowBackrefError USAGE.
 */
export function toCallOptions(options: readonly TypedOption[]): Readonly<Record<string, unknown>> {
  const given: Record<string, unknown> = {};
  for (const { name, value } of options) {
    const key = name.replace(/^no-/, '').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    if (value === null) given[key] = !name.startsWith('no-');
    else if (NUMBERS.includes(name)) given[key] = toNumber(value);
    else if (name === 'filter') given[key] = parseRegExp(value) ?? value;
    else given[key] = key in given ? [given[key], value].flat() : value;
  }
  return given;
}

/** What is no number stays as it is, for the call to say so. */
function toNumber(value: string): number | string {
  if (value === 'all') return Number.POSITIVE_INFINITY;
  return /^\d+$/.test(value) ? Number(value) : value;
}

/** As the command line takes them. */
export function toArguments(options: readonly TypedOption[]): readonly string[] {
  return options.map(({ name, value }) => (value === null ? `--${name}` : `--${name}=${value}`));
}

/** What an option of a command is; the name may begin with `no-`. */
export function kindOf(command: PromptCommand, name: string): OptionKind {
  const options = optionsOf(command);
  const kind = options[name] ?? options[name.replace(/^no-/, '')];
  if (kind !== undefined && (name in options || kind.boolean === true)) return kind;
  const names = Object.keys(options).map((other) => `--${other}`);
  throw new ShowBackrefError(
    'USAGE',
    `--${name} is no option of .${command}; use one of ${names.join(', ')}`,
  );
}
