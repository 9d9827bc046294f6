import type { Output } from '../../question/outputs.js';
import type { Check } from '../../report/ci/check.js';
import { checkFormats } from '../../report/ci/check-formats.js';
import { type Destination, writeOutput } from '../write-outputs.js';

/** @throws ShowBackrefError OUTPUT_FAILED. */
export async function writeChecks(
  check: Check,
  outputs: readonly Output[],
  place: Destination,
): Promise<void> {
  for (const output of outputs) {
    const format = checkFormats.find(({ name }) => name === output.format);
    if (format === undefined) throw new Error(`format ${output.format} is missing from the table`);
    await writeOutput(output, await format.write(check), place);
  }
}
