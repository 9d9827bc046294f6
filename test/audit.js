// Asks the registry for known weaknesses of what is installed with showbackref: `npm run audit`. Exit code
// 1 when there are any; where the registry cannot be asked, one line says so, and nothing has failed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MOST_MS = 60_000;

const { stdout, error } = spawnSync('npm', ['audit', '--omit', 'dev', '--json'], {
  cwd: ROOT,
  encoding: 'utf8',
  timeout: MOST_MS,
  // npm is a script there
  shell: process.platform === 'win32',
});
const report = parse(stdout);

if (report?.metadata?.vulnerabilities === undefined) {
  const reason = report?.message ?? report?.error?.summary ?? error?.message ?? 'no answer';
  console.log(`not audited: the registry cannot be asked (${String(reason).split('\n')[0]})`);
} else {
  const { total } = report.metadata.vulnerabilities;
  const { prod } = report.metadata.dependencies;
  console.log(`${total} known weaknesses in ${prod} packages`);
  for (const { name, severity, via } of Object.values(report.vulnerabilities)) {
    // what is weak, or the name of the package that is
    const reasons = via.map((reason) => reason.title ?? reason);
    console.log(`${name}: ${severity}, ${reasons.join(', ')}`);
  }
  process.exitCode = total === 0 ? 0 : 1;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
