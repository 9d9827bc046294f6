import { checkOutputs } from '../../answer/write-outputs.js';
import { usage } from '../../errors.js';
import { Redactor } from '../../redact/redactor.js';
import { toProcessesReport } from '../../report/tables/processes-report.js';
import { withMasked } from '../../report/tables/table.js';
import { tableFormats } from '../../report/tables/table-formats.js';
import { lookAtProcesses } from '../../source/process/look-at-processes.js';
import { shortCommand } from '../../source/process/process-command.js';
import { tableOutputs } from '../answer-places.js';
import type { RunCommand } from '../cli-command.js';
import { sayTables } from './run-table.js';

/** The command `ps`: lists the processes that can be looked at. */
export const runPs: RunCommand = async (asked, session) => {
  const [source] = asked.sources;
  if (source !== undefined) throw usage(`ps lists all processes; leave "${source}" out`);
  const outputs = tableOutputs(asked, session);
  await checkOutputs(outputs, tableFormats, session.place);
  const redactor = new Redactor(asked.options.redact);
  const rows = (await lookAtProcesses()).map((one) => ({
    ...{ pid: one.pid, engine: one.engine },
    command: redactor.places(shortCommand(one)),
    script: one.script === null ? null : redactor.places(one.script),
    role: one.role,
    ...{ ageSeconds: Math.floor(one.ageSeconds), rss: one.rss, heapUsed: one.heapUsed },
    ...{ inspector: one.inspector, parent: one.parent, workers: one.workers },
  }));
  await sayTables(withMasked(toProcessesReport(rows), redactor), outputs, session, {
    asked,
  });
  return 0;
};
