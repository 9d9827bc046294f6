import { expect, it } from 'vitest';
import { caseCount } from '../../support/cases.js';
import { declareMissing } from '../../support/declare-missing.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { HELD_OUT_LEAKS } from './held-out-leaks.js';
import { type Major, REAL_LEAKS } from './real-leaks.js';
import { leaksIn, MISSING_PACKAGES, namedHolder, snapshotsOf } from './run-program.js';

/** A warm-up, and two rounds: three snapshots. */
const ROUNDS = 2;
const LONG_MS = 180_000;
/** Of Node.js versions other than this one, unless all cases are asked for. */
const FEW = 2;

/** Of three snapshots of each program, the first suspect is the holder that a thread blames. */
export function declareRealLeaks(major: Major): void {
  const runtime = RUNTIMES.find(({ name }) => name.includes(major));
  if (runtime === undefined) throw new Error(`No runtime ${major}.`);
  const all = [...HELD_OUT_LEAKS, ...REAL_LEAKS].filter(({ majors }) => {
    return majors === undefined || majors.includes(major);
  });
  const leaks = major === 'this one' ? all : all.slice(0, caseCount(all.length, FEW));
  describeRuntime(runtime, (execPath) => {
    if (MISSING_PACKAGES !== null) {
      declareMissing('leaks of public threads', MISSING_PACKAGES);
      return;
    }
    it.each(leaks)('$name', { timeout: LONG_MS }, async ({ name, blamed, known }) => {
      const snapshots = await snapshotsOf(`drivers/${name}.cjs`, { execPath, rounds: ROUNDS });
      const { suspects } = await leaksIn(snapshots);
      expect(namedHolder(suspects[0])).toMatch(blamed);
      expect(suspects[0]?.evidence).toBe('leak');
      expect(suspects[0]?.known?.id).toBe(known);
    });
  });
}
