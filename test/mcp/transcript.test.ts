import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { countTokens } from '../../src/report/budget/count-tokens.js';
import { leakingServer, mendedServer, serverSnapshots } from '../leaks/real/server-snapshots.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/agents/', import.meta.url));
const BIN = fileURLToPath(new URL('../../bin/showbackref.js', import.meta.url));
const LONG_MS = 180_000;
const MOST_TOKENS = 8000;

test('a conversation leads from three heaps to the mended program, as the example keeps it', {
  timeout: LONG_MS,
}, async () => {
  const folder = temporaryFolder();
  const before = await serverSnapshots(leakingServer());
  const after = await serverSnapshots(mendedServer());
  for (const [when, files] of Object.entries({ before, after })) {
    for (const [at, file] of files.entries()) {
      copyFileSync(file, `${folder}/${when}-${at + 1}.heapsnapshot`);
    }
  }
  const server = [process.execPath, BIN, 'mcp'];
  const talk = spawn(process.execPath, [`${EXAMPLE}converse.js`, folder, ...server]);
  const said = await text(talk.stdout);
  // greeting and tools are in it, as the client reads them
  expect(countTokens(said)).toBeLessThan(MOST_TOKENS);
  const spoken = said.slice(said.indexOf('## leaks'));
  const kept = readFileSync(`${EXAMPLE}transcript.md`, 'utf8');
  expect(alike(spoken)).toBe(alike(kept.slice(kept.indexOf('## leaks'))));
  expect(spoken).toContain('no suspect. Evidence: measured over 3 snapshots.');
});

/** Ids and sizes differ from run to run, and with them where lines of a table end. */
function alike(spoken: string): string {
  const ids = new Map<string, string>();
  return spoken
    .replace(/@\d+/g, (id) => {
      ids.set(id, ids.get(id) ?? `@${ids.size + 1}`);
      return ids.get(id) ?? '';
    })
    .replace(/\b[\d,.]+ (?:[kM]?B|objects, )/g, 'SIZE ')
    .replace(/-{5,}/g, '-----')
    .replace(/\s+/g, ' ')
    .trim();
}
