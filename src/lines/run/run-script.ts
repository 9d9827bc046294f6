import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { ShowBackrefError } from '../../errors.js';
import { withTemporaryFolder } from '../../files/temporary-folder.js';
import { entryUrl } from '../../util/entry-file.js';
import { checkScript, runNode } from '../../util/run-node.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import { type LoadRequest, PROBE_VARIABLE } from '../probe/load-request.js';
import type { RunCounts } from '../strategy/profile-run.js';

const NO_TYPES = /\.[cm]?ts$/i;

/**
 * Without these flags, V8's compiler and collector work in other threads, and take memory at any
 * time.
 */
const STEADY = ['--single-threaded'];

export interface ScriptToProfile extends Omit<LoadRequest, 'resultFile'> {
  readonly file: string;
  readonly scriptArgs: readonly string[];
  /** Arguments of Node.js itself, such as `--import=tsx`. */
  readonly nodeArgs: readonly string[];
  /** Receives the script's own output. */
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Ends the script; the answer is what was counted until then. */
  readonly signal: AbortSignal;
}

export interface ProfiledScript extends RunCounts {
  /** A description of how the script ended; null if it ended normally. */
  readonly end: string | null;
}

/**
 * Runs a script with its functions measured.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND when there is no such script, SOURCE_UNREACHABLE when
 *   it was killed before it could leave its counts.
 */
export async function runScript(script: ScriptToProfile): Promise<ProfiledScript> {
  await checkScript(script.file);
  return withTemporaryFolder(async (folder) => {
    const resultFile = join(folder, 'counts.json');
    const end = await run(script, resultFile);
    const counts = await readFile(resultFile, 'utf8').catch((cause) => {
      throw new ShowBackrefError(
        'SOURCE_UNREACHABLE',
        say`"${script.file}" ${end ?? 'ended'} before its counts were written${hint(script.file)}`,
        { cause },
      );
    });
    return { ...(JSON.parse(counts) as RunCounts), end };
  });
}

async function run(script: ScriptToProfile, resultFile: string): Promise<string | null> {
  const { functions, modules, measure, nodeArgs, file, scriptArgs } = script;
  const { stdout, stderr, signal } = script;
  const request: LoadRequest = { functions, modules, measure, resultFile };
  // after other loaders, so that their result gets the probes
  const argv = [
    ...(measure === 'time' ? [] : STEADY),
    ...nodeArgs,
    `--import=${entryUrl('#probe-preload')}`,
    resolve(file),
    ...scriptArgs,
  ];
  const env = { [PROBE_VARIABLE]: JSON.stringify(request) };
  return runNode({ argv, env, stdout, stderr, signal });
}

function hint(file: string): Sentence {
  if (!NO_TYPES.test(file)) return '';
  return say`; it may need a loader for TypeScript, such as ${option('nodeArg')}=--import=tsx`;
}
