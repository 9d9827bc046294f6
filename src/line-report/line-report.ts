import type { LineProfile } from '../profile/line-profile.js';
import type { LineReport, LineReportOptions } from './line-table.js';
import { toTimeTables } from './time-tables.js';

export function toLineReport(profile: LineProfile, options: LineReportOptions): LineReport {
  return {
    title: `Timer unit: ${options.unit} s`,
    tables: toTimeTables(profile, options),
    notes: profile.notes,
    profile,
  };
}
