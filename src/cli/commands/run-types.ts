import { showDuplicateStrings, showTypes } from '../../answer/show-stats.js';
import { checkOutputs } from '../../answer/write-outputs.js';
import { usage } from '../../errors.js';
import { classLimits, crossedLimits, limitsOfNothing } from '../../question/class-limit.js';
import { tableFormats } from '../../report/tables/table-formats.js';
import { option, say } from '../../util/sentence.js';
import { tableOutputs } from '../answer-places.js';
import type { Asked, RunCommand } from '../cli-command.js';
import { onlySource, sourceRequest, tapOf } from '../source-request.js';
import { classListOf, reportLimits, sayTables } from './run-table.js';

/** The command `types`: lists the classes of a heap, or its duplicate texts. */
export const runTypes: RunCommand = async (asked, session) => {
  const { io, progress, work, place } = session;
  const { strings, sort, failOn, minSize } = asked.options;
  const typed = onlySource(asked);
  const outputs = tableOutputs(asked, session);
  const list = classListOf(asked.options, outputs);
  if (strings) checkStrings(asked.options);
  await checkOutputs(outputs, tableFormats, place);
  const source = await sourceRequest(typed, asked, session);
  const request = { ...list, source, tap: tapOf(asked, io) };
  if (strings) {
    const order = sort === 'count' ? 'count' : 'size';
    await sayTables(
      await showDuplicateStrings({ ...request, sort: order }, work),
      outputs,
      session,
    );
    return 0;
  }
  const { report, types } = await showTypes(
    { ...request, sort: sort ?? 'count', minSize: minSize ?? 0 },
    work,
  );
  await sayTables(report, outputs, session);
  const measured = types.map(({ name, count, retainedSize }) => {
    return { name, objects: count, bytes: retainedSize };
  });
  const words = { object: 'object', bytes: 'retained' };
  const limits = classLimits(failOn);
  const names = new Set(measured.map(({ name }) => name));
  for (const sentence of limitsOfNothing(limits, names)) progress.say(sentence);
  return reportLimits(crossedLimits(limits, measured, words), io);
};

function checkStrings({ sort, failOn, minSize }: Asked['options']): void {
  if (minSize !== null) {
    throw usage(say`${option('minSize')} is for classes; leave ${option('strings')} out`);
  }
  if (sort === 'retained') {
    throw usage(say`${option('sort', 'retained')} is for classes; use count or size`);
  }
  if (failOn.length > 0) {
    throw usage(say`${option('failOn')} is for classes; leave ${option('strings')} out`);
  }
}
