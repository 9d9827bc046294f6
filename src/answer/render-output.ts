import type { Subgraph } from '../collect/picture/subgraph.js';
import type { ReportOptions } from '../report/formats.js';
import { linkToPicture, type PlannedOutput } from '../report/picture-link.js';
import { makeRenderer, type RenderOptions } from './make-renderer.js';

/**
 * Loads what draws while the heap is being read: both take most of a second.
 *
 * @throws ShowBackrefError RENDER_FAILED when what draws one of them is not installed.
 */
export async function prepareRendering(outputs: readonly PlannedOutput[]): Promise<void> {
  if (outputs.every(({ format }) => format.kind === 'text')) return;
  if (outputs.some(({ format }) => format.name === 'pdf')) {
    await (await import('../render/pdf.js')).loadPdfKit();
  }
  (await import('../render/svg.js')).prepareRenderSvg();
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
  const renderer = makeRenderer(report.fonts ?? [], options);
  const finished: (string | Uint8Array)[] = [];
  for (const output of outputs) {
    const picture = linkToPicture(outputs, output);
    const { template, ...rest } = report;
    const own = {
      ...rest,
      ...(picture === undefined ? {} : { picture }),
      ...(output.width === undefined ? {} : { width: output.width }),
      ...(template?.format === output.format.name ? { template } : {}),
    };
    finished.push(await output.format.write(subgraph, own, renderer));
  }
  return finished;
}
