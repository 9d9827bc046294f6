import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { declareMissing } from '../support/declare-missing.js';
import { NO_PDFKIT } from '../support/pdfkit.js';
import { runBin } from '../support/run-bin.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Packed once for all tests. */
const packed = mkdtempSync(join(tmpdir(), 'showbackref-test-'));
const tarball = join(packed, 'package.tgz');

beforeAll(() => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', packed]);
  renameSync(join(packed, readdirSync(packed)[0] ?? ''), tarball);
});

afterAll(() => rmSync(packed, { recursive: true, force: true }));

test('the packed package has all it needs, and nothing else', async () => {
  const { folder, own } = installed();
  const files = readdirSync(own).sort();
  expect(files).toEqual([
    ...[
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
    ],
    ...['bin', 'dist', 'docs', 'examples'],
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

test('nothing of it runs where it is installed, and it says where it is from', () => {
  const { own } = installed();
  const manifest = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
  const atInstall = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare'];
  expect(Object.keys(manifest.scripts).filter((name) => atInstall.includes(name))).toEqual([]);
  const url = /^(git\+)?https:\/\/github\.com\/showbackref\/showbackref(\.git|#readme|\/issues)?$/;
  for (const place of [manifest.repository.url, manifest.homepage, manifest.bugs]) {
    expect(place).toMatch(url);
  }
});

test('every file that its pages link to is in it', () => {
  const { own } = installed();
  const pages = readdirSync(own, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  expect(pages.length).toBeGreaterThan(15);
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(own, page), 'utf8');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
      ([, link, source]) => (link ?? source ?? '').replace(/#.*$/, ''),
    );
    const files = links.filter((link) => link !== '' && !/^[a-z]+:/.test(link));
    return files
      .filter((file) => !existsSync(join(own, page, '..', file)))
      .map((file) => `${page}: ${file}`);
  });
  expect(broken).toEqual([]);
});

test('with all it needs it takes at most 30 MB', () => {
  const { folder, own } = installed();
  const modules = join(folder, 'node_modules');
  const names = dependencyFolders();
  const sizes = [own, ...names.map((name) => realpathSync(join(modules, name)))].map(sizeOf);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(30e6);
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

function sizeOf(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const all = names.map((name) => lstatSync(join(folder, name)));
  return all.reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0);
}

/** Draws the example with an installed package. */
function draw(own: string, out: string) {
  const argv = [join(own, 'examples/seed.js'), '--target', 'x', '--out', out];
  return runBin(argv, { bin: join(own, 'bin/showbackref.js'), cwd: join(own, '../..') });
}

/** A folder with the packed package and its dependencies, without optional ones. */
function installed(): { readonly folder: string; readonly own: string } {
  const folder = temporaryFolder();
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  execFileSync('tar', ['-xzf', tarball, '-C', modules]);
  const own = join(modules, 'package');
  for (const name of dependencyFolders()) {
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name));
  }
  return { folder, own };
}

const IN_MODULES = /^node_modules\/(@[^/]+\/)?[^/]+$/;

/** The packages of the production dependencies, if they lie at the top of node_modules. */
function dependencyFolders(): readonly string[] {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean; link?: boolean }>;
  };
  const installed = (name: string) => {
    try {
      return readdirSync(join('node_modules', name)).length > 0;
    } catch {
      return false;
    }
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => dev !== true && link !== true && IN_MODULES.test(path))
    .map(([path]) => path.slice('node_modules/'.length))
    .filter(installed);
}
