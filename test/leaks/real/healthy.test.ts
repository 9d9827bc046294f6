import { expect, it } from 'vitest';
import { ALL_CASES } from '../../support/cases.js';
import { declareMissing } from '../../support/declare-missing.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { leaksIn, MISSING_PACKAGES, namedHolder, snapshotsOf } from './run-program.js';

interface Healthy {
  /** The file of the program in healthy/. */
  readonly file: string;
  /** Holders that do leak there, and the reason why nothing else could be used. */
  readonly own?: RegExp;
  /** Takes long, so it is not run by `npm test`. */
  readonly isSlow?: boolean;
  /** The ordinary growth in it differs from version to version of Node.js: it runs on all of them. */
  readonly isHard?: boolean;
}

const HEALTHY: readonly Healthy[] = [
  { file: 'idle.cjs' },
  { file: 'express-server.cjs' },
  { file: 'fastify-server.cjs' },
  { file: 'react-server.cjs' },
  { file: 'websocket-server.cjs' },
  { file: 'worker-pool.cjs' },
  { file: 'piscina-pool.cjs' },
  { file: 'vm-contexts.cjs' },
  { file: 'language-service.cjs', isSlow: true },
  // Vitest 4.1 keeps a promise per run until it is closed
  { file: 'vitest-watch.mjs', own: /\.exitPromises -> Array/, isSlow: true },
  { file: 'bounded-caches.cjs' },
  { file: 'filling-cache.cjs', isHard: true },
  { file: 'new-files.cjs', isHard: true },
  { file: 'bytecode.cjs', isHard: true },
  { file: 'small-dictionaries.cjs', isHard: true },
];

/** A warm-up, and four rounds: five snapshots. */
const ROUNDS = 4;
const LONG_MS = 600_000;

for (const [index, runtime] of RUNTIMES.entries()) {
  describeRuntime(runtime, (execPath) => {
    if (MISSING_PACKAGES !== null) {
      declareMissing('healthy programs', MISSING_PACKAGES);
      return;
    }
    const chosen = index === 0 ? HEALTHY : HEALTHY.filter(({ isHard = false }) => isHard);
    const programs = chosen.filter(({ isSlow = false }) => ALL_CASES || !isSlow);
    const few = index === 0 || ALL_CASES ? programs : programs.slice(-1);
    it.each(few)('$file has no leak', { timeout: LONG_MS }, async ({ file, own }) => {
      const snapshots = await snapshotsOf(`healthy/${file}`, { execPath, rounds: ROUNDS });
      const inThree = await suspectsIn(snapshots.slice(0, 3), own);
      expect(
        inThree.filter(({ evidence, known }) => evidence !== 'growth' || known !== null),
      ).toEqual([]);
      const inFive = await suspectsIn(snapshots, own);
      expect(inFive.filter(({ evidence }) => evidence === 'leak')).toEqual([]);
    });
  });
}

async function suspectsIn(snapshots: readonly string[], own: RegExp | undefined) {
  const { suspects } = await leaksIn(snapshots);
  const named = suspects.map((suspect) => ({
    evidence: suspect.evidence,
    known: suspect.known,
    holder: namedHolder(suspect),
  }));
  return named.filter(({ holder }) => own === undefined || !own.test(holder));
}
