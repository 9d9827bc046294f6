import { describe, expect, it, test } from 'vitest';
import { parseArguments } from '../../src/cli/parse-arguments.js';
import { COMMANDS } from '../../src/question/commands.js';
import { readTextTemplate } from '../../src/report/templates.js';
import { runCli } from '../support/fake-io.js';

const skill = readTextTemplate('SKILL.md');
/** The commands that it shows, in blocks and in tables. */
const typed = [...skill.matchAll(/\bshowbackref ([^`\n#]+)/g)].map(([, line = '']) => line.trim());
const withArguments = typed.filter((line) => /--|[\w.]+\.heapsnapshot|[A-Z]{2,}|pid:/.test(line));

describe('skill', () => {
  test('prints instructions that an agent can find by their name and description', async () => {
    const { code, stdout, stderr } = await runCli(['skill']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(skill);
    expect(stdout).toMatch(/^---\nname: [a-z-]{1,64}\ndescription: [^\n]{40,1024}\n---\n/);
  });

  test('names no source', async () => {
    const { code, stderr } = await runCli(['skill', 'a.heapsnapshot']);
    expect(code).toBe(2);
    expect(stderr).toContain('leave it out');
  });

  test('shows the commands that answer questions about a heap', () => {
    expect(withArguments.length).toBeGreaterThan(9);
    for (const name of ['capture', 'leaks', 'refs', 'types', 'growth', 'info']) {
      expect(typed.some((line) => line.startsWith(`${name} `))).toBe(true);
    }
  });

  it.each(withArguments)('has only existing commands and options: %s', async (line) => {
    const words = (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));
    const known = COMMANDS.some(({ name }) => name === words[0]);
    const { command, sources } = await parseArguments(
      words[0] === 'COMMAND' ? words.slice(1).filter((word) => word !== '--help') : words,
    );
    expect(command).toBe(known ? words[0] : 'backrefs');
    expect(sources.filter((source) => COMMANDS.some(({ name }) => name === source))).toEqual([]);
  });
});
