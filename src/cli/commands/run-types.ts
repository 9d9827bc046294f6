import { showDuplicateStrings, showTypes, toMeasured } from '../../answer/show-stats.js';
import { checkOutputs } from '../../answer/write-outputs.js';
import { usage } from '../../errors.js';
import { classLimits, crossedLimits, limitsOfNothing } from '../../question/class-limit.js';
import { classesNextStep } from '../../report/next/table-next-step.js';
import { tableFormats } from '../../report/tables/table-formats.js';
import { displayFile } from '../../util/display-file.js';
import { option, say } from '../../util/sentence.js';
import { STDOUT_TEXT, tableOutputs } from '../answer-places.js';
import { checkHasLimits, repositoryOf, sayChecks, sortOutputs } from '../ci/check-outputs.js';
import type { Asked, RunCommand } from '../cli-command.js';
import { onlySource, sourceRequest, tapOf } from '../source-request.js';
import { classListOf, reportLimits, sayTables } from './run-table.js';

/** The command `types`: lists the classes of a heap, or its duplicate texts. */
export const runTypes: RunCommand = async (asked, session) => {
  const { io, progress, work, place } = session;
  const { strings, sort, failOn, minSize } = asked.options;
  const typed = onlySource(asked);
  const { checks, others } = sortOutputs(tableOutputs(asked, session));
  const isTaken = checks.some(({ file }) => file === null);
  const outputs = others.length > 0 || isTaken ? others : [STDOUT_TEXT];
  const list = classListOf(asked.options, outputs);
  if (strings) checkStrings(asked.options);
  checkHasLimits(checks, asked);
  await checkOutputs([...outputs, ...checks], tableFormats, place);
  const source = await sourceRequest(typed, asked, session);
  const request = { ...list, source, tap: tapOf(asked, io) };
  if (strings) {
    const order = sort === 'count' ? 'count' : 'size';
    await sayTables(
      await showDuplicateStrings({ ...request, sort: order }, work),
      outputs,
      session,
      { asked },
    );
    return 0;
  }
  const limits = classLimits(failOn);
  const answer = await showTypes(
    {
      ...request,
      ...{ sort: sort ?? 'count', minSize: minSize ?? 0 },
      limits: checks.length > 0 ? limits : [],
    },
    work,
  );
  const next = classesNextStep(answer.listed);
  await sayTables(answer.report, outputs, session, { asked, next });
  const found = { ...answer, types: answer.types.map(toMeasured), words: WORDS };
  const check = async () => {
    const { toLimitsCheck } = await import('../../answer/ci/limits-check.js');
    const repository = repositoryOf(asked, session);
    const subject = repository.redactor.places(displayFile(typed ?? source.kind));
    const described = { ...found, command: 'types' as const, subject, source: subject };
    return toLimitsCheck(described, limits, repository);
  };
  await sayChecks(check, checks, session);
  const names = new Set(found.types.map(({ name }) => name));
  for (const sentence of limitsOfNothing(limits, names)) progress.say(sentence);
  return reportLimits(crossedLimits(limits, found.types, WORDS), io);
};

/** The units of a limit's numbers. */
const WORDS = { object: 'object', bytes: 'retained' };

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
