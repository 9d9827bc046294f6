import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { runBin } from '../support/run-bin.js';
import { temporaryFolder } from '../support/temporary-folder.js';

test('the packed package has all it needs, and nothing else', async () => {
  const folder = temporaryFolder();
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', modules]);
  const own = join(modules, 'package');
  for (const name of dependencyFolders()) {
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name));
  }
  const files = readdirSync(own).sort();
  expect(files).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'bin',
    'dist',
    'examples',
    'package.json',
    'templates',
  ]);
  const png = join(folder, 'seed.png');
  const argv = [join(own, 'examples/seed.js'), '--target', 'x', '--out', png];
  const { code, stderr } = await runBin(argv, {
    bin: join(own, 'bin/showbackref.js'),
    cwd: folder,
  });
  expect(code, stderr).toBe(0);
  expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
});

/** The packages of the production dependencies, as far as they lie at the top of node_modules. */
function dependencyFolders(): readonly string[] {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean }>;
  };
  const installed = (name: string) => {
    try {
      return readdirSync(join('node_modules', name)).length > 0;
    } catch {
      return false;
    }
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && dev !== true)
    .map(([path]) => path.slice('node_modules/'.length))
    .filter(installed);
}
