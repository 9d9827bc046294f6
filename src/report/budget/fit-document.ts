import { compactJson } from './compact-json.js';
import { countTokens } from './count-tokens.js';
import { mostThatFits } from './most-that-fits.js';

type Document = Readonly<Record<string, unknown>>;

/**
 * A JSON document that fits into so many tokens: its lists lose their last items, the last list first. How
 * many are left out of each is in `budget.left`.
 */
export async function fitDocument(document: Document, tokens: number): Promise<string> {
  const lists = Object.keys(document).filter((name) => {
    return name !== 'next' && Array.isArray(document[name]);
  });
  const isSmallEnough = (text: string) => countTokens(text) <= tokens;
  let shorter = document;
  for (const name of lists.reverse()) {
    const base = shorter;
    const items = document[name] as readonly unknown[];
    const text = await mostThatFits(
      items.length,
      (count) => compactJson(shorten(base, name, items.slice(0, count))),
      isSmallEnough,
    );
    if (text !== null) return text;
    shorter = shorten(base, name, []);
  }
  const { schema, budget } = shorter;
  return compactJson({ schema, budget });
}

function shorten(document: Document, name: string, kept: readonly unknown[]): Document {
  const all = (document[name] as readonly unknown[]).length;
  if (kept.length === all) return document;
  const { left = {} } = (document.budget ?? {}) as { readonly left?: Record<string, number> };
  return { ...document, [name]: kept, budget: { left: { ...left, [name]: all - kept.length } } };
}
