import { extname } from 'node:path';
import { parseFunctionPattern } from '../lines/probe/function-pattern.js';
import { findLineFormat, type LineFormat, lineFormats } from '../lines/report/line-formats.js';
import { DEFAULT_UNIT } from '../lines/report/line-table.js';
import { REDACT_MODES, type RedactMode } from '../redact/redactor.js';
import type { RawArguments } from './build-yargs.js';
import { oneOf, single, usage } from './option-values.js';

/** What `lprun` and `mprun` were asked for. */
export interface ProfileOptions {
  readonly script: string;
  readonly scriptArgs: readonly string[];
  readonly nodeArgs: readonly string[];
  readonly functions: readonly string[];
  readonly modules: readonly string[];
  readonly outputs: readonly { readonly path: string; readonly format: LineFormat }[];
  readonly unit: number;
  readonly stripZeros: boolean;
  readonly redact: RedactMode;
  readonly quiet: boolean;
}

/** @throws ShowBackrefError USAGE naming the option and its value. */
export function profileOptionsOf(raw: RawArguments, command: string): ProfileOptions {
  const { function: functions = [], module: modules = [] } = raw;
  if (functions.length + modules.length === 0) {
    throw usage(`no function given; name one, for example ${command} app.js -f primes`);
  }
  functions.forEach(parseFunctionPattern);
  if (modules.includes('')) throw usage('-m is empty; give a part of a path');
  return {
    script: scriptOf(raw.sources, command),
    scriptArgs: raw['--']?.map(String) ?? [],
    nodeArgs: raw['node-arg'] ?? [],
    functions,
    modules,
    outputs: outputsOf(raw),
    unit: unitOf(single('--unit', raw.unit)),
    stripZeros: raw['strip-zeros'] === true,
    redact: oneOf('--redact', single('--redact', raw.redact), REDACT_MODES, 'secrets'),
    quiet: raw.quiet === true,
  };
}

function scriptOf([script, second]: readonly string[], command: string): string {
  if (script === undefined) throw usage(`no script given; name one, for example ${command} app.js`);
  if (second === undefined) return script;
  throw usage(`"${second}" is one script too many; put the script's own arguments behind --`);
}

function outputsOf(raw: RawArguments): ProfileOptions['outputs'] {
  const name = single('--format', raw.format);
  const given = name === undefined ? null : formatNamed(name);
  const files = (raw.out ?? []).map((path) => ({ path, format: formatOfPath(path, given) }));
  const text = single('--text', raw.text);
  const table = text === undefined ? [] : [{ path: text, format: formatNamed('txt') }];
  const outputs = [...files, ...table];
  return outputs.length > 0 ? outputs : [{ path: '-', format: given ?? formatNamed('txt') }];
}

function formatOfPath(path: string, given: LineFormat | null): LineFormat {
  if (path === '') throw usage('--out is empty; name a file or - for standard output');
  if (path === '-') return given ?? formatNamed('txt');
  const extension = extname(path);
  const found = findLineFormat(extension) ?? given;
  if (found !== null) return found;
  const what =
    extension === '' ? `"${path}" has no extension` : `"${extension}" is no format of ours`;
  throw usage(`--out: ${what}; use one of ${formatNames()}, or give --format`);
}

function formatNamed(name: string): LineFormat {
  const format = lineFormats.find((known) => known.name === name);
  if (format === undefined) {
    throw usage(`--format "${name}" is unknown; use one of ${formatNames()}`);
  }
  return format;
}

function formatNames(): string {
  return lineFormats.map(({ name }) => name).join(', ');
}

function unitOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_UNIT;
  const unit = Number(text);
  if (unit > 0 && unit <= 3600) return unit;
  throw usage(`--unit "${text}" is no number of seconds, such as 1e-3`);
}
