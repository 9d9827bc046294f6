import type { HeapClass } from './heap-classes.js';

/** What becomes of a text from a heap before anybody sees it. */
export type TextRule = (text: string) => string;

export const plainText: TextRule = (text) => text;

/** Classes with their texts changed; whatever else is known of them stays. */
export function mapClassTexts<T extends HeapClass>(types: readonly T[], rule: TextRule): T[] {
  return types.map((type) => {
    const location = type.location === null ? null : rule(type.location);
    return { ...type, name: rule(type.name), location };
  });
}
