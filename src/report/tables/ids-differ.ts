import { option, type Sentence, say } from '../../util/sentence.js';

/** Says why ids do not identify the objects of two moments, and what helps. */
export function idsDiffer(how: string): Sentence {
  const why =
    'V8 assigns new object ids in each process, and again after each debugger that leaves it';
  return say`${how}: ${why}; capture with ${option('count')} stays connected, so that objects keep their ids.`;
}
