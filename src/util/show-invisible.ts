const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Controls (C0, DEL, C1), zero-width and bidirectional marks, soft hyphens, line separators, tags
 * and noncharacters. Each of them could hide text, reorder it, control a terminal or make XML
 * invalid.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Noncharacter_Code_Point}]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Writes a character as `\u001b`, or as two of these if it is beyond U+FFFF. */
function unicodeEscape(character: string): string {
  const units = character.split('');
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/**
 * The text with all invisible characters written out (`\n`, `\u202e`), lone surrogates as U+FFFD.
 * The result is one line, well-formed, and unchanged by a second pass.
 */
export function showInvisible(text: string): string {
  return text
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(INVISIBLE, (character) => SHORT_ESCAPES[character] ?? unicodeEscape(character));
}

/** The same characters as JSON escapes: valid in a JSON string, harmless in a terminal. */
export function escapeInvisible(json: string): string {
  return json.replace(INVISIBLE, (character) =>
    character === '\n' ? character : unicodeEscape(character),
  );
}
