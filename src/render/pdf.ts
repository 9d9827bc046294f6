import { fileURLToPath } from 'node:url';
import type PDFDocument from 'pdfkit';
import { ShowBackrefError } from '../errors.js';
import { type DrawnShape, type DrawnText, readGraphvizSvg } from './graphviz-svg.js';

const FONT = fileURLToPath(new URL('../../templates/fonts/Arimo-Regular.ttf', import.meta.url));
/** The longest side that PDF readers accept, in points (PDF 1.7, annex C.2). */
const MOST_POINTS = 14_400;

type PdfDocument = InstanceType<typeof PDFDocument>;

/**
 * Loads the PDF writer. It is large and few need it, so it is installed separately.
 *
 * @throws ShowBackrefError RENDER_FAILED that says how to install it.
 */
export async function loadPdfKit(): Promise<typeof PDFDocument> {
  try {
    return (await import('pdfkit')).default;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    throw new ShowBackrefError(
      'RENDER_FAILED',
      'pdf needs the package pdfkit, which is not installed; run npm install pdfkit where showbackref is installed (-g for a global one), or use svg or png',
      { cause },
    );
  }
}

/**
 * Draws an SVG of `renderSvg` as a PDF of one page in the picture's size: lines stay lines, text
 * stays text, set in the bundled font, of which the file contains only the used part. The same SVG
 * gives the same bytes.
 *
 * @param fonts further font files (.ttf, .otf) by the family that a text of the SVG names first.
 * @throws ShowBackrefError as `loadPdfKit`.
 */
export async function renderPdf(
  svg: string,
  fonts: ReadonlyMap<string, string> = new Map(),
): Promise<Uint8Array> {
  const Document = await loadPdfKit();
  const picture = readGraphvizSvg(svg);
  const scale = Math.min(1, MOST_POINTS / Math.max(picture.width, picture.height));
  const document = new Document({
    size: [picture.width * scale, picture.height * scale],
    margin: 0,
    font: FONT,
    // zlib's output differs between versions of Node.js
    compress: false,
    lang: 'en',
    // the date is also part of the file's id
    info: { Creator: 'showbackref', CreationDate: new Date(0) },
  });
  const bytes = collectBytes(document);
  document.scale(scale).translate(picture.x, picture.y);
  for (const element of picture.elements) {
    if ('text' in element) drawText(document, element, fonts.get(element.family) ?? FONT);
    else drawShape(document, element);
  }
  document.end();
  return bytes;
}

async function collectBytes(document: PdfDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of document) chunks.push(chunk as unknown as Uint8Array);
  return Buffer.concat(chunks);
}

function drawShape(document: PdfDocument, { path, fill, stroke, width, dash }: DrawnShape): void {
  if (fill === null && stroke === null) return;
  document.save().path(path).lineWidth(width);
  const [length, space] = dash;
  if (length !== undefined) document.dash(length, { space: space ?? length });
  if (fill !== null && stroke !== null) document.fillAndStroke(fill, stroke);
  else if (fill !== null) document.fill(fill);
  else if (stroke !== null) document.stroke(stroke);
  document.restore();
}

function drawText(
  document: PdfDocument,
  { text, x, y, size, anchor, fill }: DrawnText,
  font: string,
): void {
  document.font(font).fontSize(size);
  const width = document.widthOfString(text);
  const left = { start: x, middle: x - width / 2, end: x - width }[anchor];
  document.fillColor(fill).text(text, left, y, { lineBreak: false, baseline: 'alphabetic' });
}
