import { toTypesReport } from '../report/tables/types-report.js';
import { redactClasses } from '../stats/redact-classes.js';
import type { TypeStats } from '../stats/type-stats.js';
import {
  type ListOptions,
  namesToPrint,
  type PrintOptions,
  readListOptions,
  readTableOutputs,
} from './table-options.js';
import { show, usage } from './usage.js';
import { writeTables } from './write-tables.js';

export interface TypesOptions extends ListOptions {
  /** What there is most of comes first. Default: `count`. */
  readonly sort?: 'count' | 'size' | 'retained';
}

export interface ShowTypesOptions extends TypesOptions, PrintOptions {}

const MEASURES: Readonly<Record<string, (type: TypeStats) => number>> = {
  count: ({ count }) => count,
  size: ({ shallowSize }) => shallowSize,
  retained: ({ retainedSize }) => retainedSize,
};

/** Lists classes: what was asked for, as data or as a table. */
export interface TypesRequest {
  readonly pick: (types: readonly TypeStats[]) => readonly TypeStats[];
  readonly print: (types: readonly TypeStats[]) => Promise<readonly TypeStats[]>;
}

/** @throws ShowBackrefError USAGE. */
export function readTypesOptions(
  options: TypesOptions & PrintOptions,
  { prints }: { readonly prints: boolean },
): TypesRequest {
  const names = prints ? namesToPrint(['sort']) : ['sort'];
  const { redactor, select } = readListOptions(options, names);
  const measure = MEASURES[options.sort ?? 'count'];
  if (measure === undefined) {
    throw usage(
      `sort ${show(options.sort)} is unknown; use one of ${Object.keys(MEASURES).join(', ')}`,
    );
  }
  const outputs = prints ? readTableOutputs(options) : [];
  const list = (types: readonly TypeStats[]) => redactClasses(select(types, measure), redactor);
  return {
    pick: (types) => list(types).types,
    async print(types) {
      const selected = list(types);
      await writeTables(toTypesReport(selected), redactor, options, outputs);
      return selected.types;
    },
  };
}
