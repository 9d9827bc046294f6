import { describe, expect, it } from 'vitest';
import { assertPlaceholders, fillTemplate } from '../../src/report/fill-template.js';

describe('fillTemplate', () => {
  it('puts pieces in, with blanks around their names or not, as often as they are named', () => {
    const pieces = { title: 'T', tree: 'a\nb' };
    expect(fillTemplate('{{title}} {{ title }}\n{{tree}}', pieces)).toBe('T T\na\nb');
  });

  it('never examines what it has inserted', () => {
    const pieces = { title: '{{tree}} $& $1 $$', tree: '{{title}}' };
    expect(fillTemplate('{{title}}|{{tree}}', pieces)).toBe('{{tree}} $& $1 $$|{{title}}');
  });
});

describe('assertPlaceholders', () => {
  it('accepts known placeholders, and text without any', () => {
    expect(() => assertPlaceholders('{{a}} {{ b }} {x} {{}', ['a', 'b'], 't.md')).not.toThrow();
  });

  it.each(['{{c}}', '{{}}', '{{ a b }}', '{{a.b}}', '{{#each a}}', '{{> a}}', '{{__proto__}}'])(
    'refuses %s and names the known ones',
    (written) => {
      expect(() => assertPlaceholders(`x ${written}`, ['a', 'b'], 't.md')).toThrow(
        expect.objectContaining({
          code: 'USAGE',
          message: `template "t.md": "${written}" is unknown; use one of {{a}} {{b}}`,
        }),
      );
    },
  );
});
