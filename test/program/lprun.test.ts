import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const LIBRARY = new URL('../../dist/entry/index.js', import.meta.url).href;

const PROGRAM = `
import { lprun } from ${JSON.stringify(LIBRARY)};
let offset = 1;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export async function work(n) {
  let sum = offset;
  for (let i = 0; i < n; i++) {
    sum += i;
  }
  await wait(1);
  if (n > 3) throw new Error('passed on');
  return sum;
}
const before = work.toString();
const { value, profile } = await lprun(() => work(3), [work]);
const failure = await lprun(() => work(5), [work]).catch((error) => error.message);
const refused = await lprun(() => 1, [Math.sin]).catch((error) => error.message);
const bound = await lprun(() => work(1), [work.bind(null)]);
const passed = await lprun(() => Promise.all([1, 2].map(work)), [work]);
console.log(JSON.stringify({
  value, failure, refused, same: before === work.toString(),
  way: profile.functions[0].way, boundWay: bound.profile.functions[0].way,
  boundHits: bound.profile.functions[0].lines[3].hits, passed: passed.profile.functions[0].calls, name: bound.profile.functions[0].name,
  hits: profile.functions[0].lines.map(({ hits }) => hits),
}));
`;

/** Its functions are measured, and then it evaluates a text itself. */
const EVALUATING = `
import { lprun } from ${JSON.stringify(LIBRARY)};
const hidden = 41;
function measured(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += i;
  return sum;
}
function ask(code) { return eval(code); }
const { profile } = await lprun(() => measured(3), [measured]);
console.log(JSON.stringify([profile.functions[0].calls, ask('hidden + 1'), ask('measured(3)')]));
`;

describe.each(RUNTIMES)('lprun() within a program on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('counts, restores, passes on errors', async () => {
      const file = join(temporaryFolder(), 'program.mjs');
      writeFileSync(file, PROGRAM);
      const { stdout } = await promisify(execFile)(execPath, [file]);
      const { way, boundWay, refused, ...seen } = JSON.parse(stdout) as Record<string, unknown>;
      expect(seen).toEqual({
        value: 4,
        failure: 'passed on',
        same: true,
        name: 'work',
        boundHits: 1,
        passed: 2,
        hits: [0, 1, 4, 3, 0, 1, 1, 1, 0],
      });
      expect(refused).toContain('"sin" is not a function written in JavaScript');
      // from V8 14.6 on, the text of a loaded function cannot be replaced
      const isNew = /26/.test(runtime.name);
      expect(way).toContain(isNew ? 'in a copy with probes' : 'by LiveEdit');
      expect(boundWay).toContain('by breakpoints');
    });

    test('leaves a program that evaluates text unchanged', async () => {
      const file = join(temporaryFolder(), 'evaluating.mjs');
      writeFileSync(file, EVALUATING);
      const { stdout } = await promisify(execFile)(execPath, [file]);
      expect(JSON.parse(stdout)).toEqual([1, 42, 3]);
    });
  });
});
