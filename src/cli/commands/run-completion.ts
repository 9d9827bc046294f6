import { usage } from '../../errors.js';
import { completionScript } from '../../question/completion.js';
import type { RunCommand } from '../cli-command.js';
import { write } from '../io.js';

/** The command `completion`: a script for the shell, made from the table of options. */
export const runCompletion: RunCommand = async ({ sources }, { io }) => {
  const [first] = sources;
  if (first !== undefined) {
    throw usage(`"${first}" is not needed: one script completes in bash and in zsh; leave it out`);
  }
  await write(io.stdout, completionScript());
  return 0;
};
