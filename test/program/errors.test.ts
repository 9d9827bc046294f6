import { describe, expect, test } from 'vitest';
import { ShowBackrefError, showBackrefs } from '../../src/entry/index.js';
import { runProgram } from '../support/picture.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';

interface Refusal {
  readonly isOurs?: boolean;
  readonly code: string;
  readonly message: string;
}

const refusalOf = async (answer: Promise<unknown>) => {
  const error = await answer.then(
    () => expect.fail('not refused'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ShowBackrefError);
  return error as ShowBackrefError;
};

describe('refused before any work', () => {
  test.each([
    [42, '"42" is a number;'],
    ['text', '"text" is a string;'],
    ['x'.repeat(100), `"${'x'.repeat(39)}…" is a string;`],
    [Symbol('s'), '"Symbol(s)" is a symbol;'],
    [12n, '"12" is a bigint;'],
    [undefined, '"undefined" is not an object;'],
    [null, '"null" is not an object;'],
  ])('the target %s', async (target, words) => {
    const { code, message } = await refusalOf(showBackrefs(target as never));
    expect(code).toBe('USAGE');
    expect(message).toBe(
      `${words} only objects and functions have holders, give showBackrefs one of those`,
    );
  });

  test.each([
    [
      { out: 'a.gif' },
      'out: ".gif" is not a known format; use one of png, svg, pdf, html, md, txt, json, dot, mmd',
    ],
    [
      { out: 'a' },
      'out: "a" has no extension; use one of png, svg, pdf, html, md, txt, json, dot, mmd',
    ],
    [{ out: '' }, 'out is empty; name a file such as backrefs.png'],
    [{ out: [7] }, 'out "7" is not the path of a file'],
    [
      { out: 'a', format: 'gif' },
      'format "gif" is unknown; use one of png, svg, pdf, html, md, txt, json, dot, mmd',
    ],
    [{ format: 'png' }, 'format "png" without a file; name one with out'],
    [{ depth: -1 }, 'depth "-1" is not a whole number from 0 up'],
    [{ fanIn: 0 }, 'fanIn "0" is not a whole number from 1 up'],
    [{ maxNodes: '9' }, 'maxNodes "9" is not a whole number from 1 up'],
    [{ weak: 1 }, 'weak "1" is not true or false'],
    [{ hide: () => true }, 'hide "() => true" is neither a text nor a regular expression'],
    [{ theme: 'pink' }, 'theme "pink" is unknown; use one of light, dark'],
    [{ redact: 'some' }, 'redact "some" is unknown; use one of secrets, all, none'],
    [{ font: 7 }, 'font "7" is not the path of a file'],
    [{ fan_in: 3 }, 'option "fan_in" is unknown; use one of depth, fanIn,'],
    ['a.png', 'options are "a.png"; give an object'],
    [null, 'options are "null"; give an object'],
  ])('the options %o', async (options, words) => {
    const { code, message } = await refusalOf(showBackrefs({}, options as never));
    expect(code).toBe('USAGE');
    expect(message).toContain(words);
  });
});

describe.each(RUNTIMES)('refused in a program on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test.each([
      ['number', 'USAGE', '"42" is a number;'],
      ['unwritable', 'OUTPUT_FAILED', 'cannot write "/dev/null/backrefs.png": '],
      ['pattern', 'USAGE', '"/(/" is not a regular expression: '],
      ['thread', 'SOURCE_REFUSED', 'showBackrefs was called in a worker thread,'],
    ])('%s', async (name, code, words) => {
      const refusal = await runProgram<Refusal>('library-errors.cjs', [name], { execPath });
      expect(refusal).toMatchObject({ isOurs: true, code });
      expect(refusal.message).toContain(words);
    });
  });
});
