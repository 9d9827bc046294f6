import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

const FONT = fileURLToPath(new URL('../../templates/fonts/Arimo-Regular.ttf', import.meta.url));

/** Width in points of a line as resvg draws it with the bundled font, from ink to ink. */
export function inkWidth(text: string, size: number): number {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="100">' +
    `<text x="20" y="50" font-family="Arimo" font-size="${size}">${escaped}</text></svg>`;
  const font = { loadSystemFonts: false, fontFiles: [FONT], defaultFontFamily: 'Arimo' };
  return new Resvg(svg, { font }).getBBox()?.width ?? 0;
}
