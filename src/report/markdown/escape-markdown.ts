import { highest } from '../../util/many.js';
import { showInvisible } from '../../util/show-invisible.js';

/*
 * The only ways from a heap into Markdown as GitHub reads it: text is shown literally and on one
 * line, without markup or links, and nobody is notified.
 */

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** Characters that begin markup anywhere, and those that do so only at the start. */
const MARKUP = /[\\`*_[\]|~]|^[-+=]|(?<=^\d{1,9})[.)]/g;

/**
 * Names after `@`, numbers after `#`, formulas, `:smile:` and addresses, for some readers also
 * `//host`, are recognised after Markdown has been parsed and backslashes have been removed: only a
 * separate element keeps their sign apart from the rest. The id of an object is set as code, to be
 * copied.
 */
const REFERENCE =
  /(?<!\S)@\d+(?!\w)|[@#$]|:(?=[\w+-]+:|\/\/)|\/(?=\/)|(?<=\bGH)-(?=\d)|(?<=(?<![a-z\d])www)\./gi;

/**
 * Text within a paragraph, heading or list item; if it comes first, it must not begin with a blank.
 */
export function escapeMarkdown(text: string): string {
  return showInvisible(text)
    .replace(/[<>&]/g, (character) => ENTITIES[character] ?? '')
    .replace(MARKUP, '\\$&')
    .replace(REFERENCE, (sign) => (sign.length > 1 ? `\`${sign}\`` : `<span>${sign}</span>`));
}

/** A code span: with more backticks around it than within, and blanks so that none touch. */
export function markdownCode(text: string): string {
  const visible = showInvisible(text);
  if (visible.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(visible) + 1);
  // one blank is removed from either end
  const inner = /^[ `]|[ `]$/.test(visible) ? ` ${visible} ` : visible;
  return fence + inner + fence;
}

/**
 * A fenced block that none of its lines can end: its fence is longer than any run of backticks
 * within.
 */
export function markdownFence(lines: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}${language}\n${lines.replace(/\n*$/, '\n')}${fence}`;
}

function longestRun(text: string): number {
  return highest(
    [...text.matchAll(/`+/g)].map(([run]) => run.length),
    0,
  );
}
