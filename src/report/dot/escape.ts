import { showInvisible } from '../../util/show-invisible.js';

/*
 * The only way from a heap into DOT. ts-graphviz quotes a value but leaves backslashes alone and
 * takes `<...>` for HTML, and Graphviz expands `\N` and `&#10;` in a label: each could be used to
 * break out of the string, and `<anonymous>` is a common function name. So every backslash is
 * doubled, every quote escaped, and the three XML characters written as entities before a value is
 * passed on. Verified with all pairs of 36 hostile strings, see test/report/dot.
 */

/** One line of a label: shown literally, invisible characters written out. */
function escapeLine(text: string): string {
  return escapeEntities(showInvisible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
}

/** A tooltip of one line. Graphviz 16 expands its backslash escapes twice. */
export function escapeTooltip(text: string): string {
  return escapeLine(showInvisible(text).replaceAll('\\', '\\\\'));
}

/**
 * A label of several lines. The first is never empty: Graphviz 12 to 16 compiled to WASM reads
 * uninitialised memory for a label that begins with a line break (mdaines/viz-js#204).
 */
export function escapeLabel(lines: readonly string[]): string {
  return escapeLines(lines).join('\\n');
}

/** As `escapeLabel`, with every line set to the left. */
export function escapeLeftLabel(lines: readonly string[]): string {
  return escapeLines(lines)
    .map((line) => `${line}\\l`)
    .join('');
}

function escapeLines(lines: readonly string[]): string[] {
  return lines.map((line, index) => escapeLine(line) || (index === 0 ? ' ' : ''));
}

/** Text inside an HTML-like label: no quotes around it, but `\\G` is expanded here too. */
export function escapeHtmlText(text: string): string {
  return escapeEntities(showInvisible(text).replaceAll('\\', '\\\\')) || ' ';
}

function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
