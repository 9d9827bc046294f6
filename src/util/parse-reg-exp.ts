import { ShowBackrefError } from '../errors.js';

/**
 * `/re/flags` as a regular expression, null for any other text.
 *
 * @throws ShowBackrefError USAGE when the expression is broken.
 */
export function parseRegExp(text: string): RegExp | null {
  const parts = /^\/(.+)\/([a-z]*)$/s.exec(text);
  if (parts === null) return null;
  try {
    // g and y would make a match depend on the one before it
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
