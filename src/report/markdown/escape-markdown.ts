import { highest } from '../../util/many.js';
import { showInvisible } from '../../util/show-invisible.js';

/*
 * The only ways from a heap into Markdown as GitHub reads it: text is shown literally and on one line,
 * with no markup and no link, and nobody is notified.
 */

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** What begins a markup anywhere, and what does so at the start only. */
const MARKUP = /[\\`*_[\]|~]|^[-+=]|(?<=^\d{1,9})[.)]/g;

/**
 * Names after `@`, numbers after `#`, formulas, `:smile:` and addresses, in some readers `//host` too, are
 * looked for when Markdown has been read and a backslash has gone: only an element of its own keeps their sign from the rest. The id of
 * an object is set as code, to be copied.
 */
const REFERENCE =
  /(?<!\S)@\d+(?!\w)|[@#$]|:(?=[\w+-]+:|\/\/)|\/(?=\/)|(?<=\bGH)-(?=\d)|(?<=(?<![a-z\d])www)\./gi;

/** Text within a paragraph, heading or list item, not to begin with a blank where it stands first. */
export function escapeMarkdown(text: string): string {
  return showInvisible(text)
    .replace(/[<>&]/g, (character) => ENTITIES[character] ?? '')
    .replace(MARKUP, '\\$&')
    .replace(REFERENCE, (sign) => (sign.length > 1 ? `\`${sign}\`` : `<span>${sign}</span>`));
}

/** A code span: more backticks around it than within, blanks so that none touch. */
export function markdownCode(text: string): string {
  const visible = showInvisible(text);
  if (visible.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(visible) + 1);
  // one blank is taken off either end
  const inner = /^[ `]|[ `]$/.test(visible) ? ` ${visible} ` : visible;
  return fence + inner + fence;
}

/** A fenced block of lines that end it nowhere: its fence is longer than any run of backticks within. */
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
