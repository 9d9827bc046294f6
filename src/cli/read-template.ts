import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { usage } from '../errors.js';
import type { Output } from '../question/outputs.js';
import { assertPlaceholders, type Template } from '../report/fill-template.js';
import { findFormatOfFile, outputFormats } from '../report/formats.js';
import { option, say } from '../util/sentence.js';
import type { Io } from './io.js';

/**
 * Reads and checks the user's template before any work; undefined without one.
 *
 * @throws ShowBackrefError USAGE if the file cannot be read, its format has no templates or is
 *   not written, or a placeholder is unknown.
 */
export async function readUserTemplate(
  path: string | null,
  outputs: readonly Output[],
  { cwd }: Io,
): Promise<{ template?: Template }> {
  if (path === null) return {};
  const format = findFormatOfFile(path);
  if (format === null || format.placeholders === null) {
    const names = outputFormats.filter(({ placeholders }) => placeholders !== null);
    const extensions = names.map(({ extension }) => extension).join(' or ');
    throw usage(
      say`${option('template')} "${path}" is not for any format; name a file that ends in ${extensions}`,
    );
  }
  if (!outputs.some((output) => output.format === format.name)) {
    throw usage(
      say`${option('template')} "${path}" is not used; add ${option('out', `FILE${format.extension}`)}`,
    );
  }
  const text = await readFile(resolve(cwd, path), 'utf8').catch((cause: Error) => {
    throw usage(say`${option('template')} "${path}" cannot be read: ${cause.message}`, cause);
  });
  assertPlaceholders(text, await format.placeholders(), path);
  return { template: { format: format.name, text } };
}
