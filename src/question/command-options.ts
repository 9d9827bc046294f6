import type { CommandName } from './commands.js';
import type { Door, Option } from './option.js';
import { OPTIONS } from './options.js';

/** The options of a command where it is asked. */
export function optionsOf(command: CommandName, door: Door): readonly Option[] {
  const all: readonly Option[] = OPTIONS;
  return all.filter(({ on, doors }) => on.includes(command) && doors.includes(door));
}

/** Names of all options: those of a list of options may be of any of its commands. */
export function optionsOfAll(commands: readonly CommandName[], door: Door): readonly Option[] {
  const found = new Map<string, Option>();
  for (const command of commands) {
    for (const option of optionsOf(command, door)) {
      if (!found.has(option.name)) found.set(option.name, option);
    }
  }
  return [...found.values()];
}
