import { ClassNames } from '../../engine/classes/class-names.js';
import { isPlainObject, OwnProperties } from '../../engine/classes/own-properties.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { Pattern } from '../../question/pattern.js';
import { matchesPattern, type PatternSubject } from './match-pattern.js';
import type { End } from './neighbour.js';
import { type NamedReference, subjectOf } from './subject-of.js';

/** Matches ends of references with patterns, and remembers which patterns ever matched. */
export class PatternMatcher {
  readonly #view: HeapView;
  readonly #classNames: ClassNames;
  readonly #properties = new Map<Pattern, OwnProperties>();
  readonly #used = new Set<Pattern>();

  constructor(view: HeapView) {
    this.#view = view;
    this.#classNames = new ClassNames(view.graph);
  }

  /** Matches one pattern. `references` are those by which the end is drawn. */
  matches(pattern: Pattern, end: End, references: readonly NamedReference[]): boolean {
    return this.#matches(pattern, end, this.#subjectOf(end, references));
  }

  /** Tests all patterns, so that none counts as unmatched because another one matched first. */
  matchesAny(
    patterns: readonly Pattern[],
    end: End,
    references: readonly NamedReference[],
  ): boolean {
    if (patterns.length === 0) return false;
    const subject = this.#subjectOf(end, references);
    return patterns.filter((pattern) => this.#matches(pattern, end, subject)).length > 0;
  }

  /** The patterns that have matched nothing. */
  unused(patterns: readonly Pattern[]): readonly Pattern[] {
    return patterns.filter((pattern) => !this.#used.has(pattern));
  }

  #matches(pattern: Pattern, end: End, subject: PatternSubject): boolean {
    const isMatch =
      matchesPattern(pattern, subject) || ('node' in end && this.#hasProperties(pattern, end.node));
    if (isMatch) this.#used.add(pattern);
    return isMatch;
  }

  #subjectOf(end: End, references: readonly NamedReference[]): PatternSubject {
    const subject = subjectOf(this.#view, end, references);
    return 'node' in end ? { ...subject, className: this.#classNames.nameOf(end.node) } : subject;
  }

  #hasProperties(pattern: Pattern, node: NodeOrdinal): boolean {
    const { properties: query } = pattern;
    if (query === null) return false;
    const { graph } = this.#view;
    const known = this.#properties.get(pattern) ?? new OwnProperties(graph, query.names);
    this.#properties.set(pattern, known);
    return (!query.isPlain || isPlainObject(graph, node)) && known.areIn(node);
  }
}
