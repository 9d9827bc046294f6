import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { withTemporaryFolder } from '../../files/temporary-folder.js';
import { entryUrl } from '../../util/entry-file.js';
import { checkScript, type NodeRun, runNode } from '../../util/run-node.js';
import { commandLine } from './memory-log.js';
import { SAMPLE_VARIABLE, type SampleRequest } from './sample-request.js';

export interface ScriptToSample extends Pick<NodeRun, 'stdout' | 'stderr' | 'signal'> {
  readonly file: string;
  readonly scriptArgs: readonly string[];
  /** Arguments of Node.js itself. */
  readonly nodeArgs: readonly string[];
  /** Milliseconds between two samples. */
  readonly every: number;
  /** The command to show as what was run. */
  readonly command: string;
}

export interface SampledScript {
  /** The text of a file of samples. */
  readonly log: string;
  /** A description of how the script ended; null if it ended normally. */
  readonly end: string | null;
}

/**
 * Runs a script while sampling its memory.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND when there is no such script.
 */
export async function runSampled(script: ScriptToSample): Promise<SampledScript> {
  await checkScript(script.file);
  return withTemporaryFolder(async (folder) => {
    const file = join(folder, 'samples');
    await writeFile(file, commandLine(script.command));
    const request: SampleRequest = { file, every: script.every };
    const { nodeArgs, scriptArgs, ...rest } = script;
    const argv = [
      ...nodeArgs,
      `--import=${entryUrl('#sample-program')}`,
      resolve(script.file),
      ...scriptArgs,
    ];
    const env = { [SAMPLE_VARIABLE]: JSON.stringify(request) };
    const end = await runNode({ ...rest, argv, env });
    return { log: await readFile(file, 'utf8'), end };
  });
}
