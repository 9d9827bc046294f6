/** Evidence in a table. */
export const EVIDENCE_WORDS = {
  proof: 'ended, still held',
  leak: 'grew every time',
  growth: 'grew',
  size: 'holds much',
} as const;

/** What the evidence comes to, in the sentence under the table. */
export const EVIDENCE_MEANING = {
  proof: 'These objects have ended and are still held.',
  leak: 'It grew from each moment to the next: a leak, unless it has a limit that it has not reached yet.',
  growth: 'It grew, but may still be filling up.',
  size: 'It holds the most; one snapshot cannot tell whether it grows.',
} as const;

/** Why something that grew is not to blame, after "also grew: … ". */
export const EXCUSE_WORDS = {
  engine: "the engine's own code, shapes and feedback, which settle",
  loading: 'files that were loaded, each once',
  'warm-up': 'tables of the runtime that fill while it warms up',
  inspector: 'what an inspector or a console keeps while it is connected',
  'source-maps': 'source maps, kept for error messages',
  replaced: 'its items are replaced: hardly any that was new before is left',
} as const;
