import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  /** A folder of the repository; the entry of that folder says the rest. */
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

/** MPL-2.0 is resvg's: it applies only to changes of its own files. */
const PERMISSIVE = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'MPL-2.0',
  'OFL-1.1',
];

const pathOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const read = (name: string) => JSON.parse(readFileSync(pathOf(name), 'utf8'));

const locked = Object.entries(read('package-lock.json').packages as Record<string, LockedPackage>);
const shipped = locked.filter(
  ([folder, { dev, link }]) => folder !== '' && dev !== true && link !== true,
);
/**
 * Packages that draw .pdf are installed by those who want them, and by our own tests. One of them
 * names its licence only in its own files, so they are checked where they are installed, as they
 * are in CI.
 */
const PDF = 'test/e2e/pdf';
const lockedForPdf = read(`${PDF}/package-lock.json`).packages as Record<string, LockedPackage>;
const hasPdf = existsSync(pathOf(`${PDF}/node_modules`)) || process.env.CI === 'true';
const forPdf = Object.entries(hasPdf ? lockedForPdf : {})
  .filter(([folder]) => folder !== '')
  .map(([folder, entry]) => [`${PDF}/${folder}`, entry] as const);

describe('the packages installed with showbackref', () => {
  test('have permissive licences', () => {
    const others = [...shipped, ...forPdf]
      .map(([folder, entry]) => [folder, entry.license ?? licenceIn(folder)] as const)
      .filter(([, licence]) => !licence.split(/[ ()]+(?:OR|AND)?[ ()]*/).every(isPermissive));
    expect(others).toEqual([]);
    expect(shipped.length).toBeGreaterThan(9);
  });

  test('are pinned to their bytes and run nothing when installed', () => {
    expect(shipped.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
    expect(shipped.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
    const versions = Object.values(read('package.json').dependencies as Record<string, string>);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('packages that may be installed beside it have the tested version, and run nothing either', () => {
    const { peerDependencies, peerDependenciesMeta, dependencies } = read('package.json');
    const { pdfkit } = read(`${PDF}/package.json`).devDependencies;
    expect(peerDependencies.pdfkit).toBe(`^${pdfkit}`);
    // nothing of it is loaded: a project's own Playwright of any version has what is needed
    expect(peerDependencies['playwright-core']).toMatch(/^>=1\.\d+$/);
    expect(Object.keys(peerDependenciesMeta)).toEqual(Object.keys(peerDependencies));
    for (const [name, { optional }] of Object.entries<{ optional: boolean }>(
      peerDependenciesMeta,
    )) {
      expect([name, optional]).toEqual([name, true]);
      expect(Object.keys(dependencies)).not.toContain(name);
    }
    expect(forPdf.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
    expect(forPdf.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });

  test('nobody has to install the compiler of the WebAssembly', () => {
    const names = locked.map(([folder]) => folder.replace(/^.*node_modules\//, ''));
    expect(names).toContain('typescript');
    expect(names.filter((name) => /^(assemblyscript|binaryen|pdfkit|fontkit)$/.test(name))).toEqual(
      [],
    );
  });
});

function isPermissive(licence: string): boolean {
  return licence === '' || PERMISSIVE.includes(licence);
}

/** The licence from the package itself, as one of them only has the text. */
function licenceIn(folder: string): string {
  const text = `${folder}/LICENSE`;
  if (!existsSync(pathOf(text))) return 'unknown';
  const isMit = readFileSync(pathOf(text), 'utf8').includes(
    'Permission is hereby granted, free of charge',
  );
  return isMit ? 'MIT' : 'unknown';
}
