import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outputFormats } from '../../src/report/formats.js';
import { runBin } from '../support/run-bin.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SNAPSHOT = resolve('test/fixtures/node-26/scenarios.heapsnapshot.gz');
const QUESTION = ['--target', 'class:SharedTarget', '--title', 'Größe 日本 "x"', '--retained'];

/** The digest of every format, written by one run in a separate folder. */
async function writeAll(execPath: string): Promise<Readonly<Record<string, string>>> {
  const cwd = temporaryFolder();
  const files = outputFormats.map(({ extension }) => `a${extension}`);
  const outs = files.flatMap((file) => ['--out', file]);
  const { code, stderr } = await runBin([SNAPSHOT, ...QUESTION, ...outs], { execPath, cwd });
  expect(code, stderr).toBe(0);
  const digest = (file: string) =>
    createHash('sha256')
      .update(readFileSync(join(cwd, file)))
      .digest('hex');
  return Object.fromEntries(files.map((file) => [file, digest(file)]));
}

/** The answer of another run, on the Node.js of the tests. */
let reference: ReturnType<typeof writeAll> | undefined;

describe.each(RUNTIMES)('every format on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('has the same bytes as in another run, on the Node.js of the tests', async () => {
      reference ??= writeAll(process.execPath);
      expect(await writeAll(execPath)).toEqual(await reference);
    });
  });
});
