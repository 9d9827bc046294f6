import { ShowBackrefError } from '../errors.js';
import { DEFAULT_UNIT } from '../lines/report/line-table.js';

/** `-f FUNC [-f FUNC] [-m MODULE] [-T FILE] [-u UNIT] [-z] STATEMENT`, read. */
export interface LprunWords {
  readonly functions: readonly string[];
  readonly modules: readonly string[];
  readonly files: readonly string[];
  readonly unit: number;
  readonly stripZeros: boolean;
  readonly live: boolean;
  readonly statement: string;
}

const OPTION = /^\s*(-[fmTu]|--live|-z)(?=\s|$)\s*/;
/** A value ends at a blank, unless it is in quotes. */
const VALUE = /^(?:"([^"]*)"|'([^']*)'|(\S+))/;

/** @throws ShowBackrefError USAGE. */
export function parseLprun(text: string, command: string): LprunWords {
  const given: Record<string, string[]> = { '-f': [], '-m': [], '-T': [], '-u': [] };
  const flags = new Set<string>();
  let rest = text;
  for (let match = OPTION.exec(rest); match !== null; match = OPTION.exec(rest)) {
    const [whole, option = ''] = match;
    rest = rest.slice(whole.length);
    const values = given[option];
    if (values === undefined) flags.add(option);
    else rest = takeValue(rest, option, values);
  }
  const unit = Number(given['-u']?.at(-1) ?? DEFAULT_UNIT);
  if (!(unit > 0)) throw usage(`-u "${given['-u']?.at(-1)}" is no number of seconds, such as 1e-3`);
  const [functions = [], modules = [], files = []] = [given['-f'], given['-m'], given['-T']];
  const statement = rest.trim();
  if (functions.length + modules.length === 0 || statement === '') {
    throw usage(
      `use .${command} -f FUNC STATEMENT, for example .${command} -f primes primes(1000)`,
    );
  }
  const stripZeros = flags.has('-z');
  return { functions, modules, files, unit, stripZeros, live: flags.has('--live'), statement };
}

function takeValue(text: string, option: string, values: string[]): string {
  const match = VALUE.exec(text);
  if (match === null) throw usage(`${option} is given no value`);
  values.push(match[1] ?? match[2] ?? match[3] ?? '');
  return text.slice(match[0].length);
}

function usage(message: string): ShowBackrefError {
  return new ShowBackrefError('USAGE', message);
}
