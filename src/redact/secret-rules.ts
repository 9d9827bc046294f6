import { isSecretName } from './secret-names.js';

/** One way to recognise a secret in a text. */
export interface SecretRule {
  /** What the mask says: `<jwt 1>`. */
  readonly name: string;
  /**
   * Global. The group `secret` is what is masked, all of the match where there is none. Written so
   * that a text is read in linear time: a part without bound never repeats within another one, and
   * begins where a run of its characters does.
   */
  readonly pattern: RegExp;
  /** The last word on a match, for what no pattern can say. */
  readonly accept?: (match: RegExpExecArray) => boolean;
  /** A text in which the rule finds something. Never a real secret. */
  readonly example: string;
  /** A text much like it that has to stay as it is. */
  readonly lookAlike: string;
}

/** Behind a letter or digit a token would be the middle of something else. */
const START = '(?<![A-Za-z0-9])';

/**
 * A token that begins with a sign of whoever issued it. One that was cut off, which shows by the
 * ellipsis, is masked from six characters on if there is a digit among them.
 */
function issued(prefix: string, body: string, least: number): RegExp {
  return new RegExp(
    `${START}(?:${prefix})(?:${body}{${least},}|(?=[A-Za-z_-]{0,64}\\d)${body}{6,}(?=…))`,
    'g',
  );
}

const ALNUM = '[A-Za-z0-9]';
const WORD = '[A-Za-z0-9_]';
const URL64 = '[A-Za-z0-9_-]';
const HEX = '[0-9a-f]';
const A = (count: number) => 'aB3dE5gH7jK9'.repeat(10).slice(0, count);

