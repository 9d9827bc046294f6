import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ShowBackrefError } from '../errors.js';
import { assertPlaceholders, type Template } from '../report/fill-template.js';
import { findFormatOfFile, outputFormats } from '../report/formats.js';
import type { Io } from './io.js';
import type { NormalizedOptions } from './normalize-options.js';

/**
 * The user's template, checked, before any work; nothing when there is none.
 *
 * @throws ShowBackrefError USAGE: no file to read, for no format or none that is written, with an
 *   unknown placeholder.
 */
export async function readUserTemplate(
  { template: path, outputs }: Pick<NormalizedOptions, 'template' | 'outputs'>,
  io: Io,
): Promise<{ template?: Template }> {
  if (path === null) return {};
  const format = findFormatOfFile(path);
  if (format === null || format.placeholders === null) {
    const names = outputFormats.filter(({ placeholders }) => placeholders !== null);
    const extensions = names.map(({ extension }) => extension).join(' or ');
    throw usage(`--template "${path}" is for no format; name a file that ends in ${extensions}`);
  }
  if (!outputs.some((output) => output.format === format)) {
    throw usage(`--template "${path}" is not used; add --out FILE${format.extension}`);
  }
  const text = await readFile(resolve(io.cwd, path), 'utf8').catch((cause: Error) => {
    throw usage(`--template "${path}" cannot be read: ${cause.message}`, cause);
  });
  assertPlaceholders(text, await format.placeholders(), path);
  return { template: { format: format.name, text } };
}

function usage(message: string, cause?: Error): ShowBackrefError {
  return new ShowBackrefError('USAGE', message, { cause });
}
