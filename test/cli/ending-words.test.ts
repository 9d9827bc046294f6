import { expect, test } from 'vitest';
import {
  internalError,
  noAnswerWithin,
  outOfMemory,
  timeIsUp,
} from '../../src/cli/ending-words.js';
import { ShowBackrefError } from '../../src/errors.js';

test('a command ends with the same sentence whether or not it notices its time limit', () => {
  const heard = new ShowBackrefError('OUT_OF_TIME', timeIsUp('5s'));
  expect(heard.inWords('flags')).toEqual([noAnswerWithin('5s')]);
  expect(noAnswerWithin('5s')).toBe(
    'there is no answer within --timeout "5s"; allow more, or ask for less with --depth and --max-nodes',
  );
});

test('options are spelled as they are typed', () => {
  expect(outOfMemory()).toMatch(/ask for less with --depth and --max-nodes$/);
});

test('the quoted text of an internal error stays on one line', () => {
  expect(internalError('a "b"\nc')).toBe(
    String.raw`internal error: "a \"b\"\nc"; run again with --debug and report it`,
  );
});
