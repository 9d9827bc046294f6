import { describe, expect, it } from 'vitest';
import { ShowBackrefError } from '../../src/errors.js';
import { toOneLine } from '../../src/util/one-line.js';

describe('toOneLine', () => {
  it('leaves a plain sentence as it is', () => {
    expect(toOneLine('there is no file "ü💥.heapsnapshot"; check the path')).toBe(
      'there is no file "ü💥.heapsnapshot"; check the path',
    );
  });

  it('writes out characters that break the line or control a terminal', () => {
    expect(toOneLine('a\nb\u001b[31m\u202e')).toBe('a\\nb\\u001b[31m\\u202e');
  });

  it.each(['x', '\u001b', '💥', '\ud800'])('cuts the middle of %j, repeatedly', (character) => {
    const cut = toOneLine(`start ${character.repeat(100_001)}; what to do next`);
    expect(cut.length).toBeLessThanOrEqual(1000);
    expect(cut).toMatch(/^start .*….*; what to do next$/s);
    expect(cut).toBe(toOneLine(cut));
    expect(cut).not.toMatch(/[\p{Cc}\p{Cs}]/u);
  });
});

it('an error quotes nothing unescaped, and neither do its details', () => {
  const error = new ShowBackrefError(
    'SOURCE_REFUSED',
    `no page "\u001b[2J${'x'.repeat(5000)}"; stop`,
    {
      details: ['a \u001b]0;t\u0007', 'b'],
    },
  );
  expect(error.message).toMatch(/^no page "\\u001b\[2Jx+…x+"; stop$/);
  expect(error.details).toEqual(['a \\u001b]0;t\\u0007', 'b']);
});
