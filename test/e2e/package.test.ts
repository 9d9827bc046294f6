import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { declareMissing } from '../support/declare-missing.js';
import { NO_PDFKIT } from '../support/pdfkit.js';
import { runBin } from '../support/run-bin.js';
import { temporaryFolder } from '../support/temporary-folder.js';

test('the packed package has all it needs, and nothing else', async () => {
  const { folder, own } = installed();
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
    'wasm',
  ]);
  expect(readdirSync(join(own, 'wasm'))).toEqual(['text-kernel.wasm']);
  const png = join(folder, 'seed.png');
  const { code, stderr } = await draw(own, png);
  expect(code, stderr).toBe(0);
  expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
});

describe('pdf', () => {
  test('without pdfkit says what to install, before any work', async () => {
    const { folder, own } = installed();
    const { code, stdout, stderr } = await draw(own, join(folder, 'seed.pdf'));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^showbackref: pdf needs the package pdfkit, .*; run npm install pdfkit .*\n$/,
    );
    expect(readdirSync(folder).filter((name) => name.endsWith('.pdf'))).toEqual([]);
  });

  if (NO_PDFKIT !== null) declareMissing('with pdfkit beside the package', NO_PDFKIT);
  else {
    test('with pdfkit beside the package', async () => {
      const { folder, own } = installed();
      symlinkSync(realpathSync('node_modules/pdfkit'), join(own, '../pdfkit'));
      const pdf = join(folder, 'seed.pdf');
      const { code, stderr } = await draw(own, pdf);
      expect(code, stderr).toBe(0);
      expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    });
  }
});

/** Draws the example with an installed package. */
function draw(own: string, out: string) {
  const argv = [join(own, 'examples/seed.js'), '--target', 'x', '--out', out];
  return runBin(argv, { bin: join(own, 'bin/showbackref.js'), cwd: join(own, '../..') });
}

/** A folder with the packed package and its dependencies, without optional ones. */
function installed(): { readonly folder: string; readonly own: string } {
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
  return { folder, own };
}

/** The production dependencies that are at the top of node_modules. */
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
