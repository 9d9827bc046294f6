// Made from the table of options by `npm run options`: change the table, not this file.
import type { RedactMode } from '../redact/redactor.js';
import type { Pattern } from './pattern.js';

/** A class, `@id`, name of a reference or file; a regular expression looks within any of them. */
export type PatternText = string | RegExp;

/** The options of the calls that draw, besides their target. */
export interface ShowOptions {
  /** Draw this many steps in full. Default: 3. */
  readonly depth?: number;
  /**
   * Keep this many holders per object; in `showRefs`, this many of the objects that it holds.
   * Default: 10.
   */
  readonly fanIn?: number;
  /**
   * Draw at most this many objects; `showChain` draws all of them where this is not given.
   * Default: 120.
   */
  readonly maxNodes?: number;
  /** Continue each chain to a GC root. Default: true. */
  readonly toRoots?: boolean;
  /** Draw this many independent paths to roots. Default: 1. */
  readonly paths?: number;
  /** Also draw what does not decide whether the target lives. Default: false. */
  readonly everything?: boolean;
  /** Draw many similar objects of one class as one node. Default: true. */
  readonly group?: boolean;
  /** Answer as if the references that match `A->B` were gone; A and B as texts for hide. */
  readonly cut?: string | readonly string[];
  /** Leave out a class, `@id`, reference or file, named as in a picture or table; `/re/` works. */
  readonly hide?: PatternText | readonly PatternText[];
  /** Draw such objects, but do not go past them. */
  readonly stop?: PatternText | readonly PatternText[];
  /** Draw such objects in blue. */
  readonly highlight?: PatternText | readonly PatternText[];
  /** Draw weak references, dashed. Default: false. */
  readonly weak?: boolean;
  /** Draw the engine's own objects unfolded. Default: false. */
  readonly internals?: boolean;
  /** Compute retained sizes. Default: false. */
  readonly retained?: boolean;
  /** Write to these files, in the format of their extension. */
  readonly out?: string | readonly string[];
  /** Set the format if no extension gives it. */
  readonly format?: string;
  /**
   * Mask secrets (what looks like one), all (every string and path) or none. Default: 'secrets'.
   */
  readonly redact?: RedactMode;
  /** Put a title over the picture. */
  readonly title?: string;
  /**
   * Draw light or dark. Without it a picture is light, and a page of html as the system of its
   * reader is set.
   */
  readonly theme?: 'light' | 'dark';
  /** Draw what the bundled font lacks with this .ttf, .otf or .ttc (CJK, Arabic, emoji). */
  readonly font?: string | readonly string[];
  /** Explain the picture at its foot. Default: true. */
  readonly legend?: boolean;
  /**
   * Show positions in the original sources of scripts that have source maps, unless this is false.
   * For an opened heap, maps are only read below the working folder, the folder of the heap, and
   * folders given here.
   */
  readonly sourceMaps?: boolean | string | readonly string[];
  /** Do not warn on standard error when the heap is large. Default: false. */
  readonly quiet?: boolean;
}

/** The options that choose among several matches of a target. */
export interface ChooseOptions {
  /** Take the nth match only, from 1, in order of ids. */
  readonly nth?: number;
  /** Take the match that retains most. Default: false. */
  readonly largest?: boolean;
  /** Take all matches of a plain name. Default: false. */
  readonly all?: boolean;
  /** Take only matches of at least this shallow size in bytes. */
  readonly minSize?: number;
}

/** Which classes a call lists. */
export interface ListOptions {
  /** List this many classes at most; Infinity for all. Default: 10. */
  readonly limit?: number;
  /** List names with this part in any letter case; `/re/` works. */
  readonly filter?: string | RegExp;
  /** List the engine's own classes too. Default: false. */
  readonly all?: boolean;
  /**
   * Mask secrets (what looks like one), all (every string and path) or none. Default: 'secrets'.
   */
  readonly redact?: RedactMode;
  /** Do not warn on standard error when the heap is large. Default: false. */
  readonly quiet?: boolean;
}

/** Which classes, and in which order. */
export interface TypesOptions extends ListOptions {
  /** Order by count, size or retained. Default: 'count'. */
  readonly sort?: 'count' | 'size' | 'retained';
}

/** How a program looks for what leaks in it. */
export interface LeaksOptions {
  /** Look at the heap this often, each time after some more work. Default: 3. */
  readonly rounds?: number;
  /** Do the work this often in each round. Default: 20. */
  readonly times?: number;
  /** Name known leaks, with cause and fix. Default: true. */
  readonly known?: boolean;
  /**
   * Mask secrets (what looks like one), all (every string and path) or none. Default: 'secrets'.
   */
  readonly redact?: RedactMode;
}

/** How far and how wide to walk, and what to leave out. Plain data. */
export interface WalkOptions {
  /** Draw this many steps in full. Default: 3. */
  readonly depth: number;
  /**
   * Keep this many holders per object; in `showRefs`, this many of the objects that it holds.
   * Default: 10.
   */
  readonly fanIn: number;
  /**
   * Draw at most this many objects; `showChain` draws all of them where this is not given.
   * Default: 120.
   */
  readonly maxNodes: number;
  /** Continue each chain to a GC root. Default: true. */
  readonly toRoots: boolean;
  /** Draw this many independent paths to roots. Default: 1. */
  readonly paths: number;
  /** Also draw what does not decide whether the target lives. Default: false. */
  readonly everything: boolean;
  /** Draw many similar objects of one class as one node. Default: true. */
  readonly group: boolean;
  /** Leave out a class, `@id`, reference or file, named as in a picture or table; `/re/` works. */
  readonly hide: readonly Pattern[];
  /** Draw such objects, but do not go past them. */
  readonly stop: readonly Pattern[];
  /** Draw such objects in blue. */
  readonly highlight: readonly Pattern[];
  /** Draw weak references, dashed. Default: false. */
  readonly weak: boolean;
  /** Draw the engine's own objects unfolded. Default: false. */
  readonly internals: boolean;
  /** Compute retained sizes. Default: false. */
  readonly retained: boolean;
  /**
   * Mask secrets (what looks like one), all (every string and path) or none. Default: 'secrets'.
   */
  readonly redact: RedactMode;
}
