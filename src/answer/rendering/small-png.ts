import type { Subgraph } from '../../collect/picture/subgraph.js';
import type { ReportOptions } from '../../report/formats.js';
import { makeRenderer } from './make-renderer.js';

/** Pixels per point, the sharpest first. */
const SCALES = [2, 1.5, 1, 0.75, 0.5];

/** A picture of at most so many bytes, as sharp as can be; null where even a small one has more. */
export async function smallPng(
  subgraph: Subgraph,
  options: ReportOptions,
  mostBytes: number,
): Promise<Uint8Array | null> {
  const { toDot } = await import('../../report/dot/to-dot.js');
  const { setFontRuns } = await import('../../report/dot/font-runs.js');
  const { renderPng } = await import('../../render/png.js');
  const svg = await makeRenderer([], {}).svg(toDot(subgraph, options));
  for (const scale of SCALES) {
    const { bytes } = await renderPng(setFontRuns(svg, []), { scale });
    if (bytes.length <= mostBytes) return bytes;
  }
  return null;
}
