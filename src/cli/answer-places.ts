import { join, resolve } from 'node:path';
import { shellFormatsOf } from '../question/format-names.js';
import { type Output, readOutputs, unusedFormat } from '../question/outputs.js';
import { option, say } from '../util/sentence.js';
import type { Asked, Session } from './cli-command.js';

const MOST_FILE_NAME = 60;

/** The places that the command line names, for a command's own formats; none when it names none. */
export function namedOutputs(
  { command, options }: Asked,
  { io, progress }: Session,
): readonly Output[] {
  const outputs = readOutputs(options, shellFormatsOf(command), { cwd: io.cwd, hasStdout: true });
  const unused = unusedFormat(options, outputs);
  if (unused !== null) {
    progress.say(
      say`${option('format', unused)} is not used: the extension of ${option('out')} gives the format.`,
    );
  }
  return outputs;
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
