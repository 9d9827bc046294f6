import {
  JOINED,
  LAST_PAIRS,
  LAST_WORDS,
  NO_VALUE,
  OTHER_PASSES,
  plainWord,
  QUALIFIERS,
  WORDS_WITHOUT_SPACES,
} from './secret-words.js';

const LONGEST_NAME = 80;

/**
 * True if values under a name are secrets by convention: `password`, `apiKey`, `x-api-key`,
 * `DB_PASSWORD`, `Map["token"]`, `#clientSecret`, `dbpass`, `contraseña`, `password_confirmation`;
 * but not `tokenizer`, `publicKey`, `maxTokens`.
 */
export function isSecretName(name: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  const words = wordsOf(name);
  if (NO_VALUE.has(words[0] ?? '')) return false;
  if (!isAscii(name) && isForeign(words)) return true;
  for (let last = words.at(-1); last !== undefined; last = words.at(-1)) {
    if (isDecisive(last, words)) return true;
    if (!QUALIFIERS.has(last)) return false;
    words.pop();
  }
  return false;
}

/** The last word in lower case and without accents; empty if there is none. */
export function lastWordOf(name: string): string {
  return name.length > LONGEST_NAME ? '' : (wordsOf(name).at(-1) ?? '');
}

function isDecisive(last: string, words: readonly string[]): boolean {
  if (last === 'pass' && OTHER_PASSES.has(words.at(-2) ?? '')) return false;
  return LAST_WORDS.has(last) || LAST_PAIRS.has(words.slice(-2).join(' ')) || JOINED.test(last);
}

/** True for languages in which the owner of the secret comes after it: `пароль_пользователя`. */
function isForeign(words: readonly string[]): boolean {
  const first = words[0] ?? '';
  if (!isAscii(first) && LAST_WORDS.has(first)) return true;
  const joined = words.join('');
  return WORDS_WITHOUT_SPACES.some((word) => joined.includes(word));
}

/**
 * The words of camelCase, snake_case, kebab-case and SCREAMING_CASE in plain letters, without
 * numbers.
 */
function wordsOf(name: string): string[] {
  const parted = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
  return plainWord(parted)
    .split(isAscii(name) ? /[^a-z]+/ : /[^\p{L}]+/u)
    .filter((word) => word !== '');
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the borders of ASCII
  return /^[\u0000-\u007f]*$/.test(text);
}
