import { usage } from '../errors.js';
import { option, say } from '../util/sentence.js';
import { parseTime } from './units.js';

/** The moment at which to look at a script. Plain data. */
export type LookMoment =
  | { readonly kind: 'debugger' }
  | { readonly kind: 'exit' }
  /** Before a line of one of its files; `file` is any ending of the path, `line` starts at 1. */
  | { readonly kind: 'line'; readonly file: string; readonly line: number }
  /** This many milliseconds after its start. */
  | { readonly kind: 'after'; readonly ms: number };

/**
 * Reads `debugger`, `exit`, `FILE:LINE`, or a time after the start such as `5s`, `500ms`.
 *
 * @throws ShowBackrefError USAGE naming the value.
 */
export function parseMoment(text: string): LookMoment {
  if (text === 'debugger' || text === 'exit') return { kind: text };
  const ms = parseTime(text);
  if (ms !== null) return { kind: 'after', ms };
  const [, file, line] = /^(.+):([1-9]\d*)$/s.exec(text) ?? [];
  if (file !== undefined && line !== undefined) {
    return { kind: 'line', file: file.replace(/^(\.[/\\])+/, ''), line: Number(line) };
  }
  throw usage(
    say`${option('when')} "${text}" is unknown; use debugger, exit, FILE:LINE such as app.js:12, or a time such as 5s or 500ms`,
  );
}
