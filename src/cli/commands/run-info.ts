import { showInfo } from '../../answer/show-stats.js';
import { checkOutputs } from '../../answer/write-outputs.js';
import { Redactor } from '../../redact/redactor.js';
import { INFO_NEXT_STEP } from '../../report/next/table-next-step.js';
import { tableFormats } from '../../report/tables/table-formats.js';
import { tableOutputs } from '../answer-places.js';
import type { RunCommand } from '../cli-command.js';
import { onlySource, sourceRequest, tapOf } from '../source-request.js';
import { sayTables } from './run-table.js';

/** The command `info`: describes a snapshot. */
export const runInfo: RunCommand = async (asked, session) => {
  const typed = onlySource(asked);
  const outputs = tableOutputs(asked, session);
  await checkOutputs(outputs, tableFormats, session.place);
  const source = await sourceRequest(typed, asked, session);
  const redactor = new Redactor(asked.options.redact);
  const request = { source, tap: tapOf(asked, session.io), redactor };
  const report = await showInfo(request, session.work);
  await sayTables(report, outputs, session, { asked, next: INFO_NEXT_STEP });
  return 0;
};
