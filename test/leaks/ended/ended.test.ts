import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sampleOf } from '../../support/cases.js';
import { declareMissing } from '../../support/declare-missing.js';
import { runBin } from '../../support/run-bin.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const LONG_MS = 120_000;

/** The variables of the program, and the sign that their content has ended. */
const KINDS = {
  sockets: 'closed-socket',
  responses: 'finished-response',
  requests: 'finished-request',
  workers: 'exited-worker',
  programs: 'ended-process',
  streams: 'closed-stream',
  signals: 'aborted-signal',
  fibers: 'unmounted-fiber',
  components: 'unmounted-component',
  subscribers: 'closed-subscriber',
  spans: 'ended-span',
  disposables: 'disposed',
};

interface Suspect {
  readonly evidence: string;
  readonly proof: string | null;
  readonly path: readonly string[];
}

/** For each Node.js in full, otherwise for the oldest and the newest. */
const [oldest, ...newer] = RUNTIMES;
const FEW = [oldest, newer.at(-1)].flatMap((runtime) => runtime ?? []);

for (const runtime of sampleOf(RUNTIMES, FEW)) {
  describeRuntime(runtime, (execPath) => {
    if (!existsSync(`${FOLDER}node_modules`)) {
      const how = 'not installed: run npm ci --ignore-scripts --prefix test/leaks/ended';
      declareMissing('what has ended', how);
      return;
    }
    it('what has ended is held by one variable each, what is open is not named', {
      timeout: LONG_MS,
    }, async () => {
      const file = `${temporaryFolder()}/ended.heapsnapshot`;
      const program = { execPath, bin: `${FOLDER}ended.cjs`, nodeArgs: ['--no-warnings'] };
      const made = await runBin([file], program);
      expect(made.code, made.stderr).toBe(0);
      const { stdout, stderr } = await runBin(['leaks', file, '--no-known', '--format', 'json']);
      expect(stderr).toBe('');
      const { suspects } = JSON.parse(stdout) as { readonly suspects: readonly Suspect[] };
      const proofs = suspects.filter(({ evidence }) => evidence === 'proof');
      const found = proofs.map(({ proof, path }) => {
        const [holder, variable] = path.slice(-3);
        return `${holder} ${variable?.replace(/ -> .*/s, '')} ${proof}`;
      });
      const expected = Object.entries(KINDS).map(([name, kind]) => {
        return `.ended -> Object .${name} ${kind}`;
      });
      expect(found.sort()).toEqual(expected.sort());
    });
  });
}
