/*
 * The step of action.yml that does the work: runs the command, compares the snapshots, writes the summary and
 * the outputs. It ends with 0 whatever was found, so that the picture is uploaded before the job fails. Needs
 * nothing but Node.js; inputs come in the environment.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { filesLike, filesSince } from './find-files.js';

/** GitHub takes 1024 KiB for a step, and nothing of what is longer. */
const MOST_SUMMARY = 900_000;
const USAGE = 2;

const inputs = Object.fromEntries(
  ['COMMAND', 'SNAPSHOTS', 'FAIL_ON', 'ACCEPT', 'REDACT', 'PICTURES', 'ARTIFACT', 'VERSION'].map(
    (name) => [name, (process.env[`SHOWBACKREF_${name}`] ?? '').trim()],
  ),
);

/** What is wrong with an input, in one sentence. */
class InputError extends Error {}

main();

function main() {
  const started = Date.now();
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'showbackref-'));
  const ofTests = join(folder, 'tests.md');
  try {
    checkInputs();
    const commanded = inputs.COMMAND === '' ? 0 : runCommand(ofTests);
    const compared = inputs.SNAPSHOTS === '' ? null : compare(folder, commanded);
    const code = commanded || (compared?.code ?? 0);
    // the upload begins in another folder
    const found = code === 0 ? [] : filesSince(inputs.PICTURES, started);
    const pictures = found.map((file) => resolve(file));
    const reports = compared?.files.filter((file) => existsSync(file)) ?? [];
    writeSummary([ofTests, compared?.summary], { commanded, isUploaded: code !== 0 });
    writeOutputs({
      'exit-code': String(code),
      picture: reports.find((file) => file.endsWith('.png')) ?? pictures[0] ?? '',
      sarif: reports.find((file) => file.endsWith('.sarif')) ?? '',
      junit: reports.find((file) => file.endsWith('.xml')) ?? '',
      files: [...reports, ...pictures].join('\n'),
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`showbackref: ${error.message}\n`);
    writeOutputs({ 'exit-code': String(USAGE), picture: '', sarif: '', junit: '', files: '' });
  }
}

function checkInputs() {
  if (inputs.COMMAND === '' && inputs.SNAPSHOTS === '') {
    throw new InputError('nothing to do; give a command, snapshots, or both');
  }
}

/** As GitHub runs a script of its own; a test that fails adds to the file what grew. */
function runCommand(summary) {
  const argv = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', inputs.COMMAND];
  const env = { ...process.env, SHOWBACKREF_SUMMARY: summary };
  return codeOf(spawnSync('bash', argv, { stdio: 'inherit', env }));
}

/** @returns null where the command failed before it had written them. */
function compare(folder, commanded) {
  const snapshots = inputs.SNAPSHOTS.split('\n').flatMap((line) => filesLike(line.trim()));
  if (snapshots.length === 0) {
    if (commanded !== 0) return null;
    throw new InputError(`no snapshots are named ${JSON.stringify(inputs.SNAPSHOTS)}`);
  }
  const [picture, sarif, junit, summary] = ['leak.png', 'leaks.sarif', 'leaks.xml', 'leaks.md'].map(
    (name) => join(folder, name),
  );
  const argv = [
    ...['leaks', ...snapshots.map(asFile), '--redact', inputs.REDACT || 'secrets'],
    ...inputs.FAIL_ON.split(/[\s,]+/).flatMap((kind) => (kind === '' ? [] : ['--fail-on', kind])),
    ...(inputs.ACCEPT === '' ? [] : ['--accept', asFile(inputs.ACCEPT)]),
    ...['--out', picture, '--out', sarif, '--out', junit, '--out', summary, '--format', 'github'],
  ];
  return { code: runTool(argv), files: [picture, sarif, junit], summary };
}

/** A name that begins with a dash is no option. */
function asFile(name) {
  return name.startsWith('-') ? `./${name}` : name;
}

/** The project's own version, else the one that fits this action. */
function runTool(argv) {
  const own = ownTool();
  const [program, first] =
    own === null ? ['npx', ['--yes', published()]] : [process.execPath, [own]];
  // text of a heap is printed: nothing of it is a command for the runner
  const token = randomUUID();
  process.stdout.write(`::stop-commands::${token}\n`);
  const done = spawnSync(program, [...first, ...argv], { stdio: 'inherit' });
  process.stdout.write(`::${token}::\n`);
  return codeOf(done);
}

function ownTool() {
  try {
    const file = createRequire(resolve('package.json')).resolve('showbackref/package.json');
    return join(file, '../bin/showbackref.js');
  } catch {
    return null;
  }
}

function published() {
  if (process.platform === 'win32') {
    throw new InputError(
      'on Windows install showbackref in the project: npm install -D showbackref',
    );
  }
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const wanted = inputs.VERSION || version;
  if (/^[\w.+-]+$/.test(wanted)) return `showbackref@${wanted}`;
  throw new InputError(`version ${JSON.stringify(wanted)} is not a version of a package`);
}

function codeOf({ status, error }) {
  if (error !== undefined) process.stderr.write(`showbackref: ${error.message}\n`);
  return status ?? 1;
}

function writeSummary(files, { commanded, isUploaded }) {
  const { GITHUB_STEP_SUMMARY: summary = '' } = process.env;
  if (summary === '') return;
  const texts = files.flatMap((file) => {
    return file !== undefined && existsSync(file) ? [readFileSync(file, 'utf8')] : [];
  });
  if (commanded !== 0) texts.push(`The command ended with exit code ${commanded}.\n`);
  if (isUploaded) {
    texts.push(
      `Pictures and reports are in the artifact ${asCode(inputs.ARTIFACT)} of this run.\n`,
    );
  }
  let room = MOST_SUMMARY;
  for (const text of texts) {
    room -= Buffer.byteLength(text) + 1;
    if (room < 0) return appendFileSync(summary, 'The rest did not fit into this summary.\n');
    appendFileSync(summary, `${text}\n`);
  }
}

/** A name between backticks, in which there is none. */
function asCode(name) {
  return `\`${name.replace(/[`\r\n]/g, ' ')}\``;
}

/** Between two lines that nobody can foretell, so that no value can be another output. */
function writeOutputs(outputs) {
  const { GITHUB_OUTPUT: file = '' } = process.env;
  if (file === '') return;
  for (const [name, value] of Object.entries(outputs)) {
    const end = `end-${randomUUID()}`;
    appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
  }
}
