import type { Subgraph } from './collect/subgraph.js';
import type { Renderer, ReportOptions } from './report/formats.js';
import { linkToPicture, type PlannedOutput } from './report/picture-link.js';

export interface RenderOptions {
  readonly signal?: AbortSignal | undefined;
  /** Gets the sentences the user should see about a finished picture. */
  readonly onNotice?: (sentence: string) => void;
  /** A part of the work begins. */
  readonly onStage?: (words: string) => void;
}

/** Loads what draws while the heap is being read: both take most of a second. */
export async function prepareRendering(outputs: readonly PlannedOutput[]): Promise<void> {
  if (outputs.every(({ format }) => format.kind === 'text')) return;
  (await import('./render/svg.js')).prepareRenderSvg();
}

/**
 * The finished outputs in their order: text, or bytes. What several of them draw is laid out once.
 *
 * @throws ShowBackrefError RENDER_FAILED, INTERRUPTED.
 */
export async function renderOutputs(
  subgraph: Subgraph,
  outputs: readonly PlannedOutput[],
  report: ReportOptions,
  options: RenderOptions = {},
): Promise<(string | Uint8Array)[]> {
  const renderer = makeRenderer(options);
  const finished: (string | Uint8Array)[] = [];
  for (const output of outputs) {
    const picture = linkToPicture(outputs, output);
    const { template, ...rest } = report;
    const own = {
      ...rest,
      ...(picture === undefined ? {} : { picture }),
      ...(template?.format === output.format.name ? { template } : {}),
    };
    finished.push(await output.format.write(subgraph, own, renderer));
  }
  return finished;
}

/** Draws DOT, each text once. */
function makeRenderer({ signal, onNotice, onStage }: RenderOptions): Renderer {
  const drawn = new Map<string, Promise<string>>();
  const svg = (dot: string) => {
    const before = drawn.get(dot);
    if (before !== undefined) return before;
    onStage?.('Laying out');
    const drawing = drawSvg(dot, signal);
    drawn.set(dot, drawing);
    return drawing;
  };
  const png = async (dot: string) => {
    // the rasterizer loads while the layout runs in its thread
    const [picture, { renderPng }] = await Promise.all([svg(dot), loadPng()]);
    onStage?.('Drawing');
    const { bytes, notice } = await renderPng(picture);
    if (notice !== null) onNotice?.(notice);
    return bytes;
  };
  const pdf = async (dot: string) => {
    const { renderPdf } = await import('./render/pdf.js');
    const picture = await svg(dot);
    onStage?.('Drawing');
    return renderPdf(picture);
  };
  return { svg, png, pdf };
}

async function drawSvg(dot: string, signal: AbortSignal | undefined): Promise<string> {
  const { renderSvg } = await import('./render/svg.js');
  return renderSvg(dot, signal === undefined ? {} : { signal });
}

async function loadPng() {
  const png = await import('./render/png.js');
  await png.prepareRenderPng();
  return png;
}
