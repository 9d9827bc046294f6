// Takes the heaps and answers again that the pictures are drawn from: node docs/gallery/record.js [NAME...]. A page's heap is taken
// from a browser that shows it: chromium --headless --remote-debugging-port=9222 examples/leaks/detached-dom.html
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PICTURES } from './pictures.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LARGEST_ANSWER = 64 * 1024 * 1024;

const names = process.argv.slice(2);
const wanted = PICTURES.filter(({ name }) => names.length === 0 || names.includes(name));
// two pictures may be of one heap
for (const { kept, source, ask } of new Map(wanted.map((one) => [one.kept, one])).values()) {
  const isHeap = !kept.endsWith('.json');
  const keep = isHeap ? ['--keep', kept] : [];
  const argv = ['bin/showbackref.js', source, ...ask, '--format', 'json', ...keep];
  // a heap has all strings of its process in it, the environment too
  const answer = execFileSync(process.execPath, argv, {
    cwd: ROOT,
    env: {},
    maxBuffer: LARGEST_ANSWER,
  });
  if (!isHeap) writeFileSync(`${ROOT}${kept}`, answer);
}
