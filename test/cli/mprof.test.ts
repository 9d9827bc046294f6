import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MemoryLog } from '../../src/lines/memory/memory-log.js';
import { decodePng } from '../support/decode-png.js';
import { runBin } from '../support/run-bin.js';
import { programFile } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const PYTHON = 'CMDLINE python3 a.py\nMEM 1.5 1795472655.5\nMEM 45.75 1795472656.0\n';

describe.each(RUNTIMES)('mprof on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('a busy loop does not stop the samples, and Buffers are seen', async () => {
      const folder = temporaryFolder();
      const [dat, json] = [join(folder, 'a.dat'), join(folder, 'a.json')];
      const script = programFile('memory-over-time.cjs');
      // the script knows it, and looks for its own samples
      const own = ['--', `run-${process.pid}-${runtime.name.replace(/\W+/g, '-')}`];
      const argv = ['mprof', 'run', script, '--every', '20ms', '-o', dat, '-o', json, ...own];
      const { code, stdout, stderr } = await runBin(argv, { execPath });
      expect(code, stderr).toBe(0);
      expect(stdout).toBe('');
      expect(stderr).toContain('its own output\n');
      expect(stderr).toContain(`Samples saved as ${dat}`);
      const log = JSON.parse(readFileSync(json, 'utf8')) as MemoryLog & { schema: string };
      expect(log.schema).toBe('showbackref/mprof@1');
      const names = ['rss', 'heapTotal', 'heapUsed', 'external', 'arrayBuffers'];
      expect(log.series.map(({ name }) => name)).toEqual(names);
      for (const { samples } of log.series) expect(samples.length).toBeGreaterThanOrEqual(4);
      const buffers = log.series[4]?.samples ?? [];
      const grown = (buffers.at(-1)?.bytes ?? 0) - (buffers[0]?.bytes ?? 0);
      expect(Math.abs(grown - 50e6)).toBeLessThan(1e6);
      expect(log.peak).toBeGreaterThanOrEqual(log.series[0]?.samples[0]?.bytes ?? 0);
      expect(readFileSync(dat, 'utf8')).toMatch(/^CMDLINE node .*\nMEM [\d.]+ [\d.]+\nNODE /);
    });
  });
});

describe('mprof', () => {
  test('run writes a file, plot takes the newest one', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.js'), "throw new Error('passed on');");
    const ran = await runBin(['mprof', 'run', 'a.js'], { cwd });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('passed on');
    expect(ran.stderr).toContain('a.js ended with code 1');
    const [file = ''] = readdirSync(cwd).filter((name) => /^mprofile_\d{14}\.dat$/.test(name));
    expect(ran.stderr).toContain(`Samples saved as ${file}`);
    writeFileSync(join(cwd, 'mprofile_19990101000000.dat'), 'older');
    const { code, stdout, stderr } = await runBin(['mprof', 'plot'], { cwd });
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^Memory +Start +End +Peak +At +Samples\n-+\nrss /);
    expect(stdout).toContain('node a.js');
    const picture = join('out', `${file.replace('.dat', '')}.png`);
    expect(stderr).toContain(`Image generated as ${picture}`);
    const { width, height } = decodePng(readFileSync(join(cwd, picture)));
    expect([width, height]).toEqual([1800, 940]);
  });

  test("plots what Python's mprof has written; secrets are masked", async () => {
    const cwd = temporaryFolder();
    const secret = 'AKIAIOSFODNN7EXAMPLE';
    writeFileSync(join(cwd, 'p.dat'), PYTHON.replace('a.py', `a.py ${secret}`));
    const argv = ['mprof', 'plot', 'p.dat', '--format', 'svg', '--theme', 'dark'];
    const { code, stdout } = await runBin(argv, { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('>python3 a.py ');
    expect(stdout).not.toContain(secret);
    expect(stdout).toContain('peak 48.0 MB at 0.50 s');
    expect(stdout).toContain('#0d1117');
  });

  test.each([
    ['no word', [], 2, 'use mprof run app.js'],
    ['another word', ['draw'], 2, 'mprof "draw" is unknown'],
    ['no script', ['run'], 2, 'no script given'],
    ['two scripts', ['run', 'a.js', 'b.js'], 2, 'more than one script: "a.js" and "b.js"'],
    ['a script that is not there', ['run', 'no.js'], 1, 'there is no script'],
    ['a wrong time', ['run', 'a.js', '--every', '1'], 2, '--every "1"'],
    ['too often', ['run', 'a.js', '--every', '1ms'], 2, '--every "1ms"'],
    ['no file', ['plot'], 1, 'there is no mprofile_'],
    ['a file that is not there', ['plot', 'no.dat'], 1, 'there is no such file'],
    ['an unknown format', ['plot', 'a.dat', '-o', 'a.gif'], 2, '".gif"'],
    ['another theme', ['run', 'no.js', '--theme', 'red'], 2, '--theme "red"'],
  ])('%s is one sentence', async (_, argv, code, words) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'p.dat'), PYTHON);
    const result = await runBin(['mprof', ...argv], { cwd });
    expect(result.stderr).toContain(words);
    expect(result.code).toBe(code);
    expect(result.stdout).toBe('');
  });
});
