import { resolve } from 'node:path';
import { ShowBackrefError } from '../../errors.js';
import { writeWholeFile } from '../../files/write-whole-file.js';
import type { Measure } from '../../lines/meter/measure.js';
import { toLineReport } from '../../lines/report/line-report.js';
import { redactProfile } from '../../lines/report/redact-profile.js';
import { runScript } from '../../lines/run/run-script.js';
import { toLineProfile } from '../../lines/run/to-line-profile.js';
import type { RawArguments } from '../build-yargs.js';
import type { Io } from '../io.js';
import { write } from '../io.js';
import { type ProfileOptions, profileOptionsOf } from '../profile-options.js';
import { TerminalProgress } from '../progress.js';

const WAY = 'measured by probes put in when it was loaded';

/** The command `lprun`: runs a script, tells what each line of some functions took. */
export async function runLprun(raw: RawArguments, io: Io): Promise<number> {
  return run(profileOptionsOf(raw, 'lprun'), 'time', io);
}

/** The command `mprun`: the same for the memory each line took. */
export async function runMprun(raw: RawArguments, io: Io): Promise<number> {
  const options = profileOptionsOf(raw, 'mprun');
  return run(options, raw.live === true ? 'live memory' : 'memory', io);
}

async function run(options: ProfileOptions, measure: Measure, io: Io): Promise<number> {
  const progress = new TerminalProgress(io.stderr, options.quiet);
  const counts = await runScript({
    ...options,
    measure,
    file: resolve(io.cwd, options.script),
    // standard output carries the answer only, so the script's output goes beside it
    stdout: io.stderr,
    stderr: io.stderr,
    signal: io.signal,
  });
  if (counts.end !== null) progress.say(`${options.script} ${counts.end}`);
  if (counts.functions.length === 0) throw nothingFound(options);
  const profile = redactProfile(toLineProfile(counts, WAY), options.redact);
  const report = toLineReport(profile, options);
  // not given up on Ctrl-C, which ends the script: what was counted until then is the answer
  for (const { path, format } of options.outputs) {
    const content = format.write(report);
    if (path === '-') await write(io.stdout, content);
    else await writeWholeFile(resolve(io.cwd, path), content, { shown: path, option: '--out' });
  }
  return 0;
}

function nothingFound({ script, functions, modules }: ProfileOptions): ShowBackrefError {
  const names = [...functions.map((name) => `"${name}"`), ...modules.map((name) => `-m "${name}"`)];
  const text = `${script} loaded no function ${names.join(', ')}; check the name, or name the file, too: -f FILE:NAME`;
  return new ShowBackrefError('NOTHING_SELECTED', text);
}
