// Draws the pictures of the documentation and fills in the pages they are on: `npm run gallery`, and with `-- --check` only compares.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drawAll } from './draw-all.js';

const ROOT = new URL('../../', import.meta.url);

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const drawn = await drawAll();
const stale = [...drawn].filter(([path, content]) => !content.equals(kept(path)));
for (const [path, content] of stale) {
  const file = fileURLToPath(new URL(path, ROOT));
  if (!values.check) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  console.log(`${values.check ? 'differs' : 'written'}: ${path}`);
}
console.log(`${drawn.size} files, ${stale.length} ${values.check ? 'differ' : 'changed'}`);
if (values.check && stale.length > 0) {
  console.log('Run npm run gallery and look at what has changed.');
  process.exitCode = 1;
}

function kept(path) {
  try {
    return readFileSync(new URL(path, ROOT));
  } catch {
    return Buffer.alloc(0);
  }
}
