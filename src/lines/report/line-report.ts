import type { LineProfile } from '../run/line-profile.js';
import type { LineReport, LineReportOptions } from './line-table.js';
import { toMemoryTables } from './memory-tables.js';
import { toTimeTables } from './time-tables.js';

export function toLineReport(profile: LineProfile, options: LineReportOptions): LineReport {
  const isTime = profile.measure === 'time';
  return {
    title: isTime ? `Timer unit: ${options.unit} s` : 'Memory of the heap',
    tables: isTime ? toTimeTables(profile, options) : toMemoryTables(profile, options),
    notes: profile.notes,
    profile,
  };
}
