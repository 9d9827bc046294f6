// Vitest in watch mode: a test file is edited and runs again, each time in a new thread.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';

const { rounds } = createRequire(import.meta.url)('../rounds.cjs');

const folder = mkdtempSync(join(tmpdir(), 'watched-'));
const file = join(folder, 'shop.test.mjs');
const write = (number) =>
  writeFileSync(
    file,
    `import { expect, it } from 'vitest'; it('adds', () => { expect(${number} + 1).toBe(${number + 1}); });`,
  );

write(0);
const options = { watch: true, root: folder, config: false, reporters: [{}], pool: 'threads' };
const vitest = await startVitest('test', [], options);
await rounds(
  async (number) => {
    write(number);
    await vitest.rerunFiles([file], 'edited');
  },
  { warm: 4, items: 5, finish: () => rmSync(folder, { recursive: true }) },
);
