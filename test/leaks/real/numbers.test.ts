import { expect, it } from 'vitest';
import { declareMissing } from '../../support/declare-missing.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { leaksIn, MISSING_PACKAGES, snapshotsOf } from './run-program.js';

const ALL = ['counts', 'latencies', 'received', 'seen', 'statuses', 'visitors'];
const MEMORY = 'bytes memory';
const LONG_MS = 180_000;

for (const runtime of RUNTIMES) {
  describeRuntime(runtime, (execPath) => {
    if (MISSING_PACKAGES !== null) {
      declareMissing('what grows without objects', MISSING_PACKAGES);
      return;
    }
    it('names what grows though nothing in it is an object', { timeout: LONG_MS }, async () => {
      const snapshots = await snapshotsOf('drivers/numbers-only.cjs', { execPath, rounds: 2 });
      const { suspects } = await leaksIn(snapshots);
      expect(suspects.map(({ evidence }) => evidence)).toEqual(suspects.map(() => 'leak'));
      // a text is many pieces until it is looked into, and then they are counted
      const known = suspects.map(({ holder, unit }) => `${unit} ${holder.label.split(' ')[0]}`);
      expect(known.filter((name) => name !== MEMORY)).toEqual(
        expect.arrayContaining([...ALL.map((name) => `bytes ${name}`), 'objects audit']),
      );
      // Node.js 26 has no node for it
      if (!runtime.name.includes('26')) expect(known).toContain(MEMORY);
      expect(known.length).toBeLessThanOrEqual(ALL.length + 2);
    });
  });
}
