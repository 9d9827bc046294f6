import { extname, resolve } from 'node:path';
import { usage } from '../errors.js';
import { option, quote, say } from '../util/sentence.js';
import type { NamedFormat } from './format-names.js';
import type { OptionValues } from './options.js';

/** A place to write an answer to. Plain data. */
export interface Output {
  /** The path as the user wrote it; `-` for standard output. */
  readonly path: string;
  /** The absolute path; null for standard output. */
  readonly file: string | null;
  /** The name of a format. */
  readonly format: string;
}

/** Says where relative paths start, and whether `-` is standard output. */
export interface OutputDoor {
  readonly cwd: string;
  readonly hasStdout: boolean;
}

type Places = Pick<OptionValues, 'out' | 'format'>;

/**
 * The places that the options name, in the formats that a command has; empty if they name no place.
 *
 * @throws ShowBackrefError USAGE for an unusable file or an unknown format.
 */
export function readOutputs(
  { out, format: name }: Places,
  formats: readonly NamedFormat[],
  { cwd, hasStdout }: OutputDoor,
): readonly Output[] {
  const given = name === null ? null : formatNamed(name, formats);
  if (out.length === 0 && given !== null) {
    if (hasStdout) return [{ path: '-', file: null, format: given.name }];
    throw usage(
      say`${option('format')} ${quote(name)} without a file; name one with ${option('out')}`,
    );
  }
  return out.map((path) => {
    const isStdout = hasStdout && path === '-';
    const format = isStdout ? (given?.name ?? 'txt') : formatOfPath(path, given, formats);
    return { path, file: isStdout ? null : resolve(cwd, path), format };
  });
}

/** A format that is given, but that no output has: the extension of each gives another one. */
export function unusedFormat({ format }: Places, outputs: readonly Output[]): string | null {
  if (format === null || outputs.some((output) => output.format === format)) return null;
  return format;
}

function formatOfPath(
  path: string,
  given: NamedFormat | null,
  formats: readonly NamedFormat[],
): string {
  if (path === '') {
    throw usage(say`${option('out')} is empty; name a file such as backrefs.png`);
  }
  const lower = path.toLowerCase();
  const fitting = formats.filter(({ extension }) => lower.endsWith(extension));
  // several formats may have one extension
  const found = fitting.find((format) => format === given) ?? fitting[0] ?? given;
  if (found !== null) return found.name;
  const extension = extname(path);
  const what =
    extension === ''
      ? `${quote(path)} has no extension`
      : `${quote(extension)} is not a known format`;
  throw usage(
    say`${option('out')}: ${what}; use one of ${namesOf(formats)}, or give ${option('format')}`,
  );
}

function formatNamed(name: string, formats: readonly NamedFormat[]): NamedFormat {
  const found = formats.find((format) => format.name === name);
  if (found !== undefined) return found;
  throw usage(say`${option('format')} ${quote(name)} is unknown; use one of ${namesOf(formats)}`);
}

function namesOf(formats: readonly NamedFormat[]): string {
  return formats.map(({ name }) => name).join(', ');
}
