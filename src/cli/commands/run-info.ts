import { showInfo } from '../../answer/show-stats.js';
import type { RawArguments } from '../build-yargs.js';
import type { Io } from '../io.js';
import { sourceOptionsOf } from '../source-options.js';
import { redactorOf, tableOutputsOf } from '../table-options.js';
import { checkOutputs } from '../write-outputs.js';
import { statsRequest, withProgress, writeTables } from './run-table.js';

/** The command `info`: what a snapshot is. */
export async function runInfo(raw: RawArguments, io: Io): Promise<number> {
  const source = { ...sourceOptionsOf(raw), redactor: redactorOf(raw) };
  const outputs = tableOutputsOf(raw);
  await checkOutputs(outputs, io);
  return withProgress(raw, io, async (progress) => {
    const report = await showInfo(await statsRequest(raw, source, io, progress));
    await writeTables(outputs, report, { raw, io, progress });
    return 0;
  });
}
