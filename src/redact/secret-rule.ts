/** One way to recognise a secret in a text. */
export interface SecretRule {
  /** The name in the mask: `<jwt 1>`. */
  readonly name: string;
  /**
   * Global. The group `secret` is masked, or all of the match if there is no such group. Reads a
   * text in linear time: an unbounded part never repeats within another one, and begins at the
   * start of a run of its characters.
   */
  readonly pattern: RegExp;
  /** Not global: matches every text in which the pattern finds something (`hints`). */
  readonly hint?: RegExp;
  /** The final check of a match, for conditions that no pattern can express. */
  readonly accept?: (match: RegExpExecArray) => boolean;
  /** A text in which the rule finds something. Never a real secret. */
  readonly example: string;
  /** A similar text that must not be changed. */
  readonly lookAlike: string;
}

/**
 * Letters and digits for an example, concatenated so that no scanner takes our files for a leak.
 */
export function exampleOf(count: number): string {
  return 'aB3dE5gH7jK9'.repeat(10).slice(0, count);
}
