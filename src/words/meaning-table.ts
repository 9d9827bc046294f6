import type { Meaning, MeaningKind, NodeMeaning, NodeMeaningKind } from '../engine/meaning.js';

/** The meanings of one kind, or of several that are written as one. */
export type MeaningOf<Kind extends MeaningKind> = Meaning & { readonly kind: Kind };
export type NodeMeaningOf<Kind extends NodeMeaningKind> = NodeMeaning & { readonly kind: Kind };

/** A value for each kind of meaning: a table without one of the kinds does not compile. */
export type MeaningTable<Rest extends readonly unknown[], Answer> = {
  readonly [Kind in MeaningKind]: (meaning: MeaningOf<Kind>, ...rest: Rest) => Answer;
};
export type NodeTable<Rest extends readonly unknown[], Answer> = {
  readonly [Kind in NodeMeaningKind]: (is: NodeMeaningOf<Kind>, ...rest: Rest) => Answer;
};

/** Looks a meaning up in a table of its kinds. */
export function wordsFor<Rest extends readonly unknown[], Answer>(
  table: MeaningTable<Rest, Answer>,
  meaning: Meaning,
  ...rest: Rest
): Answer {
  // the compiler does not see that the row belongs to the kind
  const row = table[meaning.kind] as (meaning: Meaning, ...rest: Rest) => Answer;
  return row(meaning, ...rest);
}

export function nodeWordsFor<Rest extends readonly unknown[], Answer>(
  table: NodeTable<Rest, Answer>,
  is: NodeMeaning,
  ...rest: Rest
): Answer {
  const row = table[is.kind] as (is: NodeMeaning, ...rest: Rest) => Answer;
  return row(is, ...rest);
}
