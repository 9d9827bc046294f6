import { ShowBackrefError } from '../../errors.js';

/** The functions that `-f` means. */
export interface FunctionPattern {
  /** The text as it was typed. */
  readonly text: string;
  /** Part of the file's path, or null for any file of the program itself. */
  readonly file: string | null;
  /** The last parts of the function's path; empty for every function of the file. */
  readonly names: readonly string[];
}

/**
 * Reads `primes`, `Session.close`, `Session#close`, `server.js:handle`, `lodash/chunk.js:*`.
 *
 * @throws ShowBackrefError USAGE.
 */
export function parseFunctionPattern(text: string): FunctionPattern {
  const colon = text.lastIndexOf(':');
  const file = colon < 0 ? null : text.slice(0, colon);
  const name = text.slice(colon + 1).trim();
  if (name === '' || file === '') {
    throw new ShowBackrefError(
      'USAGE',
      `-f "${text}" is not the name of a function; use for example -f primes, -f Session.close or -f server.js:handle`,
    );
  }
  if (name === '*') return { text, file, names: [] };
  const names = name
    .replace(/\.prototype\./g, '.')
    .replace(/(?<=[^.])#/g, '.#')
    .split('.')
    .filter((part) => part !== '');
  return { text, file, names };
}

/** Matches all functions of the modules with this part in their path. */
export function modulePattern(part: string): FunctionPattern {
  return { text: part, file: part, names: [] };
}

export function matchesFile({ file }: FunctionPattern, path: string): boolean {
  const portable = path.replaceAll('\\', '/');
  // installed packages are only meant if the file is named
  if (file === null) return !portable.includes('/node_modules/');
  return portable.includes(file.replaceAll('\\', '/').replace(/^\.\//, ''));
}

export function matchesPath({ names }: FunctionPattern, path: readonly string[]): boolean {
  if (names.length > path.length) return false;
  return names.every((name, at) => {
    const given = path[path.length - names.length + at] ?? '';
    // `Session#close` is how a method is written, `Session.#close` a private one
    return given === name || (at > 0 && name === `#${given}`);
  });
}
