import { option, type Sentence, say } from '../../util/sentence.js';

/** Why objects of two moments cannot be told apart by their ids, and what helps. */
export function idsDiffer(how: string): Sentence {
  const why =
    'V8 numbers objects anew in each process, and again after each debugger that leaves it';
  return say`${how}: ${why}; capture with ${option('count')} stays connected, so that objects keep their ids.`;
}
