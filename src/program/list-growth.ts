import { toGrowthReport } from '../report/tables/growth-report.js';
import type { Growth, TypeGrowth } from '../stats/growth.js';
import { redactClasses } from '../stats/redact-classes.js';
import {
  type ListOptions,
  namesToPrint,
  type PrintOptions,
  readListOptions,
  readTableOutputs,
} from './table-options.js';
import { writeTables } from './write-tables.js';

/** Lists what has grown: as data or as a table. */
export interface GrowthRequest {
  readonly pick: (growth: Growth) => readonly TypeGrowth[];
  readonly print: (growth: Growth) => Promise<readonly TypeGrowth[]>;
}

/**
 * @param moments what to call the two moments, in a table.
 * @throws ShowBackrefError USAGE.
 */
export function readGrowthOptions(
  options: ListOptions & PrintOptions,
  moments: { readonly from: string; readonly to: string } | null,
  names: readonly string[] = [],
): GrowthRequest {
  const { redactor, select } = readListOptions(
    options,
    moments === null ? names : namesToPrint(names),
  );
  const outputs = moments === null ? [] : readTableOutputs(options);
  const list = ({ types }: Growth) => redactClasses(select(types, null), redactor);
  return {
    pick: (growth) => list(growth).types,
    async print(growth) {
      const selected = list(growth);
      const { from, to } = moments ?? { from: '', to: '' };
      const report = toGrowthReport({ from, to, byId: growth.byId, selected }, []);
      await writeTables(report, redactor, options, outputs);
      return selected.types;
    },
  };
}
