import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { declareMissing } from '../support/declare-missing.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const FOLDER = resolve('wasm');
const COMPILER = join(FOLDER, 'node_modules/assemblyscript/bin/asc.js');
const NAME = 'the committed WebAssembly is what its sources make';

// a change to it would not be visible in its bytes
if (!existsSync(COMPILER))
  declareMissing(NAME, 'AssemblyScript is not installed: run npm ci in wasm');
else {
  test(NAME, () => {
    const built = join(temporaryFolder(), 'text-kernel.wasm');
    const { scripts } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'));
    const [, ...argv] = scripts.build.split(' ');
    execFileSync(process.execPath, [COMPILER, ...argv, '--outFile', built], { cwd: FOLDER });
    const committed = readFileSync(join(FOLDER, 'text-kernel.wasm'));
    expect(Buffer.compare(readFileSync(built), committed)).toBe(0);
  });
}
