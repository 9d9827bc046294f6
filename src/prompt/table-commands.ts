import { ShowBackrefError } from '../errors.js';
import { askGrowth } from '../program/growth-calls.js';
import { readGrowthOptions } from '../program/list-growth.js';
import type { ShowTypesOptions } from '../program/list-types.js';
import type { ListOptions, PrintOptions } from '../program/table-options.js';
import { showMostCommonTypes } from '../program/type-calls.js';
import type { TypedCommand } from './commands.js';
import { evaluate } from './evaluate.js';
import { inOwnTurn } from './own-turn.js';
import { type PromptCommand, type TypedOption, toCallOptions } from './prompt-options.js';
import { readLine } from './read-line.js';

/** `.types [N]`: the classes with most objects. */
export async function runTypes({ server, text }: TypedCommand): Promise<void> {
  const options = tableOptions(readTableLine('types', text), server.output);
  await showMostCommonTypes(options as ShowTypesOptions);
  tellFiles(server.output, options);
}

/** `.growth [N]`: what there is more of than at any `.growth` before; the first one is the start. */
export async function runGrowth({ server, text }: TypedCommand): Promise<void> {
  const options = tableOptions(readTableLine('growth', text), server.output);
  const isFirst = !started.has(server);
  if (isFirst) await loadAll(server);
  const { print } = readGrowthOptions(options, isFirst ? FIRST : LATER);
  const call = { name: '.growth', prompt: { server, context: server.context } };
  const look = () => inOwnTurn(() => askGrowth({ peaks: server }, call));
  const grown = await print(await look());
  // what the first look has made itself shall not have grown at the next one
  if (isFirst) await look();
  started.add(server);
  tellFiles(server.output, options);
  tellGrowth(server.output, { isFirst, count: grown.length });
}

/** What to call the moments of a first and of a later `.growth`. */
export const FIRST = { from: 'nothing', to: 'now' };
export const LATER = { from: 'the peaks so far', to: 'now' };

/** Servers that have a start to compare with. */
const started = new WeakSet<object>();

/** What a later command would load, or make when it is first used, shall not count as grown. */
async function loadAll(server: TypedCommand['server']): Promise<void> {
  await Promise.all([
    import('./graph-commands.js'),
    import('./profile-command.js'),
    import('./help-commands.js'),
  ]);
  await evaluate(server, 'undefined');
}

/** `20`, or options. */
export function readTableLine(command: PromptCommand, text: string): readonly TypedOption[] {
  const { words, options } = readLine(command, text);
  if (words === '') return options;
  if (!/^\d+$/.test(words)) {
    throw new ShowBackrefError(
      'USAGE',
      `"${words}" is no number of classes; use .${command} 20, or --filter "${words}"`,
    );
  }
  return [{ name: 'limit', value: words }, ...options];
}

/** What the table does not say. */
export function tellGrowth(
  output: NonNullable<PrintOptions['file']>,
  { isFirst, count }: { readonly isFirst: boolean; readonly count: number },
): void {
  if (isFirst) output.write('This is the start; .growth again lists what has grown since.\n');
  else if (count === 0) output.write('There is no more of anything than there was before.\n');
}

type TableOptions = ListOptions & PrintOptions;

/** A table goes to the prompt unless it goes to files. */
export function tableOptions(
  typed: readonly TypedOption[],
  output: NonNullable<PrintOptions['file']>,
): TableOptions {
  const options = toCallOptions(typed) as TableOptions;
  return options.out === undefined ? { ...options, file: output } : options;
}

export function tellFiles(
  output: NonNullable<PrintOptions['file']>,
  { out = [] }: PrintOptions,
): void {
  for (const path of [out].flat()) output.write(`Table written to ${path}\n`);
}
