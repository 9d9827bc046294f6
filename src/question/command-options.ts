import type { CommandName } from './commands.js';
import type { Door, Option } from './option.js';
import { OPTIONS } from './options.js';

/** The options of a command at a door. */
export function optionsOf(command: CommandName, door: Door): readonly Option[] {
  const all: readonly Option[] = OPTIONS;
  return all.filter(({ on, doors }) => on.includes(command) && doors.includes(door));
}

/**
 * Names of all options of the given commands: in a list of options, each may belong to any of them.
 */
export function optionsOfAll(commands: readonly CommandName[], door: Door): readonly Option[] {
  const found = new Map<string, Option>();
  for (const command of commands) {
    for (const option of optionsOf(command, door)) {
      if (!found.has(option.name)) found.set(option.name, option);
    }
  }
  return [...found.values()];
}
