import { resolve } from 'node:path';
import { writeOutput } from '../../answer/write-outputs.js';
import { ShowBackrefError, usage } from '../../errors.js';
import { parseFunctionPattern } from '../../lines/probe/function-pattern.js';
import { lineFormats } from '../../lines/report/line-formats.js';
import { toLineReport } from '../../lines/report/line-report.js';
import { redactProfile } from '../../lines/report/redact-profile.js';
import { runScript } from '../../lines/run/run-script.js';
import { toLineProfile } from '../../lines/run/to-line-profile.js';
import type { Output } from '../../question/outputs.js';
import { namedOutputs, STDOUT_TEXT } from '../answer-places.js';
import type { Asked, RunCommand, Session } from '../cli-command.js';
import { onlyScript } from '../source-request.js';

const WAY = 'measured by probes put in when it was loaded';

/**
 * The commands `lprun` and `mprun`: run a script, and show what each line of some functions took.
 */
export const runLines: RunCommand = async (asked, session) => {
  const { io, progress } = session;
  const { command, options } = asked;
  const { function: functions, module: modules, unit, stripZeros, redact } = options;
  if (functions.length + modules.length === 0) {
    throw usage(`no function given; name one, for example ${command} app.js -f primes`);
  }
  functions.forEach(parseFunctionPattern);
  const script = onlyScript(asked, `${command} app.js`);
  const outputs = lineOutputs(asked, session);
  const counts = await runScript({
    functions,
    modules,
    measure: measureOf(asked),
    file: resolve(io.cwd, script),
    scriptArgs: asked.scriptArgs ?? [],
    nodeArgs: options.nodeArg,
    // standard output carries only the answer, so the script's output goes to standard error
    stdout: io.stderr,
    stderr: io.stderr,
    signal: io.signal,
  });
  if (counts.end !== null) progress.say(`${script} ${counts.end}`);
  if (counts.functions.length === 0) throw nothingFound(script, functions, modules);
  const profile = redactProfile(toLineProfile(counts, WAY), redact);
  const report = toLineReport(profile, { unit, stripZeros });
  // Ctrl-C ends the script, not this command: the answer is what was counted until then
  const { signal: _, ...place } = session.place;
  for (const output of outputs) {
    const format = lineFormats.find(({ name }) => name === output.format);
    await writeOutput(output, format?.write(report) ?? '', place);
  }
  return 0;
};

function measureOf({ command, options }: Asked) {
  if (command === 'lprun') return 'time';
  return options.live ? 'live memory' : 'memory';
}

function lineOutputs(asked: Asked, session: Session): readonly Output[] {
  const { text } = asked.options;
  const named = namedOutputs(asked, session);
  if (text.length === 0) return named.length > 0 ? named : [STDOUT_TEXT];
  const tables = text.map((path) => ({ path, file: resolve(session.io.cwd, path), format: 'txt' }));
  return asked.options.out.length > 0 ? [...named, ...tables] : tables;
}

function nothingFound(
  script: string,
  functions: readonly string[],
  modules: readonly string[],
): ShowBackrefError {
  const names = [...functions.map((name) => `"${name}"`), ...modules.map((name) => `-m "${name}"`)];
  const text = `${script} loaded no function ${names.join(', ')}; check the name, or name the file, too: -f FILE:NAME`;
  return new ShowBackrefError('NOTHING_SELECTED', text);
}
