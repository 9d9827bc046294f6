import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';

const AUDIT = fileURLToPath(new URL('../audit.js', import.meta.url));
const KNOWN = {
  yargs: [
    {
      id: 1,
      url: 'http://x/1',
      title: 'runs away',
      severity: 'high',
      vulnerable_versions: '<99.0.0',
    },
  ],
};

/**
 * Its output and exit code, with a registry that answers like this; null: with no registry at all.
 */
async function audit(answer: object | null): Promise<{ lines: readonly string[]; code: number }> {
  const server = createServer((request, response) => {
    const isAsked = request.url?.endsWith('/advisories/bulk') === true;
    response.writeHead(isAsked ? 200 : 404).end(JSON.stringify(isAsked ? answer : {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  if (answer === null) server.close();
  else onTestFinished(() => void server.close());
  const child = spawn(process.execPath, [AUDIT], {
    env: {
      ...process.env,
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_fetch_retries: '0',
      npm_config_cache: temporaryFolder(),
    },
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  return { lines: text.trimEnd().split('\n'), code };
}

test('known weaknesses are listed and fail', async () => {
  const { lines, code } = await audit(KNOWN);
  expect(lines[0]).toMatch(/^1 known weaknesses in \d+ packages$/);
  expect(lines[1]).toBe('yargs: high, runs away');
  expect([lines.length, code]).toEqual([2, 1]);
});

test('no weakness is an answer, too', async () => {
  const { lines, code } = await audit({});
  expect(lines).toEqual([expect.stringMatching(/^0 known weaknesses in \d\d+ packages$/)]);
  expect(code).toBe(0);
});

test('a registry that cannot be asked is one line, and not a failure', async () => {
  const { lines, code } = await audit(null);
  expect(lines).toEqual([
    expect.stringMatching(/^not audited: the registry cannot be asked \(.+\)$/),
  ]);
  expect(code).toBe(0);
});
