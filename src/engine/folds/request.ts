import { foldOfLinks } from './links.js';

/** Calls of `next` that wait in an async generator. */
export const request = foldOfLinks({
  kind: 'request',
  recognises: { records: ['system / AsyncGeneratorRequest'] },
  meaning: ({ graph }, node) => {
    return { kind: graph.nameOf(node) === 'Promise' ? 'request-promise' : 'request-argument' };
  },
});
