import { foldOfLinks } from './links.js';

/** Folds pending calls of `next` on an async generator. */
export const request = foldOfLinks({
  kind: 'request',
  recognises: { records: ['system / AsyncGeneratorRequest'] },
  meaning: ({ graph }, node) => {
    return { kind: graph.nameOf(node) === 'Promise' ? 'request-promise' : 'request-argument' };
  },
});
