import { usage as wrong } from '../errors.js';
import { optionsOf } from '../question/command-options.js';
import type { CommandName } from '../question/commands.js';
import { toFlagName } from '../util/sentence.js';
import commandTable from './command-table.cjs';
import type { TypedCommand } from './prompt-command.js';

const LOADED = ['showbackref', 'line_profiler', 'memory_profiler'];

/** `.showbackref`: lists each command with its options. */
export async function tellCommands({ server }: TypedCommand): Promise<void> {
  for (const [name, help] of Object.entries(commandTable.COMMANDS)) {
    const [what = '', usage = ''] = help.split(': ');
    server.output.write(`${(usage || `.${name}`).padEnd(36)} ${what}\n`);
  }
  const wrapped = (command: CommandName) =>
    optionsOf(command, 'prompt')
      .map(({ name }) => `--${toFlagName(name)}`)
      .join(' ');
  server.output.write(`
Options of .types, .growth: ${wrapped('types')}
Options of .backrefs, .refs, .chain:
${wrapped('backrefs')}
Options of .lprun, .mprun: -f FUNC (again for more) -m MODULE -T FILE -u UNIT -z, .mprun --live
Each is there as %name, too, as in IPython.
`);
}

/** `%load_ext NAME`, which IPython requires first. */
export async function loadExtension({ server, text }: TypedCommand): Promise<void> {
  if (!LOADED.includes(text)) {
    throw wrong(`there is no extension "${text}" here; %lprun, %mprun and the others need none`);
  }
  server.output.write(`${text} is already loaded: see .showbackref\n`);
}
