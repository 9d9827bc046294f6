import { extname, resolve } from 'node:path';
import type { OutputFile } from './questions.js';
import { show, usage } from './usage.js';

/** What a format has to tell to be picked by name or by a file's extension. */
interface NamedFormat {
  readonly name: string;
  /** With the dot, in lower case. */
  readonly extension: string;
}

/** The options that say what files to write. */
export interface OutputOptions {
  readonly out?: string | readonly string[];
  readonly format?: string;
}

/** @throws ShowBackrefError USAGE for a file or format that is none. */
export function readOutputs(
  { out = [], format }: OutputOptions,
  formats: readonly NamedFormat[],
): readonly OutputFile[] {
  const named = formats.find(({ name }) => name === `${format}`.toLowerCase());
  if (format !== undefined && named === undefined) {
    throw usage(`format ${show(format)} is unknown; use one of ${namesOf(formats)}`);
  }
  const paths: readonly unknown[] = Array.isArray(out) ? out : [out];
  if (format !== undefined && paths.length === 0) {
    throw usage(`format ${show(format)} without a file; name one with out`);
  }
  return paths.map((path) => readOutput(path, named, formats));
}

function readOutput(
  path: unknown,
  named: NamedFormat | undefined,
  formats: readonly NamedFormat[],
): OutputFile {
  if (typeof path !== 'string' || path === '') {
    throw usage(`out ${show(path)} is not the path of a file; use for example 'backrefs.png'`);
  }
  const lower = path.toLowerCase();
  const found = formats.find((format) => lower.endsWith(format.extension)) ?? named;
  if (found !== undefined) return { file: resolve(path), path, format: found.name };
  const extension = extname(path);
  const what =
    extension === '' ? `${show(path)} has no extension` : `${show(extension)} is no format of ours`;
  throw usage(`out: ${what}; use one of ${namesOf(formats)}, or give format`);
}

function namesOf(formats: readonly NamedFormat[]): string {
  return formats.map(({ name }) => name).join(', ');
}
