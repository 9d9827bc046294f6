/**
 * Texts with invented secrets, assembled from templates such as `key_{A32}` when the tests run: no
 * file of ours contains one, so no scanner takes it for a leak. «» enclose the secret; without them
 * it is the whole text. The result is the same on every machine.
 */
export interface Sample {
  readonly kind: string;
  readonly text: string;
  readonly secret: string;
}

/** A kind of secret and some ways in which it is written. */
export type Kind = readonly [kind: string, ...templates: string[]];

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

const ALPHABETS: Readonly<Record<string, string>> = {
  A: UPPER + LOWER + DIGITS,
  a: LOWER + DIGITS,
  B: `${UPPER + LOWER + DIGITS}+/`,
  b: BASE58,
  D: DIGITS,
  H: `${DIGITS}abcdef`,
  h: `${DIGITS}ABCDEF`,
  L: LOWER,
  n: BECH32,
  T: `${UPPER}234567`,
  U: UPPER + DIGITS,
  W: `${UPPER + LOWER + DIGITS}_-`,
};

const PASSWORDS = [
  ...['hunter2', 'Tr0ub4dor3', 'correct-horse-7', 'S3cr3t!pass', 'Sommer2024', 'xK9mQ2vL'],
  ...['pass_w0rd', 'letmein99', 'Pa$$w0rd', 'n0t.so.secret'],
];

/** A sequence of numbers without visible order (mulberry32), the same for the same seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  from(alphabet: string, count: number): string {
    let text = '';
    for (let i = 0; i < count; i++) text += alphabet[this.below(alphabet.length)];
    return text;
  }
}

/** `§` stands for a dollar sign, which before a brace looks like a placeholder of JavaScript's own. */
export function plainDollars(text: string): string {
  return text.replaceAll('§', '$');
}

/** `{A32}` is 32 letters and digits, `{P}` a password as people make them, `{V}` a UUID. */
export function fill(template: string, random: Random): string {
  return plainDollars(template)
    .replace(/\{64:([^}]*)\}/g, (_, plain: string) =>
      Buffer.from(fill(plain.replace(/\[(\w+)\]/g, '{$1}'), random)).toString('base64'),
    )
    .replace(/\{([A-Za-z])(\d*)\}/g, (whole, letter: string, digits: string) => {
      if (letter === 'P') return PASSWORDS[random.below(PASSWORDS.length)] as string;
      if (letter === 'V')
        return [8, 4, 4, 4, 12].map((n) => random.from(ALPHABETS.H as string, n)).join('-');
      const alphabet = ALPHABETS[letter];
      return alphabet === undefined ? whole : random.from(alphabet, Number(digits));
    });
}

/** The text around a token: `@` is its place. */
const AROUND = [
  '{"note":"@","n":1}',
  'line one\\n@\\nline two',
  'GET /x?y=@ HTTP/1.1',
  '\u001b[31m@\u001b[0m',
  'config [@] loaded',
  'a%20@%20b',
  "export X='@'",
  'x%3D@',
  'first\n@\nsecond',
  '\\u001b[1;32m@\\u001b[0m',
  'failed with @, retrying',
  '\\t@',
  'name\u0007@',
  '<b>@</b>',
  '&quot;@&quot;',
];

/** Each template as it is and again within other text. */
export function tokensOf(kinds: readonly Kind[], seed: number): Sample[] {
  const random = new Random(seed);
  let place = 0;
  return kinds.flatMap(([kind, ...templates]) =>
    templates.flatMap((template) => {
      const bare = fill(template, random);
      const [before = '', after = ''] = (AROUND[place++ % AROUND.length] as string).split('@');
      const within = sampleOf(kind, fill(template, random));
      return [sampleOf(kind, bare), { ...within, text: before + within.text + after }];
    }),
  );
}

/** Each template with some secrets in it. */
export function textsOf(kinds: readonly Kind[], seed: number): Sample[] {
  const random = new Random(seed);
  return kinds.flatMap(([kind, ...templates]) =>
    templates.flatMap((template) => [
      sampleOf(kind, fill(template, random)),
      sampleOf(kind, fill(template, random)),
    ]),
  );
}

function sampleOf(kind: string, filled: string): Sample {
  const [before, secret, after] = filled.split(/[«»]/);
  if (secret === undefined) return { kind, text: filled, secret: filled };
  return { kind, text: `${before}${secret}${after}`, secret };
}
