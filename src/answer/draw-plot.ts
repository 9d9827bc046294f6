import type { Sentence } from '../util/sentence.js';

/** Draws one of our own plots as PNG. @throws ShowBackrefError RENDER_FAILED. */
export async function drawPlot(
  svg: string,
  onNotice: (sentence: Sentence) => void,
): Promise<Uint8Array> {
  const [{ renderPng }, { missingGlyphsNotice }] = await Promise.all([
    import('../render/png.js'),
    import('../report/dot/font-runs.js'),
  ]);
  const { bytes } = await renderPng(svg);
  const notice = missingGlyphsNotice(svg, []);
  if (notice !== null) onNotice(notice);
  return bytes;
}
