import { resolve } from 'node:path';
import { type GraphCommand, showGraph } from '../../answer/show-graph.js';
import { describeOutput } from '../../report/describe-output.js';
import { StageTimes } from '../../util/stage-times.js';
import type { RawArguments } from '../build-yargs.js';
import type { RunCommand } from '../commands.js';
import type { Io } from '../io.js';
import { normalizeOptions } from '../normalize-options.js';
import { TerminalProgress } from '../progress.js';
import { readUserTemplate } from '../read-template.js';
import { sourceMapsOf } from '../source-maps-option.js';
import { sourceRequest } from '../source-request.js';
import { textWidthOf } from '../text-width.js';
import { checkOutputs, keepHeap, writeOutput } from '../write-outputs.js';

/** The commands that draw: `backrefs`, `refs` and `chain`. */
export function runGraph(command: GraphCommand): RunCommand {
  return (raw, io) => draw(command, raw, io);
}

async function draw(command: GraphCommand, raw: RawArguments, io: Io): Promise<number> {
  const options = normalizeOptions(raw, command);
  const widthOf = textWidthOf(raw, io);
  const { keep } = options;
  const sourceMaps = sourceMapsOf(raw, io.cwd);
  const progress = new TerminalProgress(
    io.stderr,
    options.quiet,
    raw.debug === true ? new StageTimes() : null,
  );
  await checkOutputs(options.outputs, io);
  const template = await readUserTemplate(options, io);
  try {
    const answer = await showGraph({
      command,
      source: await sourceRequest(options, io, progress),
      targets: options.targets,
      options: options.options,
      outputs: options.outputs.map(({ path, format }) => {
        return { format, file: fileOf(path, io), width: widthOf(path) };
      }),
      report: { ...options.report, ...template },
      ...(keep !== null && {
        tap: (bytes) => keepHeap(bytes, { path: keep, option: '--keep' }, io),
      }),
      maxMemory: options.maxMemory,
      sourceMaps,
      ...{ signal: io.signal, ahead: io.ahead ?? null },
      progress,
    });
    for (const note of answer.notes) progress.say(note);
    for (const [index, output] of options.outputs.entries()) {
      progress.clear();
      await writeOutput(output, answer.outputs[index] ?? '', io);
      if (output.path !== '-') progress.say(describeOutput(output, answer.subgraph));
    }
    progress.sayTimes();
    return 0;
  } finally {
    progress.clear();
  }
}

function fileOf(path: string, io: Io): string | null {
  return path === '-' ? null : resolve(io.cwd, path);
}
