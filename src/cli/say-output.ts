import type { Subgraph } from '../collect/picture/subgraph.js';
import type { Output } from '../question/outputs.js';
import { describeOutput } from '../report/describe-output.js';
import { findFormat } from '../report/formats.js';
import type { TerminalProgress } from './progress.js';

/** Says which graph was written to which file, but nothing for standard output. */
export function sayOutput(progress: TerminalProgress) {
  return ({ path, file, format }: Output, subgraph: Subgraph): void => {
    if (file === null) return;
    const kind = findFormat(format)?.kind ?? 'text';
    progress.say(describeOutput({ path, format: { kind } }, subgraph));
  };
}
