import { ShowBackrefError } from '../errors.js';
import type { ScriptMoment } from '../source/stop-program.js';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/**
 * Reads `--when`: `debugger`, `exit`, `FILE:LINE`, or a time after the start such as `5s`, `500ms`.
 *
 * @throws ShowBackrefError USAGE naming the value.
 */
export function parseMoment(text: string): ScriptMoment {
  if (text === 'debugger' || text === 'exit') return { kind: text };
  const ms = durationOf(text);
  if (ms !== null) return { kind: 'after', ms };
  const [, file, line] = /^(.+):([1-9]\d*)$/s.exec(text) ?? [];
  if (file !== undefined && line !== undefined) {
    return { kind: 'line', file: file.replace(/^(\.[/\\])+/, ''), line: Number(line) };
  }
  throw new ShowBackrefError(
    'USAGE',
    `--when "${text}" is unknown; use debugger, exit, FILE:LINE such as app.js:12, or a time such as 5s or 500ms`,
  );
}

/** Milliseconds of a time such as `5s`, `500ms`, `2m`; null for anything else. */
export function durationOf(text: string): number | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  return amount === undefined || unit === undefined ? null : Number(amount) * (UNIT_MS[unit] ?? 1);
}
