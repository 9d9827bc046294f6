import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DECLARED =
  /^export (?:declare )?(?:abstract )?(?:async )?(function\*?|const enum|const|let|class|interface|type|enum) (\w+)/gm;

const sources = filesBelow('src');
/** Code that may use what src exports: also the tests, and files that Node.js runs as they are. */
const users = ['src', 'test', 'docs', 'bench'].flatMap(filesBelow);
const texts = new Map(users.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

/** Where each name is exported, re-exports of the package's entries aside. */
const exported = sources
  .filter((file) => !file.startsWith('src/entry/'))
  .flatMap((file) =>
    [...(texts.get(file) ?? '').matchAll(DECLARED)].map(([, kind = '', name = '']) => ({
      kind,
      name,
      file,
    })),
  );

test('every function, class and constant that is exported is used by another module', () => {
  const unused = exported.filter(({ kind, name, file }) => {
    return !/^(type|interface)$/.test(kind) && !isUsedElsewhere(name, file);
  });
  expect(unused.map(({ name, file }) => `${name} of ${file}`)).toEqual([]);
});

test('no two modules export the same name', () => {
  expect(sharedBy(exported, ({ name }) => name)).toEqual([]);
});

test('no two modules have the same file name', () => {
  const files = sources.map((file) => ({ name: basename(file), file }));
  expect(sharedBy(files, ({ name }) => name)).toEqual([]);
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(c?ts|js|mjs)$/.test(file) && !/node_modules|fixtures|wasm\//.test(file))
    .map((file) => `${folder}/${file}`);
}

/** True if a module that imports `file`, at once or lazily, contains the name. */
function isUsedElsewhere(name: string, file: string): boolean {
  const path = `/${basename(file).replace(/\.(c?)ts$/, '.$1js')}'`;
  const word = new RegExp(`\\b${name}\\b`);
  return [...texts].some(([user, text]) => user !== file && text.includes(path) && word.test(text));
}

function sharedBy<T extends { readonly file: string }>(
  items: readonly T[],
  nameOf: (item: T) => string,
): readonly string[] {
  const files = new Map<string, Set<string>>();
  for (const item of items) {
    files.set(nameOf(item), (files.get(nameOf(item)) ?? new Set()).add(item.file));
  }
  return [...files]
    .filter(([, of]) => of.size > 1)
    .map(([name, of]) => `${name}: ${[...of].join(', ')}`);
}
