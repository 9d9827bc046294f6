import { usage } from '../errors.js';
import { option, say } from '../util/sentence.js';
import { type Pattern, parsePattern } from './pattern.js';

/**
 * The references to remove: those from objects that match one pattern to objects that match the
 * other. Plain data.
 */
export interface CutRule {
  /** As the user wrote it. */
  readonly text: string;
  readonly from: Pattern;
  /** Matches the object that is held or the reference that holds it. */
  readonly to: Pattern;
}

/**
 * Reads `A->B`: two patterns, or a class as a target names it.
 *
 * @throws ShowBackrefError USAGE if a side is missing or a regular expression is broken.
 */
export function parseCut(text: string): CutRule {
  // the arrow may be part of a regular expression
  const sides = /^(\/(?:[^/\\]|\\.)+\/[a-z]*|[^/][\s\S]*?)->([\s\S]+)$/.exec(text);
  if (sides === null) {
    throw usage(
      say`${option('cut')} "${text}" is not a reference; write it as "Holder->Held", for example "Map->Session"`,
    );
  }
  return { text, from: sideOf(sides[1]), to: sideOf(sides[2]) };
}

function sideOf(text = ''): Pattern {
  return parsePattern(text.trim());
}
