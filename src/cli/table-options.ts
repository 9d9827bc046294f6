import { REDACT_MODES, Redactor } from '../redact/redactor.js';
import { type TableFormat, tableFormats } from '../report/tables/table-formats.js';
import { EVERY_TYPE, type TypeSelection } from '../stats/select-types.js';
import type { RawArguments } from './build-yargs.js';
import { type Limit, parseLimit } from './fail-on.js';
import { countOf, oneOf, single, textFilterOf, usage } from './option-values.js';
import { formatNamed, type Output, placesOf } from './output-options.js';

/** Rows of a table that is looked at; another program wants them all. */
const ROWS_SHOWN = 20;

/** What a command with a list of classes was asked to show. */
export interface ListOptions {
  readonly selection: TypeSelection;
  readonly limits: readonly Limit[];
}

/**
 * @param isRead whether somebody looks at the list: nobody reads a thousand rows.
 * @throws ShowBackrefError USAGE naming the option and its value.
 */
export function listOptionsOf(raw: RawArguments, isRead: boolean): ListOptions {
  const filter = single('--filter', raw.filter);
  const limit = single('--limit', raw.limit);
  if (filter === '') throw usage('--filter is empty; give a part of a name');
  return {
    selection: {
      ...EVERY_TYPE,
      filter: filter === undefined ? null : textFilterOf(filter),
      all: raw.all === true,
      limit:
        limit === 'all' ? null : (countOf('--limit', limit, 1) ?? (isRead ? ROWS_SHOWN : null)),
    },
    limits: (raw['fail-on'] ?? []).map(parseLimit),
  };
}

/** What every text of a heap has to pass. */
export function redactorOf(raw: RawArguments): Redactor {
  return new Redactor(oneOf('--redact', single('--redact', raw.redact), REDACT_MODES, 'secrets'));
}

/** Where a table goes: to standard output unless told otherwise. */
export function tableOutputsOf(raw: RawArguments): readonly Output<TableFormat>[] {
  const outputs = placesOf(raw, tableFormats);
  if (outputs.length > 0) return outputs;
  return [{ path: '-', format: formatNamed('txt', tableFormats) }];
}

/** Whether one of the outputs is for people. */
export function isForReaders(outputs: readonly Output<{ readonly name: string }>[]): boolean {
  return outputs.some(({ format }) => format.name !== 'json');
}
