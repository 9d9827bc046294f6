import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript
import * as exported from '../../docs/api/read-exports.js';

const GENERATE = fileURLToPath(new URL('../../docs/api/generate.js', import.meta.url));

test('docs/api.md lists the public interface: after a change run "npm run api" and read the difference', () => {
  execFileSync(process.execPath, [GENERATE, '--check'], { stdio: 'pipe' });
});

test('exports are found where they are declared, with their comments and without private members', () => {
  const files: Record<string, string> = {
    'a.d.ts': `export { b as c } from './b.js';\n/** A box. */\nexport declare class A {\n    #private;\n    readonly n: number;\n}\n`,
    'b.d.ts': `/** Says b. */\nexport declare function b(): void;\n`,
  };
  expect(exported.exportsOf('a.d.ts', (file: string) => files[file])).toEqual([
    { name: 'c', comment: 'Says b.', text: 'function b(): void;' },
    { name: 'A', comment: 'A box.', text: 'class A {\n    readonly n: number;\n}' },
  ]);
});
