import { expect } from 'vitest';
import { sampleOf } from '../support/cases.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { Terminal, testTerminal } from '../support/terminal.js';

/** Inside the package, so that its own name leads to it. */
const FOLDER = import.meta.dirname;
const PROMPT = /^> $/m;

const [oldest, ...newer] = RUNTIMES;
const ENDS = [oldest, newer.at(-1)].flatMap((runtime) => runtime ?? []);

for (const runtime of sampleOf(ENDS, ENDS.slice(0, 1))) {
  describeRuntime(runtime, (execPath) => {
    testTerminal('.leaks compares with each .leaks before', async () => {
      const terminal = new Terminal(`${execPath} -r showbackref/repl`, FOLDER);
      await terminal.until(PROMPT);
      expect(await terminal.type('.leaks now')).toContain('.leaks takes no argument such as "now"');
      await terminal.type('class Job { data = new Array(50).fill(1) }; const jobs = new Map()');
      const add = "for (let i = 0; i < 40; i++) jobs.set('job ' + jobs.size, new Job())";
      await terminal.type(add);
      expect(await terminal.type('.leaks')).toContain('This is the start');

      await terminal.type(add);
      const second = await terminal.type('.leaks');
      expect(second).toMatch(/^1 +growth +40 → 80 .* jobs \(Map of Job\)/m);
      expect(second).toContain('it may still be filling up');

      await terminal.type(add);
      const third = await terminal.type('%leaks');
      expect(third).toMatch(/^1 +leak +40 → 80 → 120 .* jobs \(Map of Job\)/m);
      expect(third.replace(/\s+/g, ' ')).toContain('the newest are Job objects');
      // neither the prompt nor what the looks before have left is a suspect
      expect(third).not.toMatch(/^2 +/m);

      await terminal.type('jobs.clear()');
      expect(await terminal.type('.leaks')).toContain('No suspect');
    });
  });
}
