import { describe, expect, it } from 'vitest';
import { displayFile } from '../../src/util/display-file.js';

describe('a script’s name for people', () => {
  it.each([
    ['a path without its folders', '/home/me/app/src/leak.js', 'leak.js'],
    ['a path of Windows', 'C:\\Users\\me\\leak.js', 'leak.js'],
    ['a file URL', 'file:///home/me/leak.mjs', 'leak.mjs'],
    ['a file URL with blanks', 'file:///home/me/my%20leak.mjs', 'my leak.mjs'],
    ['a file URL that is not encoded', 'file:///home/me/100%.mjs', '100%.mjs'],
    ['a path that only looks encoded', '/home/me/my%20leak.js', 'my%20leak.js'],
    ['a query and a fragment', 'http://localhost:8080/assets/app.js?v=3#x', 'app.js'],
    ['a package', '/app/node_modules/express/lib/router.js', 'express/lib/router.js'],
    ['a scoped package', '/app/node_modules/@a/b/c.js', '@a/b/c.js'],
    ['a package in a package', '/app/node_modules/a/node_modules/b/c.js', 'b/c.js'],
    ['Node’s own', 'node:internal/timers', 'node:internal/timers'],
    ['Deno’s own', 'ext:core/01_core.js', 'ext:core/01_core.js'],
    ['a bare name', 'leak.js', 'leak.js'],
    ['a script of vm', 'evalmachine.<anonymous>', 'evalmachine.<anonymous>'],
    ['a page without a file name', 'http://localhost:8080/', 'http://localhost:8080/'],
    ['no name', '', ''],
  ])('%s: %s', (_, file, expected) => {
    expect(displayFile(file)).toBe(expected);
  });
});
