/** Commands of later versions: named, so that they are not taken for files. */
export const PLANNED_COMMANDS: ReadonlySet<string> = new Set(['leaks', 'open', 'report']);
