import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkWords, findAvoidedWords, readAvoidedWords } from './support/avoided-words.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const rows = readAvoidedWords(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8'));

const FOLDERS = ['src', 'bin', 'test', 'lint', 'bench', 'docs', 'templates', 'examples'];
/** Text that is not ours, or that tests compare byte by byte. */
const FOREIGN = /(?:^|\/)(?:node_modules|fixtures|golden|generated|images|fonts)\//;
/** This file, which writes such words on purpose, and pages that are still to be rewritten. */
const EXEMPT: readonly string[] = [
  'test/avoided-words.test.ts',
  'CHANGELOG.md',
  'docs/decisions.md',
  'docs/devtools-differences.md',
  'docs/gallery.md',
  'docs/line-profiling.md',
  'docs/live.md',
  'docs/reading.md',
  'docs/reliability.md',
  'docs/repl.md',
];

function files(): readonly string[] {
  const below = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file}`,
    ),
  );
  const pages = readdirSync(ROOT).filter((file) => file.endsWith('.md'));
  return [...below, ...pages].filter(
    (file) => /\.(?:[cm]?[jt]s|md)$/.test(file) && !FOREIGN.test(file) && !EXEMPT.includes(file),
  );
}

test('no comment, message or page uses words to avoid', () => {
  expect(files().flatMap((file) => checkWords(join(ROOT, file), rows))).toEqual([]);
});

describe('each row of the table', () => {
  test('exists', () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  const [everywhere, beginnings] = [false, true].map((isBeginning) =>
    rows.filter(({ avoid }) => avoid.endsWith(' …') === isBeginning),
  );

  test.each(everywhere ?? [])('$avoid: is found in comments, strings and prose', ({ avoid }) => {
    const [first, ...rest] = avoid.split(' ');
    const broken = [`${first}`, ...rest].join('\n * ');
    expect(found('a.ts', `/** A ${avoid} b. */`)).toContain(avoid);
    expect(found('a.ts', `/**\n * A ${broken}\n * b.\n */`)).toContain(avoid);
    expect(found('a.ts', `const a = \`x \${1} ${avoid} b\`;`)).toContain(avoid);
    expect(found('a.md', `A ${avoid} b.`)).toContain(avoid);
  });

  test.each(beginnings ?? [])('$avoid: is found at the beginning of a comment', ({ avoid }) => {
    const words = avoid.replace(' …', '');
    const expected = [words.toLowerCase()];
    expect(found('a.ts', `/** ${words} b. */`)).toEqual(expected);
    expect(found('a.ts', `// ${words} b`)).toEqual(expected);
    expect(found('a.ts', `/** A b. ${words} b. */`)).toEqual([]);
  });

  test.each([...new Set(rows.flatMap(({ except }) => except))])('"%s" is fine', (fine) => {
    expect(found('a.ts', `/** A ${fine} b. */`)).toEqual([]);
  });
});

test('code is exempt: names, spans and blocks of code, names of modules', () => {
  const comment = '/**\n * A `is no b` of c.\n *\n *     x is no y\n */';
  expect(found('a.ts', `${comment}\nconst behind = shall(behind);`)).toEqual([]);
  expect(found('a.ts', "import a from './behind.js';")).toEqual([]);
  expect(found('a.md', 'A\n\n```sh\nx shall y\n```\n\n    x shall y\n\n`is no`')).toEqual([]);
});

test('says where and what to write', () => {
  const [one] = findAvoidedWords('a.ts', 'const a = 1;\n\n// this shall\n// be', rows);
  expect(one).toEqual({ line: 3, found: 'shall', write: expect.stringContaining('must') });
});

function found(file: string, text: string): readonly string[] {
  return findAvoidedWords(file, text, rows).map((one) => one.found.toLowerCase());
}
