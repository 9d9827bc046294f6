import type { LoadHook } from 'node:module';
import { openScope } from '../prompt/script-scope.js';

/** The thread in which Node.js 20 loads ES modules, started by script-prompt.ts. */
const state: { url: string | null } = { url: null };

export function initialize({ url }: { readonly url: string }): void {
  state.url = url;
}

export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (url !== state.url || loaded.format !== 'module' || !loaded.source) return loaded;
  const source = openScope(Buffer.from(loaded.source as string).toString(), 'module');
  return source === null ? loaded : { ...loaded, source };
};
