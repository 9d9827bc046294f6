import { extname, resolve } from 'node:path';
import type { REPLServer } from 'node:repl';
import { writeWholeFile } from '../files/write-whole-file.js';
import type { Measure } from '../lines/meter/measure.js';
import type { CallTarget } from '../lines/probe/find-target.js';
import { findLineFormat } from '../lines/report/line-formats.js';
import { toLineReport } from '../lines/report/line-report.js';
import { redactProfile } from '../lines/report/redact-profile.js';
import { toLineText } from '../lines/report/to-line-text.js';
import type { LineProfile } from '../lines/run/line-profile.js';
import { profileCall } from '../lines/run/profile-call.js';
import { evaluate, evaluateNow, evaluateStatement } from './evaluate.js';
import type { TypedCommand } from './prompt-command.js';
import { type LprunLine, readLprun } from './read-lprun.js';
import { withoutScope } from './script-scope.js';

/** `.lprun -f FUNC STATEMENT`: an error that the statement throws is shown after the table. */
export async function runLprun({ server, text, signal }: TypedCommand): Promise<void> {
  await run(server, readLprun(text, 'lprun'), 'time', signal);
}

/** `.mprun -f FUNC [--live] STATEMENT`: the same for memory. */
export async function runMprun({ server, text, signal }: TypedCommand): Promise<void> {
  const line = readLprun(text, 'mprun');
  await run(server, line, line.options.live ? 'live memory' : 'memory', signal);
}

async function run(
  server: REPLServer,
  { options, statement: code }: LprunLine,
  measure: Measure,
  signal: AbortSignal,
): Promise<void> {
  const targets = await targetsOf(server, options);
  const statement = () => evaluateStatement(server, code);
  const { profile, failure } = await profileCall(statement, targets, {
    signal,
    measure,
    globals: server.context,
  });
  const report = toLineReport(redactProfile(withoutScopes(profile), 'secrets'), options);
  server.output.write(toLineText(report));
  for (const path of options.text) {
    const format = findLineFormat(extname(path)) ?? { write: toLineText };
    const place = { shown: path, option: 'text' } as const;
    await writeWholeFile(resolve(path), format.write(report), place);
  }
  if (failure !== null) throw failure.error;
}

/** The profile with the script's lines as they were written, for `showbackref repl`. */
function withoutScopes(profile: LineProfile): LineProfile {
  const functions = profile.functions.map((measured) => ({
    ...measured,
    lines: measured.lines.map((line) => ({ ...line, text: withoutScope(line.text) })),
  }));
  return { ...profile, functions };
}

async function targetsOf(
  server: REPLServer,
  { function: functions, module: modules }: LprunLine['options'],
): Promise<readonly CallTarget[]> {
  const named = functions.map(async (name) => {
    const target = await evaluate(server, `(${name})`);
    return { target: target as object, name, rebind: rebinder(server, name, target) };
  });
  const exported = modules.map(async (module) => {
    const found = (await evaluate(server, `import(${JSON.stringify(module)})`)) as object;
    const inner = 'default' in found ? Object(found.default) : {};
    return Object.entries({ ...inner, ...found }).flatMap(([name, target]) =>
      typeof target === 'function' ? [{ target, name: `${module}.${name}` }] : [],
    );
  });
  const all = [...(await Promise.all(named)), ...(await Promise.all(exported)).flat()];
  return all.filter(({ target }, at) => all.findIndex((other) => other.target === target) === at);
}

/** Assigns to the name that was typed after `-f`. */
function rebinder(
  server: REPLServer,
  name: string,
  target: unknown,
): (text: string) => (() => void) | null {
  return (text) => {
    try {
      const assign = evaluateNow(server, `(value) => { ${name} = value }`) as (
        value: unknown,
      ) => void;
      const copy = evaluateNow(server, text);
      assign(copy);
      return () => assign(target);
    } catch {
      // a constant, for example
      return null;
    }
  };
}
