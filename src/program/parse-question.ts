import { parseCut } from '../collect/parse-cut.js';
import { parsePattern } from '../collect/walk/patterns.js';
import type { GraphQuestion } from './questions.js';

/** The options of a walk, whose patterns are texts while they go from thread to thread. */
export function parseQuestion({
  walk,
  patterns,
  cut,
}: Pick<GraphQuestion, 'walk' | 'patterns' | 'cut'>) {
  return {
    ...walk,
    hide: patterns.hide.map(parsePattern),
    stop: patterns.stop.map(parsePattern),
    highlight: patterns.highlight.map(parsePattern),
    cut: cut.map(parseCut),
  };
}
