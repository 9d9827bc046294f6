import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { countTokens } from '../../src/report/budget/count-tokens.js';
import { leakingServer, mendedServer, serverSnapshots } from '../leaks/real/server-snapshots.js';
import { runBin } from '../support/run-bin.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLE = `${ROOT}examples/agents/`;
const BIN = `${ROOT}bin/showbackref.js`;
const GUIDE = readFileSync(`${ROOT}docs/agents.md`, 'utf8');
const LONG_MS = 180_000;
const MOST_TOKENS = 8000;

test('a conversation leads from three heaps to the mended program, as example and guide show it', {
  timeout: LONG_MS,
}, async () => {
  const root = temporaryFolder();
  const folder = `${root}/heaps`;
  mkdirSync(folder);
  const before = await serverSnapshots(leakingServer());
  const after = await serverSnapshots(mendedServer());
  for (const [when, files] of Object.entries({ before, after })) {
    for (const [at, file] of files.entries()) {
      copyFileSync(file, `${folder}/${when}-${at + 1}.heapsnapshot`);
    }
  }
  const said = await converse(folder);
  // what the agent reads first is in it
  expect(countTokens(said)).toBeLessThan(MOST_TOKENS);
  const spoken = said.slice(said.indexOf('## 1.'));
  const kept = readFileSync(`${EXAMPLE}transcript.md`, 'utf8');
  expect(alike(spoken)).toBe(alike(kept.slice(kept.indexOf('## 1.'))));
  expect(spoken).toContain('no suspect. Evidence: measured over 3 snapshots.');
  await runCommandsOfGuide(folder);
  await startAsConfigured(root);
});

async function converse(folder: string): Promise<string> {
  const server = [process.execPath, BIN, 'mcp'];
  const talk = spawn(process.execPath, [`${EXAMPLE}converse.js`, folder, ...server]);
  return text(talk.stdout);
}

/** Those with a budget; each answer fits into its own. */
async function runCommandsOfGuide(folder: string): Promise<void> {
  const lines = [...GUIDE.matchAll(/^npx showbackref (.*--budget (\d+))$/gm)];
  expect(lines.length).toBeGreaterThan(3);
  for (const [, line = '', tokens] of lines) {
    const { code, stdout } = await runBin(line.split(' '), { cwd: folder });
    expect({ line, code }).toEqual({ line, code: 0 });
    expect(countTokens(stdout), line).toBeLessThanOrEqual(Number(tokens));
    if (line.includes('json')) expect(JSON.parse(stdout)).toHaveProperty('next');
    else if (!line.startsWith('leaks')) {
      expect(stdout.trimEnd().split('\n').at(-1), line).toMatch(/^Next: showbackref /);
    }
  }
}

/** The configuration of the guide, with this repository in the place of `npx`. */
async function startAsConfigured(root: string): Promise<void> {
  const [, json = ''] = /```json\n(.*?)```/s.exec(GUIDE) ?? [];
  const { args } = JSON.parse(json).mcpServers.showbackref;
  const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: {} };
  const message = { jsonrpc: '2.0', id: 1, method: 'initialize', params: hello };
  const server = spawn(process.execPath, [BIN, ...args.slice(1)], { cwd: root });
  server.stdin.write(`${JSON.stringify(message)}\n`);
  const answer = await new Promise((resolve) => server.stdout.once('data', resolve));
  server.stdin.end();
  expect(JSON.parse(String(answer)).result.serverInfo.name).toBe('showbackref');
}

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
