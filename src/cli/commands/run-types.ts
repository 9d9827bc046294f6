import { showDuplicateStrings, showTypes } from '../../answer/show-stats.js';
import type { RawArguments } from '../build-yargs.js';
import { crossedLimits } from '../fail-on.js';
import type { Io } from '../io.js';
import { oneOf, single, usage } from '../option-values.js';
import { sourceOptionsOf } from '../source-options.js';
import { isForReaders, listOptionsOf, redactorOf, tableOutputsOf } from '../table-options.js';
import { checkOutputs } from '../write-outputs.js';
import { reportLimits, statsRequest, withProgress, writeTables } from './run-table.js';

/** The command `types`: the classes of a heap, or its duplicate texts. */
export async function runTypes(raw: RawArguments, io: Io): Promise<number> {
  const source = { ...sourceOptionsOf(raw), redactor: redactorOf(raw) };
  const outputs = tableOutputsOf(raw);
  const { selection, limits } = listOptionsOf(raw, isForReaders(outputs));
  const order = single('--sort', raw.sort);
  const isStrings = raw.strings === true;
  const sort = oneOf('--sort', order, ['count', 'size', 'retained'], isStrings ? 'size' : 'count');
  if (isStrings) checkStrings(sort, limits.length);
  await checkOutputs(outputs, io);
  return withProgress(raw, io, async (progress) => {
    const request = { ...(await statsRequest(raw, source, io, progress)), selection };
    if (isStrings) {
      const byCount = sort === 'count';
      const report = await showDuplicateStrings({ ...request, sort: byCount ? 'count' : 'size' });
      await writeTables(outputs, report, { raw, io, progress });
      return 0;
    }
    const { report, types } = await showTypes({ ...request, sort });
    await writeTables(outputs, report, { raw, io, progress });
    const measured = types.map(({ name, count, retainedSize }) => {
      return { name, objects: count, bytes: retainedSize };
    });
    const words = { objects: 'objects', bytes: 'retained' };
    return reportLimits(crossedLimits(limits, measured, words), io);
  });
}

function checkStrings(sort: string, limitCount: number): void {
  if (sort === 'retained') throw usage('--sort retained is for classes; use count or size');
  if (limitCount > 0) throw usage('--fail-on is for classes; leave --strings out');
}
