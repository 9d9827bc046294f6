import { ShowBackrefError } from '../errors.js';
import type { ScriptMoment } from '../source/inspector/stop-program.js';
import { parseDuration } from './option-values.js';

/**
 * Reads `--when`: `debugger`, `exit`, `FILE:LINE`, or a time after the start such as `5s`, `500ms`.
 *
 * @throws ShowBackrefError USAGE naming the value.
 */
export function parseMoment(text: string): ScriptMoment {
  if (text === 'debugger' || text === 'exit') return { kind: text };
  const ms = parseDuration(text);
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
