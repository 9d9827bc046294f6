import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SNAPSHOT = resolve('test/fixtures/node-26/scenarios.heapsnapshot.gz');
const ASK = [SNAPSHOT, '--target', 'class:SharedTarget'];

describe('--template', () => {
  test('is filled in for the format of its extension; other formats keep ours', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'own.MD'), 'Ours: {{title}} ({{ limits }})\n');
    const argv = [...ASK, '--template', 'own.MD', '--out', 'a.md', '--out', 'a.txt'];
    const { code, stderr } = await runCli(argv, { cwd });
    expect(code, stderr).toBe(0);
    const text = readFileSync(join(cwd, 'a.md'), 'utf8');
    expect(text).toMatch(/^Ours: What holds `SharedTarget @\d+`\? \(Nothing was left out\.\)\n$/);
    expect(readFileSync(join(cwd, 'a.txt'), 'utf8')).toContain('(target)');
  });

  test.each([
    ['is not there', 'none.md', ['--out', 'a.md'], '--template "none.md" cannot be read: ENOENT'],
    [
      'has an unknown placeholder',
      'bad.md',
      ['--out', 'a.md'],
      '"{{titel}}" is unknown; use one of {{title}} {{picture}}',
    ],
    ['is not for any format', 'x.txt', ['--out', 'a.txt'], 'name a file that ends in .html or .md'],
    [
      'is for a format that is not written',
      'bad.md',
      ['--out', 'a.html'],
      '--template "bad.md" is not used; add --out FILE.md',
    ],
  ])('that %s is a usage error before any work', async (_, template, out, message) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'bad.md'), '{{titel}}');
    const { code, stderr } = await runCli([...ASK, '--template', template, ...out], { cwd });
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(readdirSync(cwd)).toEqual(['bad.md']);
  });
});

describe('the origin of a report', () => {
  const commandOf = async (argv: readonly string[]) => {
    const cwd = temporaryFolder();
    const { code, stderr } = await runCli([...argv, '--out', 'a.md'], { cwd });
    expect(code, stderr).toBe(0);
    const [, command] =
      /\*\*Asked by\*\*: `(.*)`\n/.exec(readFileSync(join(cwd, 'a.md'), 'utf8')) ?? [];
    return command;
  };

  test('is given without folders, outputs and looks', async () => {
    const looks = ['--title', 'T', '--theme', 'dark', '-q', '--no-legend'];
    const command = await commandOf([
      ...ASK,
      '--depth',
      '2',
      '--hide',
      'a b',
      '--no-to-roots',
      ...looks,
    ]);
    expect(command).toBe(
      "showbackref scenarios.heapsnapshot.gz --target class:SharedTarget --depth 2 --no-to-roots --hide 'a b'",
    );
  });

  test('is given without secrets', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const command = await commandOf([...ASK, '--hide', `/${token}/`]);
    expect(command).toMatch(/--hide '\/<[a-z ]+ 1>\/'$/);
  });
});

describe('a bug report', () => {
  test('links to the picture of the same run, and has a diagram without one', async () => {
    const cwd = temporaryFolder();
    const outs = ['--out', 'docs/a.md', '--out', 'docs/img/a.png', '--out', 'b.md'];
    const { code, stderr } = await runCli([...ASK, ...outs], { cwd });
    expect(code, stderr).toBe(0);
    expect(readFileSync(join(cwd, 'docs/a.md'), 'utf8')).toContain('](img/a.png)\n');
    expect(readFileSync(join(cwd, 'b.md'), 'utf8')).toContain('](docs/img/a.png)\n');
    const { stdout } = await runCli([...ASK, '--format', 'md'], { cwd });
    expect(stdout).toContain('```mermaid\nflowchart TB\n');
  });
});
