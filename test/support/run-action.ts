import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readYaml } from './ci-packages.js';
import { temporaryFolder } from './temporary-folder.js';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** The results of a run of the action. */
export interface ActionRun {
  /** Of the last step that was run. */
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The upload: the input `with` of that step; null where it was not run. */
  readonly upload: Readonly<Record<string, string>> | null;
}

type Outputs = Record<string, Record<string, string>>;

/** The action, as data. */
export function readAction(): Action {
  return readYaml(readFileSync(resolve('action.yml'), 'utf8')) as Action;
}

/**
 * Runs the steps of action.yml in a repository, as a runner does by its documentation: values by expressions,
 * scripts by bash with `-eo pipefail`, outputs and the summary by the files that the environment names.
 */
export async function runAction(
  given: Readonly<Record<string, string>>,
  workspace: string,
  more: NodeJS.ProcessEnv = {},
): Promise<ActionRun> {
  const action = readAction();
  const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join(', ')}`);
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [
      name,
      given[name] ?? input.default ?? '',
    ]),
  );
  const files = temporaryFolder();
  const summary = join(files, 'summary.md');
  writeFileSync(summary, '');
  mkdirSync(join(files, 'temp'));
  const steps: Outputs = {};
  const run = { code: 0, log: '', upload: null as ActionRun['upload'] };
  for (const [at, step] of action.runs.steps.entries()) {
    const known = { inputs, steps };
    if (step.if !== undefined && evaluate(step.if, known) !== 'true') continue;
    if (step.uses !== undefined) {
      run.upload = evaluateAll(step.with ?? {}, known);
      continue;
    }
    const output = join(files, `output-${at}`);
    const script = join(files, `script-${at}.sh`);
    writeFileSync(output, '');
    // a runner writes the script into a file, expressions and all
    writeFileSync(script, evaluate(step.run ?? '', known));
    const { NODE_OPTIONS: _, ...own } = process.env;
    const env = {
      ...{ ...own, VITEST: undefined, NO_COLOR: '1', FORCE_COLOR: undefined, CI: 'true' },
      ...{ GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, RUNNER_TEMP: join(files, 'temp') },
      ...{ GITHUB_ACTION_PATH: resolve('.'), GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
      ...more,
      ...evaluateAll(step.env ?? {}, known),
    };
    const cwd = resolve(workspace, evaluate(step['working-directory'] ?? '.', known));
    const done = await runBash(script, { cwd, env });
    run.log += done.log;
    steps[step.id ?? String(at)] = readOutputs(readFileSync(output, 'utf8'));
    run.code = done.code;
    if (done.code !== 0) break;
  }
  const values = Object.entries(action.outputs).map(([name, { value }]) => [name, value] as const);
  const outputs = evaluateAll(Object.fromEntries(values), { inputs, steps });
  return { ...run, summary: readFileSync(summary, 'utf8'), outputs };
}

interface Known {
  readonly inputs: Readonly<Record<string, string>>;
  readonly steps: Outputs;
}

function evaluateAll(values: Readonly<Record<string, string>>, known: Known) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, evaluate(value, known)]),
  );
}

/** The two kinds of expression that the action has. */
function evaluate(text: string, { inputs, steps }: Known): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const [, path = '', compared] = /^([\w.-]+)(?: != '(.*)')?$/.exec(expression) ?? [];
    const [kind, name = '', part, key = ''] = path.split('.');
    const value =
      kind === 'inputs'
        ? inputs[name]
        : part === 'outputs'
          ? (steps[name]?.[key] ?? '')
          : undefined;
    if (value === undefined) throw new Error(`the expression ${expression} is unknown here`);
    return compared === undefined ? value : String(value !== compared);
  });
}

/** `name=value`, or the lines between `name<<end` and `end`. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, name, end] = /^([\w-]+)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined) {
      const last = lines.indexOf(end ?? '', at + 1);
      if (last < 0) throw new Error(`the output ${name} has no end`);
      outputs[name] = lines.slice(at + 1, last).join('\n');
      at = last;
    } else if (line !== '') {
      const [, plain = '', value = ''] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
      outputs[plain] = value;
    }
  }
  return outputs;
}

function runBash(
  script: string,
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
) {
  const argv = ['--noprofile', '--norc', '-eo', 'pipefail', script];
  return new Promise<{ code: number; log: string }>((done) => {
    execFile('bash', argv, { ...options, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), log: stdout + stderr });
    });
  });
}
