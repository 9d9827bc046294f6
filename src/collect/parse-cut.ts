import { ShowBackrefError } from '../errors.js';
import { type Pattern, parsePattern } from './walk/patterns.js';

/** The references that `--cut A->B` takes away: from what matches one pattern to what matches the other. */
export interface CutRule {
  /** As the user wrote it. */
  readonly text: string;
  readonly from: Pattern;
  /** Looks at the object that is held and at the reference that holds it. */
  readonly to: Pattern;
}

/**
 * Reads `A->B`: two patterns, or a class as `--target` takes it.
 *
 * @throws ShowBackrefError USAGE where a side is missing or a regular expression is broken.
 */
export function parseCut(text: string): CutRule {
  // the arrow may be part of a regular expression
  const sides = /^(\/(?:[^/\\]|\\.)+\/[a-z]*|[^/][\s\S]*?)->([\s\S]+)$/.exec(text);
  if (sides === null) {
    const message = `--cut "${text}" names no reference; write it as "Holder->Held", for example "Map->Session"`;
    throw new ShowBackrefError('USAGE', message);
  }
  return { text, from: sideOf(sides[1]), to: sideOf(sides[2]) };
}

function sideOf(text = ''): Pattern {
  return parsePattern(text.trim().replace(/^class:/, ''));
}
