import { START } from './boundaries.js';

export const ALNUM = '[A-Za-z0-9]';
export const WORD = '[A-Za-z0-9_]';
export const URL64 = '[A-Za-z0-9_-]';
export const HEX = '[0-9a-f]';

/**
 * A token that begins with a sign of its issuer. One that was cut off, which shows by the ellipsis,
 * is masked from six characters on if there is a digit among them.
 */
export function issued(prefix: string, body: string, least: number): RegExp {
  return token(prefix, body, `{${least},}`);
}

/** Where a match may be refused it has an end, so that the same characters are not read again and again. */
const LONGEST = 1024;

/** The same for a rule that looks at what was found, and may refuse it. */
export function perhapsIssued(prefix: string, body: string, least: number): RegExp {
  return token(prefix, body, `{${least},${LONGEST}}`);
}

function token(prefix: string, body: string, count: string): RegExp {
  // the sign is asked for first: to look back at each character takes far longer
  return new RegExp(
    `(?=${prefix})${START}(?:${prefix})(?:${body}${count}|(?=[A-Za-z_-]{0,64}\\d)${body}{6,}(?=…))`,
    'g',
  );
}
