import { visibleText } from '../visible-text.js';

/** Line breaks, icons and formulas it looks for in what it has decoded: these are taken apart. */
const LATE_SYNTAX = /\\(?=n)|:(?=fa-)|\$(?=\$)/g;
/** Invisible and without width. */
const WORD_JOINER = '\u2060';

/**
 * Text between the quotes of a Mermaid label, shown literally. Quotes, brackets and words such as
 * `end` would end a label or start a statement, `%%{` a directive, backticks, `1.` or `_` would be
 * taken for Markdown, `<` for HTML: so all ASCII but letters, digits, blanks and commas is written as
 * Mermaid's `#35;`, which it decodes after that.
 */
export function escapeMermaid(text: string, limit: number): string {
  return visibleText(text, limit)
    .replace(LATE_SYNTAX, `$&${WORD_JOINER}`)
    .replace(/[!-+\--/:-@[-`{-~\u2060]/g, (character) => `#${character.charCodeAt(0)};`);
}
