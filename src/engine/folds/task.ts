import { NodeType } from '../../graph/types.js';
import { suspendedFunction } from '../promises.js';
import { foldOfLinks } from './links.js';

/** Folds queued microtasks. */
export const task = foldOfLinks({
  kind: 'task',
  recognises: {
    records: [
      'system / AsyncResumeTask',
      'system / CallableTask',
      'system / CallbackTask',
      'system / PromiseFulfillReactionJobTask',
      'system / PromiseRejectReactionJobTask',
      'system / PromiseResolveThenableJobTask',
    ],
  },
  meaning: ({ graph }, node) => {
    const name = graph.nameOf(node);
    if (name === 'Generator') return { kind: 'resumes', function: suspendedFunction(graph, node) };
    if (graph.typeOf(node) === NodeType.closure) return { kind: 'microtask' };
    return { kind: name === 'Promise' ? 'microtask-promise' : 'microtask-argument' };
  },
});
