import { describe, expect, it } from 'vitest';
import { HOME_FOLDER } from '../../src/redact/personal-data.js';
import { Redactor } from '../../src/redact/redactor.js';
import { SECRET_RULES } from '../../src/redact/secret-rules.js';
import { caseCount } from '../support/cases.js';
import { LOOK_ALIKES, SECRETS } from './corpus.js';

const hide = (text: string) => new Redactor('secrets').text(text);

describe('each rule', () => {
  it.each(SECRET_RULES.map((rule) => [rule.name, rule.example, rule] as const))(
    '%s finds something in %j',
    (_, example, { pattern, accept }) => {
      const matches = [...example.matchAll(pattern)];
      expect(matches.some((match) => accept?.(match as RegExpExecArray) !== false)).toBe(true);
      expect(hide(example)).not.toBe(example);
    },
  );

  it.each([...SECRET_RULES, HOME_FOLDER].map(({ lookAlike }) => lookAlike))('leaves %j', (text) => {
    expect(hide(text)).toBe(text);
  });
});

describe('a hint', () => {
  const rules = [...SECRET_RULES, HOME_FOLDER];
  const texts = [
    ...rules.flatMap(({ example, lookAlike }) => [example, lookAlike]),
    ...SECRETS.map(({ text }) => text),
    ...LOOK_ALIKES,
  ];
  const cut = texts.flatMap((text) => [6, 10, 16, 24].map((length) => `${text.slice(0, length)}…`));

  it.each(rules.map((rule) => [rule.hint, rule.pattern] as const))(
    '%s is in every text in which there is %s',
    (hint, pattern) => {
      const found = [...texts, ...cut].filter((text) => text.search(pattern) >= 0);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter((text) => hint?.test(text) === false)).toEqual([]);
    },
  );

  it('keeps no position of an earlier search', () => {
    expect(rules.filter(({ hint }) => hint?.global === true)).toEqual([]);
  });
});

describe('the corpus', () => {
  it.each(SECRETS)('$text has its secret masked', ({ text, secret, shown }) => {
    const masked = hide(text);
    expect(masked).not.toContain(secret);
    expect(masked).toBe(shown);
  });

  it.each(LOOK_ALIKES)('%j stays', (text) => {
    expect(hide(text)).toBe(text);
  });

  it.each(SECRETS)('$text: masking twice changes nothing', ({ text }) => {
    const redactor = new Redactor('secrets');
    const once = redactor.text(text);
    const { count } = redactor;
    expect(redactor.text(once)).toBe(once);
    expect(redactor.count).toBe(count);
  });
});

describe('no text takes long', () => {
  /** A group that repeats without bound and contains an unbounded repetition: exponential time. */
  const NESTED = /\((?:[^()\\]|\\.)*(?:(?<!\\)[*+]|\{\d+,\})(?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\})/;

  it('the check finds a nested quantifier', () => {
    for (const source of ['(a+)+', '(?:x*y)*', '(\\w+\\s{1,})+']) expect(source).toMatch(NESTED);
    expect('(?:\\d[ -]?){12,18}').not.toMatch(NESTED);
  });

  it.each([...SECRET_RULES, HOME_FOLDER].map(({ pattern }) => pattern.source))(
    'no nested quantifier in %s',
    (source) => {
      expect(source).not.toMatch(NESTED);
    },
  );

  const LENGTH = caseCount(1_000_000, 50_000);
  /** A quadratic search takes more than ten times this, even of the shorter text; a linear one a tenth. */
  const MOST_MS = caseCount(30_000, 1_500);
  const pieces = [
    ...[
      'a',
      '-',
      ' ',
      '1',
      '1 ',
      '@',
      'a@',
      'a.',
      'a@a.',
      '/',
      '/home/',
      '://',
      '://a:',
      '=',
      'a=',
    ],
    ...['password=', 'password="', 'password=a ', 'Bearer ', 'Bearer a1234567 ', 'Basic QUFBQUFB '],
    ...['eyJhbGciOi', 'eyJhbGciOi.', 'eyJaaaaaaaa.', '-----BEGIN PRIVATE KEY-----', 'ghp_', 'sk-'],
    ...['cookie: ', 'a=b; ', 'a=b; path=/ ', '?sig=', 'C:\\Users\\', '%40', '\\"', '…', 'SG.aaaa'],
    ...[
      '\\n',
      '\\nA',
      '%3D',
      'token%3D',
      '=3D',
      '[1m',
      '\\u000a',
      'ABSK',
      'IQoJb3JpZ2lu',
      'sk_',
      'a_',
    ],
    ...[
      'aB3_',
      'live_',
      'pi_aaaaaaaaaaaa_secret_',
      'dp.st.',
      'AZDO',
      '+ASt',
      'LS0tLS1CRUdJTi',
      '$6$',
    ],
    ...[
      '$',
      'md5$',
      'SCRAM-SHA-256$1:',
      '{SHA}',
      '*0123456789ABCDEF',
      'WIFI:',
      'WIFI:P:',
      'a:1:a:a:',
    ],
    ...[
      'a/a@',
      'AWS AAAAAAAA:',
      'Digest ',
      'Credential=',
      '"password":[',
      '"password":{"',
      'name="password"',
    ],
    ...[
      'name: token\n',
      '"name":"token",',
      'name="password"\n\n',
      'password: |\n ',
      'pwd={',
      '<token a ',
      '<a>',
    ],
    ...[
      '<property name="token">',
      'name="a" value="',
      'setToken("',
      'mysql ',
      'mysql -p',
      'sshpass -p',
      '-u a:',
    ],
    ...[
      'login a password ',
      'IDENTIFIED BY ',
      "PASSWORD '",
      'AUTH PLAIN ',
      'AUTH a',
      'PASS ',
      'AUTH\r\n$1\r\n',
    ],
    ...[
      'htpasswd -b ',
      'requirepass ',
      ' -pass pass:',
      '密码=',
      'mot de passe:',
      'é',
      'パ',
      'a1_',
      'aA1',
    ],
  ];
  it.each(pieces)('a million characters of %j', (piece) => {
    const text = piece.repeat(Math.ceil(LENGTH / piece.length));
    const redactor = new Redactor('all');
    const before = process.cpuUsage();
    redactor.places(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(MOST_MS);
  });
});
