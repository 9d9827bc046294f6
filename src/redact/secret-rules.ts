import {
  ACCOUNT,
  ASSIGNED,
  CARD_DIGITS,
  CLOSING_TAG,
  DOLLAR,
  HEADER,
  HOME,
  HOST,
  JSON_WEB,
  MAILBOX,
  OPTION,
  PEM,
} from './hints.js';
import { ISSUED_TOKENS } from './issued-tokens.js';
import { isSecretName } from './secret-names.js';
import { exampleOf, type SecretRule } from './secret-rule.js';

/** In this order: what is masked by one is not seen by the ones after it. */
export const SECRET_RULES: readonly SecretRule[] = [
  {
    name: 'private key',
    hint: PEM,
    // without its end where V8 has cut the text
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    example: `-----BEGIN RSA PRIVATE KEY-----\n${exampleOf(64)}\n-----END RSA PRIVATE KEY-----`,
    lookAlike: '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ\n-----END CERTIFICATE-----',
  },
  {
    name: 'private key',
    hint: ASSIGNED,
    pattern: /PuTTY-User-Key-File-\d:[\s\S]*/g,
    example: `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n${exampleOf(48)}`,
    lookAlike: 'PuTTY-User-Manual',
  },
  {
    name: 'jwt',
    hint: JSON_WEB,
    pattern:
      /(?<![\w-])(?:eyJ(?:hbGciOi|0eXAiOi|raWQiOi|lbmMiOi|jdHkiOi|4NXQiOi|qa3UiOi)[\w-]*(?:\.[\w-]*){0,4}|eyJ[\w-]{8,}\.eyJ[\w-]{4,}(?:\.[\w-]*)?)/g,
    example: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.${exampleOf(43)}`,
    lookAlike: 'data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXX0',
  },
  {
    // the private numbers of a JSON Web Key (RFC 7518, 6.2.2 and 6.3.2) and a shared one (6.4.1)
    name: 'private key',
    hint: ASSIGNED,
    pattern:
      /(?<=["'](?:d|p|q|dp|dq|qi|k)\\{0,3}["']\s{0,3}:\s{0,3}\\{0,3}["'])[\w-]{20,}(?=\\{0,3}["']|…|$)/g,
    accept: ({ input, index }) => near(input, index, 4000).includes('kty'),
    example: `{"kty":"EC","crv":"P-256","d":"${exampleOf(43)}"}`,
    lookAlike: `{"kty":"EC","crv":"P-256","x":"${exampleOf(43)}"}`,
  },
  ...ISSUED_TOKENS,
  {
    name: 'password hash',
    hint: DOLLAR,
    pattern:
      /\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|\$(?:argon2(?:id?|d)|scrypt|pbkdf2[\w-]{0,16}|[156y])\$[^\s"'`<:;]{20,512}/g,
    example: `$2b$10$${exampleOf(53)}`,
    lookAlike: 'costs $2 to $10, or $5$ a month',
  },
  {
    name: 'azure key',
    hint: ASSIGNED,
    pattern: /(?<=(?:AccountKey|SharedAccessKey|SharedAccessSignature)=)[^;\s"'<]{8,}/gi,
    example: `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${exampleOf(86)}==`,
    lookAlike: 'AccountKeyName=RootManage',
  },
  {
    // in the address of a database a password may hold what ends the host of another address
    name: 'password',
    hint: HOST,
    pattern:
      /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|clickhouse|nats|smtps?|s?ftp|ldaps?)(?:\+\w{1,16})?:\/\/[^\s/?#@:"'<>]{0,128}:(?!\d{1,5}[/,?])(?<secret>[^\s"'<>]{1,256})@/g,
    example: 'postgres://app:hun/ter#2@db.internal:5432/shop',
    lookAlike: 'mongodb://db:27017/shop?replica=a@b',
  },
  {
    // `scheme://user:password@host`; an unescaped @ belongs to the password
    name: 'password',
    hint: HOST,
    pattern: /:\/\/[^\s/?#@:"'<>]{0,128}:(?<secret>[^\s/?#"'<>]{1,256})@/g,
    example: 'postgres://app:hunter2@db.internal:5432/shop',
    lookAlike: 'http://localhost:8080/@scope/name',
  },
  {
    name: 'authorization',
    hint: HEADER,
    pattern: /(?<![\w-])Bearer\s{1,3}(?<secret>[\w.~+/=-]{8,})/gi,
    accept: ({ groups }) => looksRandom(groups?.secret ?? ''),
    example: `Bearer ${exampleOf(32)}`,
    lookAlike: 'Bearer authentication is required',
  },
  {
    name: 'authorization',
    hint: HEADER,
    pattern: /(?<![\w-])Basic\s{1,3}(?<secret>[A-Za-z0-9+/]{6,}={0,2})/gi,
    accept: ({ groups }) => isUserAndPassword(groups?.secret ?? ''),
    example: 'Basic dXNlcjpodW50ZXIy',
    lookAlike: 'Basic authentication',
  },
  {
    // `Authorization: Token …` and the like; Bearer and Basic are masks by now
    name: 'authorization',
    hint: HEADER,
    pattern: /(?<![\w-])(?:proxy-)?authorization:\s{0,3}[\w-]{2,20} (?<secret>[^\s"'<>,;]{8,})/gi,
    accept: ({ groups }) => looksRandom(groups?.secret ?? ''),
    example: `Authorization: SSWS 00${exampleOf(40)}`,
    lookAlike: 'Authorization: is required',
  },
  {
    name: 'cookie',
    hint: HEADER,
    pattern:
      /(?<![\w-])(?:set-)?cookie2?:\s{0,3}(?<secret>[^\r\n"'<=]{1,256}=[^\r\n"'<]{1,4096})/gi,
    example: 'GET / HTTP/1.1\r\nCookie: sid=abcdef; theme=dark\r\n',
    lookAlike: 'uses of the cookie: none',
  },
  {
    name: 'cookie',
    hint: ASSIGNED,
    pattern:
      /(?<![^\s;,"'`([])(?!(?:path|expires|max-age|domain|samesite)=)[\w.-]{1,64}=(?<secret>[^;\s"'<]{1,4096});\s{0,3}(?:path=|expires=|max-age=|domain=|samesite=|httponly|secure)/gi,
    example: 'shop=f8a1c2; Path=/; HttpOnly',
    lookAlike: 'width=device-width; initial-scale=1',
  },
  {
    name: 'url secret',
    hint: ASSIGNED,
    pattern:
      /(?<=[?&](?:sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token)|code|key|auth)=)[^&#\s"'<>]{8,}/gi,
    example: 'https://store.example/blob?sv=2024&sig=aB3dE5gH7jK9%2B',
    lookAlike: 'https://store.example/?key=up&code=404',
  },
  {
    // `"password": "x"`: up to the same quote, whatever the value is; a mask in it stays one
    name: 'secret',
    hint: ASSIGNED,
    pattern:
      /(?<![\w$.-])(?<name>[\w$-]{2,64})\\{0,3}["']?\s{0,3}[:=]\s{0,3}(?<quote>\\{0,3}["'`])(?<secret>(?:(?!\k<quote>|<[a-z ]{1,30} \d{1,9}>)(?:\\.|[^\r\n\\])){1,512})/g,
    accept: ({ groups }) => isSecretName(groups?.name ?? ''),
    example: '{"user":"bob","password":"hunter2"}',
    lookAlike: '{"tokenizer":"default","publicKey":"ed25519"}',
  },
  {
    // `password=x`, `X-Api-Key: x`: without quotes, so not in a program's text
    name: 'secret',
    hint: ASSIGNED,
    pattern:
      /(?<![\w$.-])(?<name>[\w$.-]{2,64}?)(?<sign>\s{0,3}[:=]\s{0,3})(?<secret>[^\s&;,"'`<>(){}[\]$][^\s&;,"'`<>]{1,510}[^\s&;,"'`<>(){}[\]])/g,
    accept: (match) => isAssignment(match),
    example: 'DB_HOST=db DB_PASSWORD=hunter2',
    lookAlike: 'function f(e){e.token=t.token;var password=n.password;return e}',
  },
  {
    // `--password x`; a word may be one of the help's
    name: 'secret',
    hint: OPTION,
    pattern: /(?<![\w-])--(?<name>[\w-]{2,64}) (?<secret>[^\s"'`<>()[\]{}|-][^\s"'`<>]{2,255})/g,
    accept: ({ groups }) =>
      isSecretName(groups?.name ?? '') && /[\d!#$%&*+^~]|[a-z][A-Z]/.test(groups?.secret ?? ''),
    example: 'node app.js --password hunter2 --port 80',
    lookAlike: '--password string, --token file',
  },
  {
    name: 'secret',
    hint: CLOSING_TAG,
    pattern: /<(?<name>[\w.:-]{2,64})>\s{0,3}(?<secret>[^<>\s][^<>]{0,511})<\//g,
    accept: ({ groups }) => isSecretName(groups?.name ?? ''),
    example: '<user>bob</user><password>hunter2</password>',
    lookAlike: '<title>password</title>',
  },
  {
    name: 'password',
    hint: ASSIGNED,
    pattern: /(?<![\w-])(?:-u|--user)[ =]["']?[^\s:"'<>]{1,64}:(?<secret>[^\s"'`<>]{1,256})/g,
    example: 'curl -u bob:hunter2 https://example.com',
    lookAlike: 'docker run -u 1000 image',
  },
  {
    name: 'email',
    hint: MAILBOX,
    pattern:
      /(?<![\w.+%@À-ӿ-])[A-Za-z0-9À-ӿ][\w.+%'À-ӿ-]{0,63}(?:@|%40)(?<domain>[A-Za-z0-9À-ӿ][A-Za-z0-9À-ӿ.-]{0,190}\.[A-Za-zÀ-ӿ]{2,24})(?![\w@-])/g,
    accept: ({ 0: text, groups }) => isMailbox(text, groups?.domain ?? ''),
    example: 'mailto:alice.smith+shop@mail.example.co.uk',
    lookAlike: 'node_modules/@scope/pkg@1.2.3-beta.js, logo@2x.png, git@github.com',
  },
  {
    name: 'card',
    hint: CARD_DIGITS,
    pattern: /(?<![\w.,+/=@-])\d(?:[ -]?\d){12,18}(?![\w+/=-]|\.\d)/g,
    accept: ({ 0: text }) => isCardNumber(text.replace(/\D/g, '')),
    example: '4111 1111 1111 1111',
    lookAlike: '4111 1111 1111 1112',
  },
  {
    name: 'iban',
    hint: ACCOUNT,
    pattern: /(?<![\w+/=@-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\w+/=-])/g,
    accept: ({ 0: text }) => isBankAccount(text.replaceAll(' ', '')),
    example: 'DE89 3704 0044 0532 0130 00',
    lookAlike: 'DE89 3704 0044 0532 0130 01',
  },
];

/** A folder of a user, whose name is the secret: `/home/alice/x` is shown as `~/x`. */
export const HOME_FOLDER: Readonly<Omit<SecretRule, 'name' | 'accept'>> = {
  hint: HOME,
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

function near(text: string, index: number, around: number): string {
  return text.slice(Math.max(0, index - around), index + around);
}

const AROUND = 200;
const CODE = /=>|\b(?:function|return|const|let|var|typeof|void 0|import|export|interface)\b/;
const NO_SECRET = /^(?:null|true|false|undefined|none|string|number|boolean|required|optional)$/i;

/** After a colon there is prose as often as a value. */
function isAssignment({ input, index, groups }: RegExpExecArray): boolean {
  const { name = '', sign = '', secret = '' } = groups ?? {};
  if (!isSecretName(name) || NO_SECRET.test(secret)) return false;
  // not the whole text, which would be read once for each match
  if (CODE.test(near(input, index, AROUND)) || /^[\w$.]{1,2}\(/.test(secret)) return false;
  if (sign.includes(':') && /^\.{0,2}\/[./a-z_-]*$/.test(secret)) return false;
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

/** Countries that have account numbers of this kind, with their length. */
const ACCOUNTS =
  /^(?:NO\d{13}|BE\w{14}|(?:DK|FI|FO|NL)\w{16}|(?:AT|BA|EE|KZ|LT|LU|XK)\w{18}|(?:CH|CR|HR|LI|LV)\w{19}|(?:BG|BH|DE|GB|GE|IE|ME|RS|VA)\w{20}|(?:AE|GI|IL|IQ)\w{21}|(?:AD|CZ|ES|MD|PK|RO|SA|SE|SK|TN|VG)\w{22}|PT\w{23}|(?:IS|TR)\w{24}|(?:FR|GR|IT|MC|SM)\w{25}|(?:AL|AZ|CY|DO|GT|HU|LB|PL)\w{26}|(?:BR|EG|PS|QA|UA)\w{27}|(?:JO|KW|MU)\w{28}|MT\w{29})$/;

/** Length by country and check digits (ISO 13616, ISO/IEC 7064 MOD 97-10). */
function isBankAccount(number: string): boolean {
  if (!ACCOUNTS.test(number)) return false;
  const turned = number.slice(4) + number.slice(0, 4);
  let rest = 0;
  for (const character of turned) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
