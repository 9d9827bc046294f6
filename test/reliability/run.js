// Runs the tests of reliability at full length, part after part, and writes the counts of each to
// docs/reliability.md as soon as it has passed: a run that is stopped loses only the part in
// progress.
//
//   npm run test:reliability                 every part
//   npm run test:reliability -- soak         this one, or several
//   npm run test:reliability -- --list
//
// With RELIABILITY_SHARE below 1 it runs that share of the cases and writes nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const PAGE = join(ROOT, 'docs/reliability.md');
const START = '<!-- numbers -->';
const END = '<!-- end of numbers -->';
/** Several times as long as the longest part takes on two idle cores. */
const MOST_MS = 90 * 60_000;

const SUFFIX = '.test.ts';
const ALL = readdirSync(HERE)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length))
  .sort();
const share = process.env.RELIABILITY_SHARE ?? '1';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => name !== '--list' && !ALL.includes(name));
if (unknown.length > 0) {
  console.error(`unknown part "${unknown[0]}"; name some of ${ALL.join(', ')}`);
  process.exitCode = 2;
} else if (wanted.includes('--list')) console.log(ALL.join('\n'));
else runParts(wanted.length > 0 ? wanted : ALL);

function runParts(parts) {
  const failed = [];
  for (const [index, part] of parts.entries()) {
    console.log(`\n== ${part}, part ${index + 1} of ${parts.length}`);
    const began = performance.now();
    const counted = runPart(part);
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`== ${part}: ${counted === null ? 'FAILED' : 'passed'} after ${seconds} s`);
    if (counted === null) failed.push(part);
    else if (share === '1') writeRows(part, counted, seconds);
  }
  const passed = parts.length - failed.length;
  console.log(`\n${passed} of ${parts.length} parts passed`);
  if (failed.length > 0) {
    console.log(`again: npm run test:reliability -- ${failed.join(' ')}`);
    process.exitCode = 1;
  }
}

/** The counts of a part, one object per subject; null if it failed or took too long. */
function runPart(part) {
  const folder = mkdtempSync(join(tmpdir(), 'showbackref-reliability-'));
  const results = join(folder, 'results');
  writeFileSync(results, '');
  try {
    const argv = [VITEST, 'run', '--reporter=verbose', `test/reliability/${part}${SUFFIX}`];
    const { status } = spawnSync(process.execPath, argv, {
      cwd: ROOT,
      stdio: 'inherit',
      timeout: MOST_MS,
      env: { ...process.env, RELIABILITY_SHARE: share, RELIABILITY_RESULTS: results },
    });
    const lines = readFileSync(results, 'utf8').split('\n').filter(Boolean);
    return status === 0 ? lines.map((line) => JSON.parse(line)) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Replaces the rows of this part, and leaves those of the others unchanged. */
function writeRows(part, counted, seconds) {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest = ''] = page.split(START);
  const [table = '', after = '\n'] = rest.split(END);
  const key = `| \`${part}\` |`;
  const others = table.split('\n').filter((line) => /^\| `/.test(line) && !line.startsWith(key));
  const day = new Date().toISOString().slice(0, 10);
  const where = `${day}, Node.js ${process.version}, ${cpus().length} cores, ${seconds} s`;
  const own = counted.map(({ what, numbers }) => {
    const words = Object.entries(numbers).map(([name, n]) => `${name}: ${n.toLocaleString('en')}`);
    return `${key} ${what} | ${words.join(', ')} | ${where} |`;
  });
  const rows = [...others, ...own].sort();
  const head = ['', '| part | what | counted | run |', '|---|---|---|---|'];
  writeFileSync(PAGE, [`${before}${START}`, ...head, ...rows, '', `${END}${after}`].join('\n'));
}
