import { readFileSync } from 'node:fs';
import { ShowBackrefError } from '../errors.js';

/** `src/report` and `dist/report` have the same depth, so this is right for both. */
const TEMPLATES = new URL('../../templates/', import.meta.url);

/** The bytes of a file under `templates/`; an incomplete installation fails with its path. */
export function readTemplate(name: string): Uint8Array {
  const url = new URL(name, TEMPLATES);
  try {
    return readFileSync(url);
  } catch (cause) {
    const message = `cannot read "${url.pathname}", a part of showbackref: install it again`;
    throw new ShowBackrefError('RENDER_FAILED', message, { cause });
  }
}

/**
 * The text of a file under `templates/`, with plain line ends even after a checkout that changed
 * them.
 */
export function readTextTemplate(name: string): string {
  return Buffer.from(readTemplate(name)).toString('utf8').replaceAll('\r\n', '\n');
}
