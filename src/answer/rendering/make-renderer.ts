import type { Renderer } from '../../report/formats.js';
import type { Sentence } from '../../util/sentence.js';

export interface RenderOptions {
  readonly signal?: AbortSignal | undefined;
  /** Receives the sentences that the user should see about a finished picture. */
  readonly onNotice?: (sentence: Sentence) => void;
  /** Receives each picture when it is laid out. */
  readonly onDrawn?: (svg: string) => void;
  /** Called when a part of the work begins. */
  readonly onStage?: (words: string) => void;
}

/**
 * Draws DOT, loading each renderer when it is needed; each DOT text is laid out once.
 *
 * @param fonts font files for characters that the bundled font lacks.
 */
export function makeRenderer(
  fonts: readonly string[],
  { signal, onNotice, onDrawn, onStage }: RenderOptions,
): Renderer {
  const drawn = new Map<string, Promise<string>>();
  const svg = (dot: string) => {
    const before = drawn.get(dot);
    if (before !== undefined) return before;
    onStage?.('Laying out');
    const drawing = drawSvg(dot, fonts, signal).then((picture) => {
      onDrawn?.(picture);
      return picture;
    });
    drawn.set(dot, drawing);
    return drawing;
  };
  const notice = (sentence: Sentence | null) => {
    if (sentence !== null) onNotice?.(sentence);
  };
  const png = async (dot: string) => {
    // the rasterizer loads while the layout runs in its thread
    const [picture, { renderPng }] = await Promise.all([svg(dot), loadPng()]);
    onStage?.('Drawing');
    const { setFontRuns, missingGlyphsNotice } = await import('../../report/dot/font-runs.js');
    const { bytes, notice: onSize } = await renderPng(setFontRuns(picture, fonts), { fonts });
    notice(onSize);
    notice(missingGlyphsNotice(picture, fonts));
    return bytes;
  };
  const pdf = async (dot: string) => {
    const { renderPdf } = await import('../../render/pdf.js');
    const { setFontRuns, missingGlyphsNotice, quoteFamily } = await import(
      '../../report/dot/font-runs.js'
    );
    const { readFont } = await import('../../report/fonts.js');
    const picture = await svg(dot);
    onStage?.('Drawing');
    const files = new Map(fonts.map((file) => [quoteFamily(readFont(file).family), file]));
    notice(missingGlyphsNotice(picture, fonts));
    return renderPdf(setFontRuns(picture, fonts), files);
  };
  return { svg, png, pdf };
}

async function drawSvg(
  dot: string,
  fonts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const { renderSvg } = await import('../../render/svg.js');
  return renderSvg(dot, { families: await familiesOf(fonts), ...(signal && { signal }) });
}

/** The family names of the fonts that have one, in quotes. */
async function familiesOf(fonts: readonly string[]): Promise<readonly string[]> {
  if (fonts.length === 0) return [];
  const { quoteFamily } = await import('../../report/dot/font-runs.js');
  const { readFont } = await import('../../report/fonts.js');
  return fonts.map((file) => quoteFamily(readFont(file).family)).filter((name) => name !== '');
}

async function loadPng() {
  const png = await import('../../render/png.js');
  await png.prepareRenderPng();
  return png;
}
