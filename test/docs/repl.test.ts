import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { Terminal, testTerminal } from '../support/terminal.js';

const FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const [, session = ''] =
  /```console\n\$ npx showbackref (repl [\s\S]*?)```/.exec(
    readFileSync(`${FOLDER}docs/repl.md`, 'utf8'),
  ) ?? [];

testTerminal('the session of docs/repl.md is real', async () => {
  const [command = '', ...answers] = session.split(/^> /m);
  expect(answers.length).toBeGreaterThan(5);
  const terminal = new Terminal(`${process.execPath} bin/showbackref.js ${command.trim()}`, FOLDER);
  await terminal.until(/^> $/m);
  for (const answer of answers) {
    const [line = ''] = answer.split('\n');
    const shown = await terminal.type(line);
    const told = answer.slice(line.length + 1);
    expect(withoutNumbers(shown.replace(/> $/, '')), line).toBe(withoutNumbers(told));
  }
});

/** Removes what differs from run to run: ids, sizes, times and the widths that follow from them. */
function withoutNumbers(text: string): string {
  return text
    .replaceAll(FOLDER, '')
    .split('\n')
    .filter((line) => !line.startsWith('~ ') && line !== '')
    .map((line) =>
      line
        .replace(/~?[\d.,]+/g, '#')
        .replace(/# k?B/g, '# B')
        .replace(/(?:-{9,}|={9,})/, '')
        .replace(/ +/g, ' ')
        .trim(),
    )
    .join('\n');
}
