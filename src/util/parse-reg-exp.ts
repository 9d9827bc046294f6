import { ShowBackrefError } from '../errors.js';

/**
 * Reads `/re/flags` as a regular expression, null for any other text.
 *
 * @throws ShowBackrefError USAGE if the expression is broken.
 */
export function parseRegExp(text: string): RegExp | null {
  const parts = /^\/(.+)\/([a-z]*)$/s.exec(text);
  if (parts === null) return null;
  try {
    // with g or y, a match would depend on the one before it
    return new RegExp(parts[1], parts[2].replace(/[gy]/g, ''));
  } catch (error) {
    throw new ShowBackrefError(
      'USAGE',
      `"${text}" is not a regular expression: ${reasonOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error
    ? error.message.replace(/^Invalid regular expression: /, '')
    : String(error);
}
