/**
 * An escape for a character that readers do not see as letters: `\n` and `\u001b` in JSON, `%20` in
 * an address, `=3D` in a mail, the end of a colour code on a terminal. A secret may begin directly
 * after it.
 */
const ESCAPE =
  '\\\\[nrtbfv0]|\\\\u[0-9A-Fa-f]{4}|\\\\x[0-9A-Fa-f]{2}|[%=][0-9A-Fa-f]{2}|\\[[\\d;]{1,16}m';

/**
 * Matches a position that does not follow one of these characters, unless they belong to an escape.
 */
export function startNotAfter(characters: string): string {
  return `(?:(?<![${characters}])|(?<=${ESCAPE}))`;
}

/**
 * A start that does not follow a letter or digit: there a token would be the middle of something
 * else.
 */
export const START = startNotAfter('A-Za-z0-9');

/** The characters of a name, in the alphabets of all who write programs. */
export const NAME_CHARACTERS = '\\w$À-ɏͰ-ӿ֐-ۿऀ-๿Ḁ-ỿ぀-ヿ一-鿿가-힯';

export const NAME_START = startNotAfter(`${NAME_CHARACTERS}.-`);
