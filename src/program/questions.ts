import type { Subgraph } from '../collect/picture/subgraph.js';
import type { CollectOptions } from '../collect/walk/collect-options.js';
import type { ReportOptions } from '../report/formats.js';
import type { LocatedAnswer } from '../source-maps/follow-source-maps.js';
import type { Growth } from '../stats/growth.js';
import type { TypeStats } from '../stats/type-stats.js';
import type { PatternOption } from './options.js';

/** What a call wants to know of its program; plain data, because it goes to a worker. */
export type Question = (GraphQuestion | TypesQuestion | CountsQuestion | GrowthQuestion) & {
  /** Asked at a prompt, whose own objects are no part of the answer (`PromptObjects`). */
  readonly isPrompt?: boolean;
};

/** The answers by the kind of question, plain data too. */
export interface Answers {
  readonly graph: LocatedAnswer;
  readonly types: readonly TypeStats[];
  readonly counts: Readonly<Record<string, number>>;
  readonly growth: GrowthAnswer;
}

/** Who holds objects of the program, what they hold, or the ways that lead to them. */
export interface GraphQuestion {
  readonly kind: 'graph';
  readonly command: Subgraph['command'];
  readonly walk: Partial<Omit<CollectOptions, PatternOption>>;
  /** Patterns as `--hide` takes them. */
  readonly patterns: Readonly<Record<PatternOption, readonly string[]>>;
  /** References as `--cut` takes them. */
  readonly cut: readonly string[];
  readonly report: ReportOptions;
  /** Folders where source maps are looked for besides; false for nowhere. */
  readonly sourceMaps: false | readonly string[];
  readonly outputs: readonly OutputFile[];
  /**
   * How many objects there are in the first target if that is a list, else 0; the targets behind it
   * are the first of them.
   */
  readonly listLength: number;
}

/** A file to write. */
export interface OutputFile {
  /** Absolute. */
  readonly file: string;
  /** As the caller wrote it. */
  readonly path: string;
  /** Name of a format. */
  readonly format: string;
}

/** All classes. */
export interface TypesQuestion {
  readonly kind: 'types';
}

/** How many objects there are by the name of their class: much less work. */
export interface CountsQuestion {
  readonly kind: 'counts';
}

/** The classes of which there are more objects than ever before. */
export interface GrowthQuestion {
  readonly kind: 'growth';
  /** `peaks` of the answer before this one; null for the first. */
  readonly peaks: Uint8Array | null;
}

export interface GrowthAnswer {
  readonly growth: Growth;
  /** What has to be remembered: bytes only, which are one object in the heap they speak of. */
  readonly peaks: Uint8Array;
}
