import { START } from './boundaries.js';

export const ALNUM = '[A-Za-z0-9]';
export const WORD = '[A-Za-z0-9_]';
export const URL64 = '[A-Za-z0-9_-]';
export const HEX = '[0-9a-f]';

/** Where a match may be refused, so that the same characters are not read again without end. */
const LONGEST = 1024;

/**
 * A token that begins with a sign of its issuer. One that was cut off, which shows by the ellipsis,
 * is masked from six characters on if there is a digit among them.
 */
export function issued(prefix: string, body: string, least: number): RegExp {
  return new RegExp(
    `${START}(?:${prefix})(?:${body}{${least},${LONGEST}}|(?=[A-Za-z_-]{0,64}\\d)${body}{6,}(?=…))`,
    'g',
  );
}
