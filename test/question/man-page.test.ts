import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/question/commands.js';
import { OPTIONS } from '../../src/question/options.js';
import { toFlagName } from '../../src/util/sentence.js';
import { writeManPage } from '../support/write-man-page.js';

const MAN = 'docs/showbackref.1';
const hasMan = existsSync('/usr/bin/groff') || existsSync('/usr/bin/mandoc');

test('the manual page is that of the tables', async () => {
  const page = writeManPage();
  await expect(page).toMatchFileSnapshot(`../../${MAN}`);
  for (const { name } of COMMANDS) expect(page).toContain(`\n.SS ${name}`);
  for (const { name } of OPTIONS) {
    expect(page).toContain(`\\-\\-${toFlagName(name).replaceAll('-', '\\-')}`);
  }
});

test.runIf(hasMan)('is understood by what shows manual pages', () => {
  const program = existsSync('/usr/bin/mandoc') ? 'mandoc' : 'groff';
  const args =
    program === 'mandoc' ? ['-Tlint', '-Werror', MAN] : ['-man', '-ww', '-Tutf8', '-z', MAN];
  expect(execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' })).toBe('');
});
