import { readFileSync, statSync } from 'node:fs';
import { ShowBackrefError } from '../errors.js';
import { type FontMetrics, readFontMetrics } from './dot/read-font.js';
import { readTemplate } from './templates.js';

/** The only font of pictures; its ASCII widths are those in Graphviz's table for Helvetica. */
export const FONT_FILE = 'fonts/Arimo-Regular.ttf';

/** The largest font file: enough for all of Chinese, Japanese and Korean. */
const MOST_BYTES = 32_000_000;

/** The bundled font, then those of the user, in the order in which a renderer looks for a glyph. */
export function readFonts(files: readonly string[]): readonly FontMetrics[] {
  const bundled = readFontMetrics(readTemplate(FONT_FILE));
  if (bundled === null) throw new Error(`${FONT_FILE} is not a font`);
  return [bundled, ...files.map(readFont)];
}

/**
 * Reads a font of the user.
 *
 * @throws ShowBackrefError RENDER_FAILED if it cannot be read or is not a font.
 */
export function readFont(file: string): FontMetrics {
  const fail = (problem: string, cause?: unknown) =>
    new ShowBackrefError(
      'RENDER_FAILED',
      `cannot use the font "${file}": ${problem}; name a .ttf, .otf or .ttc file`,
      { cause },
    );
  const bytes = readBytes(file, fail);
  if (/^wOF[F2]/.test(Buffer.from(bytes.subarray(0, 4)).toString('latin1'))) {
    throw fail('it is compressed for web pages (WOFF)');
  }
  try {
    const metrics = readFontMetrics(bytes);
    if (metrics !== null) return metrics;
  } catch (cause) {
    throw fail('it is damaged or cut off', cause);
  }
  throw fail('it is not a TrueType or OpenType font');
}

function readBytes(file: string, fail: (problem: string, cause?: unknown) => Error): Uint8Array {
  try {
    if (statSync(file).size <= MOST_BYTES) return readFileSync(file);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw fail(code === 'ENOENT' ? 'there is no such file' : message, cause);
  }
  throw fail('it is larger than 32 MB');
}
