import { START } from './boundaries.js';

export const ALNUM = '[A-Za-z0-9]';
export const WORD = '[A-Za-z0-9_]';
export const URL64 = '[A-Za-z0-9_-]';
export const HEX = '[0-9a-f]';

/**
 * The pattern of a token that begins with a prefix of its issuer. A token that was cut off, as an
 * ellipsis shows, is masked from six characters on if there is a digit among them.
 */
export function issued(prefix: string, body: string, least: number): RegExp {
  return token(prefix, body, `{${least},}`);
}

/** The longest match that may be refused, so that the same characters are not read repeatedly. */
const LONGEST = 1024;

/** The same for a rule that checks a match, and may refuse it. */
export function perhapsIssued(prefix: string, body: string, least: number): RegExp {
  return token(prefix, body, `{${least},${LONGEST}}`);
}

function token(prefix: string, body: string, count: string): RegExp {
  // the prefix is matched first: looking back at each character takes far longer
  return new RegExp(
    `(?=${prefix})${START}(?:${prefix})(?:${body}${count}|(?=[A-Za-z_-]{0,64}\\d)${body}{6,}(?=…))`,
    'g',
  );
}
