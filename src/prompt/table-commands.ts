import { usage } from '../errors.js';
import type { PrintOptions } from '../program/call-options.js';
import { askGrowth } from '../program/growth-calls.js';
import { printGrowth, printTypes } from '../program/print-classes.js';
import { askTypes } from '../program/type-calls.js';
import type { OptionValues } from '../question/options.js';
import { evaluate } from './evaluate.js';
import { inOwnTurn } from './own-turn.js';
import type { TypedCommand } from './prompt-command.js';
import { readLine } from './read-line.js';
import { type TypedOption, toValues } from './typed-option.js';

/** The stream that a prompt writes to. */
type Output = NonNullable<PrintOptions['file']>;

/** `.types [N]`: the classes with the most objects. */
export async function runTypesLine({ server, text }: TypedCommand): Promise<void> {
  const values = toValues('types', readTableLine('types', text));
  const types = await askTypes('.types', {});
  await printTypes(types, values, placeOf(values, server.output));
  tellFiles(server.output, values);
}

/**
 * `.growth [N]`: classes with more objects than at any earlier `.growth`; the first one is the
 * start.
 */
export async function runGrowthLine({ server, text }: TypedCommand): Promise<void> {
  const values = toValues('growth', readTableLine('growth', text));
  const isFirst = !started.has(server);
  if (isFirst) await loadAll(server);
  const call = { name: '.growth', prompt: { server, context: server.context } };
  const look = () => inOwnTurn(() => askGrowth({ peaks: server }, call));
  const file = placeOf(values, server.output);
  const grown = await printGrowth(await look(), { values, file }, isFirst ? FIRST : LATER);
  // objects that the first look creates must not count as growth at the next one
  if (isFirst) await look();
  started.add(server);
  tellFiles(server.output, values);
  tellGrowth(server.output, { isFirst, count: grown.length });
}

/** The names of the moments of a first and of a later `.growth`. */
export const FIRST = { from: 'nothing', to: 'now' };
export const LATER = { from: 'the peaks so far', to: 'now' };

/** Servers that have a start to compare with. */
const started = new WeakSet<object>();

/**
 * Loads what a later command would load or create on first use, so that it does not count as
 * growth.
 */
async function loadAll(server: TypedCommand['server']): Promise<void> {
  await Promise.all([
    import('./graph-commands.js'),
    import('./profile-command.js'),
    import('./help-commands.js'),
  ]);
  await evaluate(server, 'undefined');
}

/** Reads `20`, or options. */
export function readTableLine(command: 'types' | 'growth', text: string): readonly TypedOption[] {
  const { words, options } = readLine(command, text);
  if (words === '') return options;
  if (!/^\d+$/.test(words)) {
    throw usage(
      `"${words}" is not a number of classes; use .${command} 20, or --filter "${words}"`,
    );
  }
  return [{ name: 'limit', value: words }, ...options];
}

/** Says what the table does not show. */
export function tellGrowth(
  output: Output,
  { isFirst, count }: { readonly isFirst: boolean; readonly count: number },
): void {
  if (isFirst) output.write('This is the start; .growth again lists what has grown since.\n');
  else if (count === 0) output.write('Nothing has grown.\n');
}

/** The place of a table: the prompt, unless files are named. */
export function placeOf({ out }: OptionValues, output: Output): PrintOptions['file'] {
  return out.length === 0 ? output : undefined;
}

export function tellFiles(output: Output, { out }: OptionValues): void {
  for (const path of out) output.write(`Table written to ${path}\n`);
}
