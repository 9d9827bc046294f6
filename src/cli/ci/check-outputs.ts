import type { Repository } from '../../answer/ci/source-spot.js';
import { usage } from '../../errors.js';
import type { Output } from '../../question/outputs.js';
import { Redactor } from '../../redact/redactor.js';
import type { Check } from '../../report/ci/check.js';
import { isCheckFormat } from '../../report/ci/check-formats.js';
import { option, say } from '../../util/sentence.js';
import type { Asked, Session } from '../cli-command.js';
import { repositoryRoot } from './repository-root.js';

/** Outputs for services that run tests, and all others. */
export interface SortedOutputs {
  readonly checks: readonly Output[];
  readonly others: readonly Output[];
}

export function sortOutputs(outputs: readonly Output[]): SortedOutputs {
  return {
    checks: outputs.filter(({ format }) => isCheckFormat(format)),
    others: outputs.filter(({ format }) => !isCheckFormat(format)),
  };
}

/** @throws ShowBackrefError USAGE where there is no limit that could be reported on. */
export function checkHasLimits([first]: readonly Output[], { options }: Asked): void {
  if (first === undefined || options.failOn.length > 0) return;
  throw usage(
    say`${option('format', first.format)} reports on limits; add one, such as ${option('failOn', "'Session>100'")}`,
  );
}

/** The repository in which the command was started. */
export function repositoryOf({ options }: Asked, { io }: Session): Repository {
  return { root: repositoryRoot(io.cwd), redactor: new Redactor(options.redact) };
}

/** Writes what was found in the formats of services, and says where. */
export async function sayChecks(
  makeCheck: () => Promise<Check>,
  outputs: readonly Output[],
  { place, progress }: Session,
): Promise<void> {
  if (outputs.length === 0) return;
  const { writeChecks } = await import('../../answer/ci/write-checks.js');
  const onWritten = ({ file, path }: Output) => {
    if (file !== null) progress.say(`Report written to ${path}`);
  };
  await writeChecks(await makeCheck(), outputs, { ...place, onWritten });
}
