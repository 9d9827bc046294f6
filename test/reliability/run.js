// Runs the tests of reliability at full length and writes what they counted to docs/reliability.md. With
// RELIABILITY_SHARE below 1 it runs that part of the cases and writes nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));
const START = '<!-- numbers -->';
const END = '<!-- end of numbers -->';

const share = process.env.RELIABILITY_SHARE ?? '1';
const folder = mkdtempSync(join(tmpdir(), 'showbackref-reliability-'));
const results = join(folder, 'results');
writeFileSync(results, '');
const began = performance.now();
try {
  const { status } = spawnSync('npx', ['vitest', 'run', 'test/reliability'], {
    stdio: 'inherit',
    env: { ...process.env, RELIABILITY_SHARE: share, RELIABILITY_RESULTS: results },
  });
  if (status === 0 && share === '1') writePage();
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}

function writePage() {
  const rows = readFileSync(results, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .sort((a, b) => (a.what < b.what ? -1 : 1))
    .map(({ what, numbers }) => {
      const words = Object.entries(numbers).map(
        ([name, n]) => `${name}: ${n.toLocaleString('en')}`,
      );
      return `| ${what} | ${words.join(', ')} |`;
    });
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  const today = new Date().toISOString().slice(0, 10);
  const where = `Node.js ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores`;
  const text = [
    START,
    `Run on ${today} in ${minutes} minutes with ${where}; all of it passed.`,
    '',
    '| what | counted |',
    '|---|---|',
    ...rows,
    END,
  ].join('\n');
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest = ''] = page.split(START);
  writeFileSync(PAGE, `${before}${text}${rest.split(END)[1] ?? '\n'}`);
}
