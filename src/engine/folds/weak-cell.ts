import { foldOfLinks } from './links.js';

/** A FinalizationRegistry has a cell for each object it waits for, with the value held for it. */
export const weakCell = foldOfLinks({
  kind: 'weak-cell',
  recognises: { records: ['system / WeakCell'] },
  meaning: () => ({ kind: 'held-value' }),
});
