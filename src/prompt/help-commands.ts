import { ShowBackrefError } from '../errors.js';
import commandTable from './command-table.cjs';
import type { TypedCommand } from './commands.js';
import { optionsOf, type PromptCommand } from './prompt-options.js';

const LOADED = ['showbackref', 'line_profiler', 'memory_profiler'];

/** `.showbackref`: each command with its options. */
export async function tellCommands({ server }: TypedCommand): Promise<void> {
  for (const [name, help] of Object.entries(commandTable.COMMANDS)) {
    const [what = '', usage = ''] = help.split(': ');
    server.output.write(`${(usage || `.${name}`).padEnd(36)} ${what}\n`);
  }
  const names = (command: PromptCommand) => Object.keys(optionsOf(command)).map((n) => `--${n}`);
  const wrapped = (command: PromptCommand) => names(command).join(' ');
  server.output.write(`
Options of .types, .growth: ${wrapped('types')}
Options of .backrefs, .refs, .chain:
${wrapped('backrefs')}
Options of .lprun, .mprun: -f FUNC (again for more) -m MODULE -T FILE -u UNIT -z, .mprun --live
Each is there as %name, too, as in IPython.
`);
}

/** `%load_ext NAME`, which IPython wants first. */
export async function loadExtension({ server, text }: TypedCommand): Promise<void> {
  if (!LOADED.includes(text)) {
    throw new ShowBackrefError(
      'USAGE',
      `there is no extension "${text}" here; %lprun, %mprun and the others need none`,
    );
  }
  server.output.write(`${text} is already loaded: see .showbackref\n`);
}
