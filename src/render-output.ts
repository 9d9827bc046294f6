import type { Subgraph } from './collect/subgraph.js';
import type { OutputFormat, ReportOptions } from './report/formats.js';

export interface RenderOptions {
  readonly signal?: AbortSignal | undefined;
  /** Gets the sentences the user should see about a finished picture. */
  readonly onNotice?: (sentence: string) => void;
  /** A part of the work begins. */
  readonly onStage?: (words: string) => void;
}

/** Loads what draws while the heap is being read: both take most of a second. */
export async function prepareRendering(formats: readonly OutputFormat[]): Promise<void> {
  if (!formats.some(({ picture }) => picture !== null)) return;
  (await import('./render/svg.js')).prepareRenderSvg();
}

/**
 * The finished output: text, or the bytes of a picture.
 *
 * @throws ShowBackrefError RENDER_FAILED, INTERRUPTED.
 */
export async function renderOutput(
  subgraph: Subgraph,
  format: OutputFormat,
  report: ReportOptions,
  { signal, onNotice, onStage }: RenderOptions = {},
): Promise<string | Uint8Array> {
  const text = await format.write(subgraph, report);
  if (format.picture === null) return text;
  onStage?.('Laying out');
  const { renderSvg } = await import('./render/svg.js');
  const layout = renderSvg(text, signal === undefined ? {} : { signal });
  if (format.picture === 'svg') return await layout;
  // the rasterizer loads while the layout runs in its thread
  const [svg, { renderPng }] = await Promise.all([layout, loadPng()]);
  onStage?.('Drawing');
  const { bytes, notice } = await renderPng(svg);
  if (notice !== null) onNotice?.(notice);
  return bytes;
}

async function loadPng() {
  const png = await import('./render/png.js');
  await png.prepareRenderPng();
  return png;
}