/** In this order: what is masked by one is not seen by the ones after it. */
export const SECRET_RULES: readonly SecretRule[] = [
  {
    name: 'private key',
    // without its end where V8 has cut the text
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    example: `-----BEGIN RSA PRIVATE KEY-----\n${A(64)}\n-----END RSA PRIVATE KEY-----`,
    lookAlike: '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ\n-----END CERTIFICATE-----',
  },
  {
    name: 'private key',
    pattern: /PuTTY-User-Key-File-\d:[\s\S]*/g,
    example: `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n${A(48)}`,
    lookAlike: 'PuTTY-User-Manual',
  },
  {
    name: 'jwt',
    pattern:
      /(?<![\w-])(?:eyJ(?:hbGciOi|0eXAiOi|raWQiOi|lbmMiOi|jdHkiOi|4NXQiOi|qa3UiOi)[\w-]*(?:\.[\w-]*){0,4}|eyJ[\w-]{8,}\.eyJ[\w-]{4,}(?:\.[\w-]*)?)/g,
    example: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.${A(43)}`,
    lookAlike: 'data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXX0',
  },
  {
    name: 'aws key',
    pattern: issued('AKIA|ASIA|ABIA|ACCA', '[A-Z2-7]', 16),
    example: 'AKIAIOSFODNN7EXAMPLE',
    lookAlike: 'AKIABARA_PATTERN_NAME_X',
  },
  {
    name: 'github token',
    pattern: issued('gh[pousr]_', ALNUM, 30),
    example: `ghp_${A(36)}`,
    lookAlike: 'ghp_pages_branch_configuration',
  },
  {
    name: 'github token',
    pattern: issued('github_pat_', WORD, 40),
    example: `github_pat_${A(22)}_${A(59)}`,
    lookAlike: 'github_pat_created_at',
  },
  {
    name: 'gitlab token',
    pattern: issued('gl(?:pat|dt|rt|cbt|ptt|ft|soat|oas)-', URL64, 20),
    example: `glpat-${A(20)}`,
    lookAlike: 'glpat-name',
  },
  {
    name: 'slack token',
    pattern: issued('xox[abcdeoprs]-|xapp-', '[A-Za-z0-9-]', 16),
    example: `xoxb-123456789012-${A(24)}`,
    lookAlike: 'xoxo-kisses',
  },
  {
    name: 'slack webhook',
    pattern: /(?<=hooks\.slack\.com\/)(?:services|workflows|triggers)\/[\w/]{16,}/g,
    example: 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
    lookAlike: 'https://hooks.slack.com/services/',
  },
  {
    name: 'stripe key',
    pattern: issued('(?:sk|rk)_(?:live|test)_|whsec_', ALNUM, 16),
    example: `sk_live_${A(24)}`,
    lookAlike: 'pk_live_51H8yQ2eZvKYlo2C0aB3dE5gH',
  },
  {
    name: 'google key',
    pattern: issued('AIza', URL64, 35),
    example: `AIza${A(35)}`,
    lookAlike: 'AIzaShort',
  },
  {
    name: 'google token',
    pattern: issued('ya29\\.|GOCSPX-', URL64, 20),
    example: `ya29.${A(60)}`,
    lookAlike: 'ya29.x',
  },
  {
    name: 'npm token',
    pattern: issued('npm_', ALNUM, 36),
    example: `npm_${A(36)}`,
    lookAlike: 'npm_lifecycle_script',
  },
  {
    name: 'anthropic key',
    pattern: issued('sk-ant-', URL64, 20),
    example: `sk-ant-api03-${A(80)}`,
    lookAlike: 'sk-ant-colony',
  },
  {
    name: 'openai key',
    pattern: issued('sk-(?:proj|svcacct|admin|None)-', URL64, 20),
    example: `sk-proj-${A(60)}`,
    lookAlike: 'sk-proj-list',
  },
  {
    name: 'openai key',
    pattern: issued('sk-', ALNUM, 32),
    example: `sk-${A(48)}`,
    lookAlike: 'sk-folding-cube-animation-container-wide',
  },
  {
    name: 'token',
    pattern: issued('hf_|dop_v1_|shp(?:at|ca|pa|ss)_|dapi|lin_api_|figd_|PMAK-|NRAK-', URL64, 27),
    example: `hf_${A(34)}`,
    lookAlike: 'hf_hub_download',
  },
  {
    name: 'token',
    pattern: issued('hvs\\.|pypi-|dckr_pat_|glsa_|sntrys_|sbp_|ntn_|ATATT3', URL64, 24),
    example: `dckr_pat_${A(27)}`,
    lookAlike: 'pypi-server',
  },
  {
    name: 'sendgrid key',
    pattern: /(?<![\w-])SG\.[\w-]{16,64}\.[\w-]{16,}/g,
    example: `SG.${A(22)}.${A(43)}`,
    lookAlike: 'SG.module.exports',
  },
  {
    name: 'twilio key',
    pattern: new RegExp(`${START}SK${HEX}{32}(?!\\w)`, 'g'),
    example: 'SK0123456789abcdef0123456789abcdef',
    lookAlike: 'SKU0123456789abcdef',
  },
  {
    name: 'telegram token',
    pattern: /(?<![\w-])\d{8,10}:AA[\w-]{32,34}(?![\w-])/g,
    example: `123456789:AA${A(33)}`,
    lookAlike: '123456789:AAPL',
  },
  {
    name: 'age key',
    pattern: /AGE-SECRET-KEY-1[A-Z0-9]{20,}/g,
    example: `AGE-SECRET-KEY-1${'QPZRY9X8'.repeat(7)}`,
    lookAlike: 'AGE-SECRET-KEY-FILE',
  },
  {
    name: 'azure key',
    pattern: /(?<=(?:AccountKey|SharedAccessKey|SharedAccessSignature)=)[^;\s"'<]{8,}/gi,
    example: `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${A(86)}==`,
    lookAlike: 'AccountKeyName=RootManage',
  },
  {
    // `scheme://user:password@host`; an unescaped @ belongs to the password
    name: 'password',
    pattern: /:\/\/[^\s/?#@:"'<>]{0,128}:(?<secret>[^\s/?#"'<>]{1,256})@/g,
    example: 'postgres://app:hunter2@db.internal:5432/shop',
    lookAlike: 'http://localhost:8080/@scope/name',
  },
  {
    name: 'authorization',
    pattern: /(?<![\w-])Bearer\s{1,3}(?<secret>[\w.~+/=-]{8,})/gi,
    accept: ({ groups }) => looksRandom(groups?.secret ?? ''),
    example: `Bearer ${A(32)}`,
    lookAlike: 'Bearer authentication is required',
  },
  {
    name: 'authorization',
    pattern: /(?<![\w-])Basic\s{1,3}(?<secret>[A-Za-z0-9+/]{6,}={0,2})/gi,
    accept: ({ groups }) => isUserAndPassword(groups?.secret ?? ''),
    example: 'Basic dXNlcjpodW50ZXIy',
    lookAlike: 'Basic authentication',
  },
  {
    name: 'cookie',
    pattern: /(?<![\w-])(?:set-)?cookie2?:\s{0,3}(?<secret>[^\r\n"'<]{3,4096})/gi,
    example: 'GET / HTTP/1.1\r\nCookie: sid=abcdef; theme=dark\r\n',
    lookAlike: 'cookie-parser',
  },
  {
    name: 'cookie',
    pattern:
      /(?<![^\s;,"'`([])(?!(?:path|expires|max-age|domain|samesite)=)[\w.-]{1,64}=(?<secret>[^;\s"'<]{1,4096});\s{0,3}(?:path=|expires=|max-age=|domain=|samesite=|httponly|secure)/gi,
    example: 'shop=f8a1c2; Path=/; HttpOnly',
    lookAlike: 'width=device-width; initial-scale=1',
  },
  {
    name: 'url secret',
    pattern:
      /(?<=[?&](?:sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token)|code|key|auth)=)[^&#\s"'<>]{8,}/gi,
    example: 'https://store.example/blob?sv=2024&sig=aB3dE5gH7jK9%2B',
    lookAlike: 'https://store.example/?key=up&code=404',
  },
  {
    // `"password": "x"`: in quotes, whatever the value is
    name: 'secret',
    pattern:
      /(?<![\w$.-])(?<name>[\w$-]{2,64})\\{0,3}["']?\s{0,3}[:=]\s{0,3}(?:\\{0,3}["'`])(?<secret>[^"'`\\<\s]{1,512})/g,
    accept: ({ groups }) => isSecretName(groups?.name ?? ''),
    example: '{"user":"bob","password":"hunter2"}',
    lookAlike: '{"tokenizer":"default","publicKey":"ed25519"}',
  },
  {
    // `password=x`, `X-Api-Key: x`: without quotes, so not in a program's text
    name: 'secret',
    pattern:
      /(?<![\w$.-])(?<name>[\w$.-]{2,64}?)(?<sign>\s{0,3}[:=]\s{0,3})(?<secret>[^\s&;,"'`<>(){}[\]$]{3,512})/g,
    accept: (match) => isAssignment(match),
    example: 'DB_HOST=db DB_PASSWORD=hunter2',
    lookAlike: 'function f(e){e.token=t.token;var password=n.password;return e}',
  },
  {
    name: 'email',
    pattern:
      /(?<![\w.+%@-])[A-Za-z0-9][\w.+%'-]{0,63}(?:@|%40)(?<domain>[A-Za-z0-9][A-Za-z0-9.-]{0,190}\.[A-Za-z]{2,24})(?![\w@-])/g,
    accept: ({ 0: text, groups }) => isMailbox(text, groups?.domain ?? ''),
    example: 'mailto:alice.smith+shop@mail.example.co.uk',
    lookAlike: 'node_modules/@scope/pkg@1.2.3-beta.js, logo@2x.png, git@github.com',
  },
  {
    name: 'card',
    pattern: /(?<![\w.,+/=@-])\d(?:[ -]?\d){12,18}(?![\w+/=-]|\.\d)/g,
    accept: ({ 0: text }) => isCardNumber(text.replace(/\D/g, '')),
    example: '4111 1111 1111 1111',
    lookAlike: '4111 1111 1111 1112',
  },
];

/** A folder of a user, whose name is the secret: `/home/alice/x` is shown as `~/x`. */
export const HOME_FOLDER: Readonly<Pick<SecretRule, 'pattern' | 'example' | 'lookAlike'>> = {
  pattern:
    /(?<![\w.~-])(?:(?:\/mnt\/[a-z]|\/[A-Za-z]:|\/var|\/export|\/usr|\/System\/Volumes\/Data)?\/(?:home|Users)\/(?!Shared(?![\w.-]))[^/\\\s:"'`<>|?*()[\]{},;]{1,64}|[A-Za-z]:[\\/]{1,4}Users[\\/]{1,4}(?!Public(?![\w.-]))(?:[^/\\:"'`<>|?*\r\n]{1,64}(?=[\\/])|[^/\\\s:"'`<>|?*]{1,64}))/g,
  example: '/home/alice/shop/server.js',
  lookAlike: 'https://example.com/home/alice',
};

function looksRandom(text: string): boolean {
  return text.length >= 24 || /\d/.test(text) || /[a-z][A-Z]/.test(text);
}

function isUserAndPassword(base64: string): boolean {
  return /^[^\p{Cc}\ufffd]*:[^\p{Cc}\ufffd]*$/u.test(
    Buffer.from(base64, 'base64').toString('utf8'),
  );
}

const AROUND = 200;
const CODE = /=>|\b(?:function|return|const|let|var|typeof|void 0|import|export|interface)\b/;
const NO_SECRET = /^(?:null|true|false|undefined|none|string|number|boolean|required|optional)$/i;

/** After a colon there is prose as often as a value. */
function isAssignment({ input, index, groups }: RegExpExecArray): boolean {
  const { name = '', sign = '', secret = '' } = groups ?? {};
  if (!isSecretName(name) || NO_SECRET.test(secret)) return false;
  // not the whole text, which would be read once for each match
  if (CODE.test(input.slice(Math.max(0, index - AROUND), index + AROUND))) return false;
  return sign.includes('=') || name.includes('-') || /[^A-Za-z.]\w/.test(secret);
}

const FILE_TYPES =
  /\.(?:[cm]?[jt]sx?|css|html?|json|map|md|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|mp[34]|vue|wasm|node|next|lock|ya?ml)$/i;

/** Not a version of a package, a picture for a fine display or the user of a git remote. */
function isMailbox(text: string, domain: string): boolean {
  if (/^v?\d+(?:\.\d+)+|^\d+x\./.test(domain) || FILE_TYPES.test(domain)) return false;
  return !/^git@/.test(text) && !domain.includes('..');
}

/** First digits and length by issuer: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay. */
const CARD =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}|62\d{14,17})$/;

/** Issuer and check digit (ISO/IEC 7812-1, annex B, the Luhn formula). */
function isCardNumber(digits: string): boolean {
  if (!CARD.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
