import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { localPathOf, MOST_BYTES, readLocalFile } from '../../src/source-maps/read-local-file.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const isWindows = process.platform === 'win32';

describe('localPathOf', () => {
  it.skipIf(isWindows).each([
    ['/app/server.js', '/app/server.js'],
    ['file:///app/a%20b.js', '/app/a b.js'],
  ])('%s', (script, path) => {
    expect(localPathOf(script)).toBe(path);
  });

  it.each([
    '',
    'server.js',
    './server.js',
    '../server.js',
    'node:events',
    'evalmachine.<anonymous>',
    'https://example.com/app.js',
    'http://127.0.0.1/app.js',
    'file://server/share/app.js',
    'file:////server/share/app.js',
    'file:///a%2fb.js',
    'file:///%E0%A4%A',
    'FILE:///app.js',
    '//server/share/app.js',
    '\\\\server\\share\\app.js',
    '[eval]',
    'wasm://wasm/0001',
    'data:text/javascript,1',
  ])('no file: %s', (script) => {
    expect(localPathOf(script)).toBeNull();
  });
});

describe('readLocalFile', () => {
  it('reads a file, also through a link', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'a.js');
    writeFileSync(file, 'let ä;\n');
    symlinkSync(file, join(folder, 'link.js'));
    expect(await readLocalFile(file)).toBe('let ä;\n');
    expect(await readLocalFile(join(folder, 'link.js'))).toBe('let ä;\n');
  });

  it('reads an empty file', async () => {
    const file = join(temporaryFolder(), 'empty.js');
    writeFileSync(file, '');
    expect(await readLocalFile(file)).toBe('');
  });

  it('does not read what is missing, a folder, a name that cannot be, or a loop of links', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder.js'));
    symlinkSync(join(folder, 'b'), join(folder, 'a'));
    symlinkSync(join(folder, 'a'), join(folder, 'b'));
    for (const name of ['missing.js', 'folder.js', 'nul\0.js', 'x'.repeat(5000), 'a', 'a/b']) {
      expect(await readLocalFile(join(folder, name)), name).toBeNull();
    }
  });

  it('does not read a file that is too large', async () => {
    const file = join(temporaryFolder(), 'large.js');
    writeFileSync(file, '');
    truncateSync(file, MOST_BYTES + 1);
    expect(await readLocalFile(file)).toBeNull();
  });

  it.skipIf(isWindows)('does not wait for a pipe, nor read a device', async () => {
    const folder = temporaryFolder();
    const pipe = join(folder, 'pipe.js');
    execFileSync('mkfifo', [pipe]);
    symlinkSync(pipe, join(folder, 'link.js'));
    symlinkSync('/dev/zero', join(folder, 'zero.js'));
    for (const path of [
      pipe,
      join(folder, 'link.js'),
      join(folder, 'zero.js'),
      '/dev/zero',
      '/dev/tty',
    ]) {
      expect(await readLocalFile(path), path).toBeNull();
    }
  });
});
