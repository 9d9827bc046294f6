import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toJunit } from '../../../src/report/ci/to-junit.js';
import { toSarif } from '../../../src/report/ci/to-sarif.js';
import { caseCount } from '../../support/cases.js';
import { junitFaults, NO_CI_PACKAGES, sarifChecker } from '../../support/ci-packages.js';
import { declareMissing } from '../../support/declare-missing.js';
import { runCli } from '../../support/fake-io.js';
import { HeapBuilder } from '../../support/heap-builder.js';
import { randomCheck } from '../../support/random-check.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const SECRET = `AKIA${'QWERTZUIOPASDFGH'}`;

/** global ──.list──> Array ──[i]──> Session, ten more at each moment, and jobs in a list called by a secret. */
function heapAt(moment: number): HeapBuilder {
  const heap = new HeapBuilder();
  const list = heap.node('object', 'Array', { id: 2001, size: 16 });
  heap.edge(heap.global, 'property', 'list', list);
  const queue = heap.node('object', 'Queue', { id: 2003, size: 16 });
  heap.edge(heap.global, 'property', 'queue', queue);
  const jobs = heap.node('object', 'Array', { id: 2005, size: 16 });
  heap.edge(queue, 'property', SECRET, jobs);
  for (let i = 0; i < 10 * (moment + 1); i++) {
    heap.edge(list, 'element', i, heap.node('object', 'Session', { id: 3001 + 4 * i, size: 64 }));
    heap.edge(jobs, 'element', i, heap.node('object', 'Job', { id: 3003 + 4 * i, size: 32 }));
  }
  return heap;
}

/** Three moments in the folder of a repository. */
function savedHeaps(): { readonly cwd: string; readonly names: readonly string[] } {
  const cwd = join(temporaryFolder(), 'sub');
  mkdirSync(join(cwd, '../.git'), { recursive: true });
  mkdirSync(cwd);
  const names = [0, 1, 2].map((moment) => {
    const name = `${moment + 1}.heapsnapshot`;
    writeFileSync(join(cwd, name), heapAt(moment).bytes());
    return name;
  });
  return { cwd, names };
}

interface Log {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly ruleId: string;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly suppressions?: readonly unknown[];
      }[];
    },
  ];
}

const resultsOf = (text: string) => (JSON.parse(text) as Log).runs[0].results;

describe('reports of the command line', () => {
  test('leaks: several at once, each in its file, and the exit code stays', async () => {
    const { cwd, names } = savedHeaps();
    const out = ['a.sarif', 'a.xml', 'a.png'].flatMap((file) => ['--out', file]);
    const argv = [
      'leaks',
      ...names,
      ...out,
      '--out',
      '-',
      '--format',
      'github',
      '--fail-on',
      'leak',
    ];
    const { code, stdout, stderr } = await runCli(argv, { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('Report written to a.sarif');
    expect(stdout).toContain('## showbackref leaks: 2 failed');
    const sarif = readFileSync(join(cwd, 'a.sarif'), 'utf8');
    expect(resultsOf(sarif).map(({ level }) => level)).toEqual(['error', 'error']);
    expect(resultsOf(sarif)[0]?.message.text).toContain('globalThis.list (Array of Session)');
    expect(readFileSync(join(cwd, 'a.xml'), 'utf8')).toContain('failures="2"');
    expect(existsSync(join(cwd, 'a.png'))).toBe(true);
    for (const text of [stdout, sarif, readFileSync(join(cwd, 'a.xml'), 'utf8')]) {
      expect(text).not.toContain(SECRET);
    }
  });

  test('leaks: what an accept list has is suppressed, skipped and not drawn', async () => {
    const { cwd, names } = savedHeaps();
    const accept = ['--accept', 'leaks.json'];
    await runCli(['leaks', ...names, ...accept, '--update-accept'], { cwd });
    const rows: { reason: string }[] = JSON.parse(readFileSync(join(cwd, 'leaks.json'), 'utf8'));
    const [first] = rows;
    if (first !== undefined) first.reason = 'has a limit';
    writeFileSync(join(cwd, 'leaks.json'), JSON.stringify(rows));
    const out = ['--out', 'a.sarif', '--out', 'a.xml', '--format', 'github'];
    const argv = ['leaks', ...names, ...accept, ...out, '--out', 'a.md', '--fail-on', 'leak'];
    const { code } = await runCli(argv, { cwd });
    expect(code).toBe(3);
    const [listed, open] = resultsOf(readFileSync(join(cwd, 'a.sarif'), 'utf8'));
    expect(listed?.suppressions).toHaveLength(1);
    expect(open?.suppressions).toBeUndefined();
    expect(readFileSync(join(cwd, 'a.xml'), 'utf8')).toContain('<skipped>Accepted: has a limit');
    const summary = readFileSync(join(cwd, 'a.md'), 'utf8');
    expect(summary).toContain('Accepted: has a limit');
    expect(summary.match(/```mermaid/g)).toHaveLength(1);
  });

  test.each(['types', 'growth'])('%s: one finding for each limit', async (command) => {
    const { cwd, names } = savedHeaps();
    const sources = command === 'types' ? names.slice(-1) : names;
    const limits = ['Session>15', 'Job>100'].flatMap((limit) => ['--fail-on', limit]);
    const out = ['--out', 'a.sarif', '--out', 'a.xml', '--out', '-', '--format', 'github'];
    const { code, stdout } = await runCli([command, ...sources, ...limits, ...out], { cwd });
    expect(code).toBe(3);
    expect(resultsOf(readFileSync(join(cwd, 'a.sarif'), 'utf8'))).toMatchObject([
      { ruleId: 'limit', level: 'error' },
    ]);
    expect(readFileSync(join(cwd, 'a.xml'), 'utf8')).toContain('tests="2" failures="1"');
    expect(stdout).toContain('### ❌ limit: Session');
    expect(stdout).toContain('### ✅ limit: Job');
    expect(stdout.match(/```mermaid/g)).toHaveLength(1);
    expect(stdout).toMatch(/\[0\].*|└─ .* ← Array @2001/);
  });

  test.each(['types', 'growth'])('%s without a limit is a usage error', async (command) => {
    const { cwd, names } = savedHeaps();
    const { code, stderr } = await runCli([command, ...names.slice(-1), '--format', 'sarif'], {
      cwd,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('--format sarif reports on limits; add one, such as --fail-on');
  });

  test('other commands do not have these formats', async () => {
    const { cwd, names } = savedHeaps();
    const { code, stderr } = await runCli(['info', ...names.slice(-1), '--format', 'sarif'], {
      cwd,
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('--format "sarif" is unknown')]);
  });
});

if (NO_CI_PACKAGES !== null) declareMissing('reports by their schemas', NO_CI_PACKAGES);
else {
  const checks = Array.from({ length: caseCount(200) }, (_, seed) => randomCheck(seed + 1));

  test('sarif is valid by the schema of SARIF 2.1.0, whatever text is in it', () => {
    const faultsIn = sarifChecker();
    expect(faultsIn('{"version":"2.1.0","runs":[{}]}')).not.toEqual([]);
    for (const check of checks) expect(faultsIn(toSarif(check))).toEqual([]);
  });

  test('junit is valid by the schema of Jenkins, whatever text is in it', async () => {
    expect(await junitFaults(['<testsuites><case/></testsuites>'])).not.toEqual([]);
    expect(await junitFaults(checks.map(toJunit))).toEqual([]);
  });
}
