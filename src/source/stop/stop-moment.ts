/**
 * When to look at a script. Whatever was asked for, a program that comes to its end first is looked at
 * there.
 */
export type ScriptMoment =
  /** At its first `debugger;` statement. */
  | { readonly kind: 'debugger' }
  | { readonly kind: 'exit' }
  /** Before a line of one of its files; `file` is any end of the path, `line` 1-based. */
  | { readonly kind: 'line'; readonly file: string; readonly line: number }
  /** So many milliseconds after its start. */
  | { readonly kind: 'after'; readonly ms: number };

/** `loaded`: at the end of the script's own code, when all of its variables are there. */
export type StopMoment = ScriptMoment | { readonly kind: 'loaded' };
