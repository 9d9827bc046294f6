import { visibleText } from '../visible-text.js';

/** Line breaks, icons and formulas that Mermaid looks for in decoded text: these are broken up. */
const LATE_SYNTAX = /\\(?=n)|:(?=fa-)|\$(?=\$)/g;
/** An invisible character without width. */
const WORD_JOINER = '\u2060';

/**
 * Text between the quotes of a Mermaid label, shown literally. Quotes, brackets and words such as
 * `end` would end a label or start a statement, `%%{` a directive, backticks, `1.` or `_` would be
 * taken for Markdown, `<` for HTML: so all ASCII except letters, digits, blanks and commas is
 * written as Mermaid's `#35;`, which it decodes later.
 */
export function escapeMermaid(text: string, limit: number): string {
  return visibleText(text, limit)
    .replace(LATE_SYNTAX, `$&${WORD_JOINER}`)
    .replace(/[!-+\--/:-@[-`{-~\u2060]/g, (character) => `#${character.charCodeAt(0)};`);
}
