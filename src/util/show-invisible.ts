const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Controls (C0, DEL, C1), zero-width and bidirectional marks, line separators and noncharacters.
 * Each of them could hide text, reorder it, drive a terminal or make XML invalid.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/g;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Writes one UTF-16 unit as `\u001b`. */
export function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * The text with everything that cannot be seen written out (`\n`, `\u202e`), lone surrogates as
 * U+FFFD. The result is one line, well-formed, and unchanged by a second pass.
 */
export function showInvisible(text: string): string {
  return text
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(INVISIBLE, (unit) => SHORT_ESCAPES[unit] ?? unicodeEscape(unit));
}

/** The same characters as JSON escapes: valid in a JSON string, harmless in a terminal. */
export function escapeInvisible(json: string): string {
  return json.replace(INVISIBLE, (unit) => (unit === '\n' ? unit : unicodeEscape(unit)));
}
