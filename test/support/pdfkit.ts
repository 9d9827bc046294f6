import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The reason why no PDF can be drawn here; null if it can. */
export const NO_PDFKIT = existsSync(
  fileURLToPath(new URL('../../node_modules/pdfkit/package.json', import.meta.url)),
)
  ? null
  : 'pdfkit is not installed: run npm ci in test/e2e/pdf';
