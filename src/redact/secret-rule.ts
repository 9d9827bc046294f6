/** One way to recognise a secret in a text. */
export interface SecretRule {
  /** What the mask says: `<jwt 1>`. */
  readonly name: string;
  /**
   * Global. The group `secret` is what is masked, all of the match where there is none. Written so
   * that a text is read in linear time: a part without bound never repeats within another one, and
   * begins where a run of its characters does.
   */
  readonly pattern: RegExp;
  /** Not global: what is in every text in which the pattern finds something (`hints`). */
  readonly hint?: RegExp;
  /** The last word on a match, for what no pattern can say. */
  readonly accept?: (match: RegExpExecArray) => boolean;
  /** A text in which the rule finds something. Never a real secret. */
  readonly example: string;
  /** A text much like it that has to stay as it is. */
  readonly lookAlike: string;
}

/** So many letters and digits for an example, put together so that no scanner takes our files for a leak. */
export function exampleOf(count: number): string {
  return 'aB3dE5gH7jK9'.repeat(10).slice(0, count);
}
