import type { EndpointTarget } from './inspector-endpoint.js';
import { type Choice, chooseOne, toShellWord } from './live-choice.js';

/** The longest title suggested for typing; for longer ones it is the id. */
const LONGEST_TITLE = 40;

/**
 * Finds the requested program or page. Pages come before other targets of a browser: workers,
 * frames and extensions are only taken when asked for, its own user interface never.
 *
 * @throws ShowBackrefError NOTHING_SELECTED, AMBIGUOUS_TARGET with a table.
 */
export function choosePage(
  all: readonly EndpointTarget[],
  choice: Choice | null,
  owner: string,
): EndpointTarget & { readonly socketPath: string } {
  const targets = all.flatMap((target) => {
    const { socketPath, title, url, id, type } = target;
    if (socketPath === null || type === 'browser_ui') return [];
    return [{ ...target, socketPath, names: [title, url, id] }];
  });
  const main = targets.filter(({ type }) => type === 'page' || type === 'node');
  const matches = ({ names }: { names: readonly string[] }) =>
    choice === null || names.includes(choice.text) || names.some((name) => choice.matches(name));
  const candidates = main.some(matches) || !targets.some(matches) ? main : targets;
  return chooseOne(candidates, choice, {
    ...{ noun: 'page', owner },
    toRow: ({ title, url }) => [title, url],
    option: ({ title, id }) => {
      const isUnique = targets.filter((other) => other.title === title).length === 1;
      const isShort = title !== '' && title.length <= LONGEST_TITLE;
      return toShellWord(isUnique && isShort ? title : id);
    },
  });
}
