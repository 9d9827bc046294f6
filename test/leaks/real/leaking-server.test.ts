import { expect, it } from 'vitest';
import { leaksIn } from './run-program.js';
import { leakingServer, mendedServer, serverSnapshots } from './server-snapshots.js';

const LONG_MS = 180_000;

it('the server of the examples keeps a listener for each visitor', {
  timeout: LONG_MS,
}, async () => {
  const { suspects } = await leaksIn(await serverSnapshots(leakingServer()));
  expect(suspects.map(({ evidence }) => evidence)).toContain('leak');
  for (const { sentence } of suspects) {
    expect(sentence).toMatch(
      /'change' listener.* of EventEmitter orders, a module variable of server/,
    );
  }
});

it('and has no leak with the line that its README gives', { timeout: LONG_MS }, async () => {
  const { suspects } = await leaksIn(await serverSnapshots(mendedServer()));
  expect(suspects).toEqual([]);
});
