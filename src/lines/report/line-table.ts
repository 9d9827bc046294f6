import type { LineProfile } from '../run/line-profile.js';

/** The lines of one function before they are written in some format; nothing in them is escaped. */
export interface LineTable {
  /** `Total time: …`, `File: …`, `Function: …`. */
  readonly heading: readonly string[];
  /** Titles of the columns before the line's text. */
  readonly columns: readonly string[];
  readonly rows: readonly LineRow[];
  readonly notes: readonly string[];
}

export interface LineRow {
  readonly cells: readonly string[];
  readonly text: string;
  /** The line's share of the whole, from 0 to 1. */
  readonly heat: number;
}

/** The whole report of one run. */
export interface LineReport {
  readonly title: string;
  readonly tables: readonly LineTable[];
  /** Sentences below all tables. */
  readonly notes: readonly string[];
  readonly profile: LineProfile;
}

export interface LineReportOptions {
  /** The unit of times, in seconds. */
  readonly unit: number;
  /** Leave out functions that were never called, and lines that were never reached. */
  readonly stripZeros: boolean;
}

export const DEFAULT_UNIT = 1e-6;
