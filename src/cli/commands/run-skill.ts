import { usage } from '../../errors.js';
import { readTextTemplate } from '../../report/templates.js';
import type { RunCommand } from '../cli-command.js';
import { write } from '../io.js';

/** The command `skill`: instructions for a coding agent, in the format of a SKILL.md. */
export const runSkill: RunCommand = async ({ sources }, { io }) => {
  const [first] = sources;
  if (first !== undefined) {
    throw usage(
      `"${first}" is not needed: the instructions are the same for every source; leave it out`,
    );
  }
  await write(io.stdout, readTextTemplate('SKILL.md'));
  return 0;
};
