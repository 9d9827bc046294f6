// Writes docs/api.md, the list of everything that programs can import, from the types of the build:
//
//   npm run api              writes the page
//   npm run api -- --check   fails when the page is not what it would write
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiPage } from './api-page.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = join(ROOT, 'docs/api.md');

const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const entries = Object.entries(exports)
  .filter(([, target]) => target.types !== undefined)
  .map(([path, { types }]) => ({ name: join('showbackref', path), file: join(ROOT, types) }));
const page = apiPage(entries, (file) => readFileSync(file, 'utf8'));

if (!process.argv.includes('--check')) writeFileSync(PAGE, page);
else if (page !== readFileSync(PAGE, 'utf8')) {
  console.error(`${join(dirname(PAGE), 'api.md')} is not current: npm run api`);
  process.exitCode = 1;
}
