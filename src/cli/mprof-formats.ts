import { drawPlot } from '../answer/draw-plot.js';
import type { MemoryLog } from '../lines/memory/memory-log.js';
import { toMemoryReport } from '../lines/memory/memory-report.js';
import { type PlotOptions, toPlot } from '../lines/memory/to-plot.js';
import { tableFormats } from '../report/tables/table-formats.js';
import type { Sentence } from '../util/sentence.js';

/** The samples of a run, and how to show them. */
export interface MemoryAnswer extends PlotOptions {
  readonly log: MemoryLog;
  /** The text of the file of samples. */
  readonly text: string;
  readonly onNotice: (sentence: Sentence) => void;
}

/** One format of memory over time. */
export interface MemoryFormat {
  readonly name: string;
  /** With the dot, in lower case. */
  readonly extension: string;
  readonly binary: boolean;
  readonly write: (answer: MemoryAnswer) => string | Promise<Uint8Array>;
}

/** Every format, in the order of the help; `dat` is the file of samples itself. */
export const memoryFormats: readonly MemoryFormat[] = [
  {
    ...{ name: 'png', extension: '.png', binary: true },
    write: (answer) => drawPlot(toPlot(answer.log, answer), answer.onNotice),
  },
  {
    ...{ name: 'svg', extension: '.svg', binary: false },
    write: (answer) => toPlot(answer.log, answer),
  },
  ...tableFormats.map(({ name, extension, write }) => ({
    ...{ name, extension, binary: false },
    write: ({ log }: MemoryAnswer) => write(toMemoryReport(log)),
  })),
  { ...{ name: 'dat', extension: '.dat', binary: false }, write: ({ text }) => text },
];
