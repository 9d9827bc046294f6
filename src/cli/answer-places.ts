import { join, resolve } from 'node:path';
import { formatsOf } from '../question/format-names.js';
import { type Output, readOutputs } from '../question/outputs.js';
import type { Asked, Session } from './cli-command.js';

const MOST_FILE_NAME = 60;

/**
 * The outputs that the command line names, in the formats that the command has; empty if it names
 * none.
 */
export function namedOutputs({ command, options }: Asked, { io }: Session): readonly Output[] {
  return readOutputs(options, formatsOf(command), { cwd: io.cwd, hasStdout: true });
}

/** The outputs of a table: standard output unless another one is named. */
export function tableOutputs(asked: Asked, session: Session): readonly Output[] {
  const outputs = namedOutputs(asked, session);
  return outputs.length > 0 ? outputs : [STDOUT_TEXT];
}

/** Text on standard output. */
export const STDOUT_TEXT: Output = { path: '-', file: null, format: 'txt' };

/** A file in the default folder, for answers without a named output. */
export function usualFile(name: string, { io }: Session): Output {
  const path = join('out', `${name}.png`);
  return { path, file: resolve(io.cwd, path), format: 'png' };
}

/** A target as part of a file name: letters, digits, dots and dashes only. */
export function toFileName(texts: readonly string[]): string {
  const name = texts
    .join('-')
    .replace(/[^\p{L}\p{N}.@_-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return name.slice(0, MOST_FILE_NAME) || 'target';
}

/** True if people read one of the outputs. */
export function isForReaders(outputs: readonly Output[]): boolean {
  return outputs.some(({ format }) => format !== 'json');
}
