import { NAME_CHARACTERS, NAME_START } from './boundaries.js';
import { ASSIGNED, BLOCK, CALL, CLOSING_TAG, ENCODED, OPTION, TAG } from './hints.js';
import { near } from './near.js';
import { isSecretName } from './secret-names.js';
import { exampleOf, type SecretRule } from './secret-rule.js';

const NAME = `(?<name>mots? de passe|[${NAME_CHARACTERS}-]{2,64})`;
/** Names that may also contain dots, as short as possible: `spring.datasource.password`. */
const DOTTED_NAME = `(?<name>mots? de passe|[${NAME_CHARACTERS}.-]{2,64}?)`;
const MASK = '<[a-z ]{1,30} \\d{1,9}>';

const isNamed = ({ groups }: RegExpExecArray) => isSecretName(groups?.name ?? '');

/** Values after a telling name: in JSON, in programs, in files of settings, in forms. */
export const ASSIGNED_SECRETS: readonly SecretRule[] = [
  {
    // `"password": "x"`, `'password' => 'x'`: up to the same quote, whatever the value is; a mask
    // in it stays unchanged
    name: 'secret',
    hint: ASSIGNED,
    pattern: new RegExp(
      `${NAME_START}${NAME}\\\\{0,3}["']?\\]?\\s{0,3}(?::=|=>|[:=：＝])\\s{0,3}[NUb]?(?<quote>\\\\{0,3}["'\`])` +
        `(?<secret>(?:(?!\\k<quote>|${MASK})(?:\\\\.|[^\\r\\n\\\\])){1,512})`,
      'g',
    ),
    accept: (match) => isNamed(match) && isValue(match.groups?.secret ?? ''),
    example: '{"user":"bob","password":"hunter2"}',
    lookAlike: '{"tokenizer":"default","publicKey":"ed25519"}',
  },
  {
    // `password=x`, `X-Api-Key: x`: without quotes, so not in the text of a program
    name: 'secret',
    hint: ASSIGNED,
    pattern: new RegExp(
      `${NAME_START}${DOTTED_NAME}(?<sign>\\s{0,3}[:=：＝]\\s{0,3})` +
        '(?<secret>[^\\s&;,"\'`<>(){}[\\]$%][^\\s&;,"\'`<>\\\\]{1,510}[^\\s&;,"\'`<>(){}[\\]\\\\])',
      'g',
    ),
    accept: (match) => isAssignment(match),
    example: 'DB_HOST=db DB_PASSWORD=hunter2',
    lookAlike: 'function f(e){e.token=t.token;var password=n.password;return e}',
  },
  {
    // in an address within an address
    name: 'secret',
    hint: ENCODED,
    pattern: new RegExp(
      `${NAME_START}${NAME}(?:%22)?%3[aAdD](?:%20)?(?:%22)?(?<secret>(?:(?!%2[26cC]|%3[bB])[^\\s&"'<>]){2,512})`,
      'g',
    ),
    accept: isNamed,
    example: '/login?next=%2Fx%3Faccess_token%3DaB3dE5gH%26y%3D1',
    lookAlike: '/find?q=tokenizer%3Dstandard',
  },
  {
    // a block of YAML
    name: 'secret',
    hint: BLOCK,
    pattern: new RegExp(
      `${NAME_START}${NAME}:\\s{0,3}[|>][+-]?\\r?\\n\\s{1,32}(?<secret>[^\\r\\n]{1,512})`,
      'g',
    ),
    accept: isNamed,
    example: 'password: |\n  hunter2\n',
    lookAlike: 'description: |\n  the password\n',
  },
  {
    // the braces of ODBC
    name: 'secret',
    hint: ASSIGNED,
    pattern:
      /(?<![^;\s"'])(?:pwd|password)\s{0,3}=\s{0,3}\{(?<secret>[^{}\r\n]{1,256})\}(?=[;"'\s]|$)/gi,
    accept: ({ groups }) =>
      !/^[\w$]+(?:\.[\w$]+)*$/.test(groups?.secret ?? '') || /\d/.test(groups?.secret ?? ''),
    example: 'Driver={SQL Server};Server=db;Uid=app;Pwd={hunter2};',
    lookAlike: '<Login password={this.state.password} />',
  },
  {
    // `--password x`; the next word may be part of a help text
    name: 'secret',
    hint: OPTION,
    pattern: /(?<![\w-])--(?<name>[\w-]{2,64}) (?<secret>[^\s"'`<>()[\]{}|-][^\s"'`<>]{2,255})/g,
    accept: (match) => isNamed(match) && hasSign(match.groups?.secret ?? ''),
    example: 'node app.js --password hunter2 --port 80',
    lookAlike: '--password string, --token file',
  },
  {
    name: 'secret',
    hint: CLOSING_TAG,
    pattern:
      /<(?<name>[\w.:-]{2,64})(?:\s[^<>]{0,256})?>\s{0,3}(?:<!\[CDATA\[)?(?<secret>[^<>\s\]][^<>\]]{0,511})(?:\]\]>)?\s{0,9}<\//g,
    accept: isNamed,
    example: '<user>bob</user><password>hunter2</password>',
    lookAlike: '<title>password</title>',
  },
  {
    // `<property name="db.password">x</property>`; in prose the words consist of letters only
    name: 'secret',
    hint: CLOSING_TAG,
    pattern:
      /<(?:property|entry|item|param|parameter|setting|config|var|field|data|element|string)\s[^<>]{0,128}?\b(?:name|key|id)=["'](?<name>[\w.:-]{2,64})["'][^<>]{0,128}>\s{0,9}(?:<!\[CDATA\[|<value>)?(?<secret>[^<>\s\]][^<>\]]{0,511})(?:\]\]>)?\s{0,9}<\//g,
    accept: (match) => isNamed(match) && hasSign(match.groups?.secret ?? ''),
    example: '<property name="db.password">hunter2</property>',
    lookAlike: '<string name="password">Password</string>',
  },
  {
    // `name="db.password" value="x"`
    name: 'secret',
    hint: TAG,
    pattern:
      /\b(?:name|key|id)=(["'])(?<name>[\w.:-]{2,64})\1\s{1,3}(?:[\w:-]{1,32}=["'][^"'<>]{0,64}["']\s{1,3}){0,2}value=(["'])(?<secret>(?:(?!\3)[^<>\r\n]){1,512})/g,
    accept: isNamed,
    example: '<add key="ApiKey" value="hunter2" />',
    lookAlike: '<add key="TokenLimit" value="4096" />',
  },
  {
    // `setPassword("x")`, `new Password('x')`
    name: 'secret',
    hint: CALL,
    pattern:
      /(?<![\w$])(?:set|with|use|add|new )(?<name>[A-Z]\w{1,63})\((?<quote>["'`])(?<secret>(?:(?!\k<quote>)[^\r\n\\]){3,512})/g,
    accept: (match) => isNamed(match) && hasSign(match.groups?.secret ?? ''),
    example: `setApiKey("${exampleOf(32)}")`,
    lookAlike: 'setToken("identifier")',
  },
];

/** True for characters that passwords have and words do not. */
function hasSign(secret: string): boolean {
  return /[\d!#$%&*+^~]|[a-z][A-Z]/.test(secret);
}

const AROUND = 200;
const CODE =
  /=>|\b(?:function|return|const|let|var|typeof|void 0|import|export (?:default|const|let|class|type|async|\{)|interface)\b/;
const NO_SECRET =
  /^(?:null|true|false|undefined|none|nil|string|number|boolean|required|optional|hidden|redacted|include|omit|same-origin|x{3,64}|your[-_][\w-]{1,64}|[*•.]{3,64}|\w{1,32}(?:\.\w{1,32}){1,4}\(.{0,16})$/i;
/** A placeholder that another program will replace by the value. */
const PLACEHOLDER = /^(?:\$\{[^{}]*\}|\{\{.*\}\}|<[^<>]*>|%\w{1,64}%|\[[A-Z ]{1,32}\])$/;

function isValue(secret: string): boolean {
  return !NO_SECRET.test(secret) && !PLACEHOLDER.test(secret);
}

/** True for an assignment: after a colon there is prose as often as a value. */
function isAssignment({ input, index, groups }: RegExpExecArray): boolean {
  const { name = '', sign = '', secret = '' } = groups ?? {};
  if (!isSecretName(name) || !isValue(secret)) return false;
  // not the whole text, which would be read once for each match
  if (CODE.test(near(input, index, AROUND)) || /^[\w$.]{1,2}\(/.test(secret)) return false;
  if (sign.includes(':') && /^\.{0,2}\/[./a-z_-]*$/.test(secret)) return false;
  if (/(?:^|[^a-z])pin$/i.test(name) && !/^\d{4,12}$/.test(secret)) return false;
  if (isReference(name, secret)) return false;
  return sign.includes('=') || name.includes('-') || hasSign(secret) || /[^A-Za-z.]\w/.test(secret);
}

/**
 * True for references in the text of a program: `this.password=e.password`, `apiKey:
 * process.env.API_KEY`, `password===t`.
 */
function isReference(name: string, secret: string): boolean {
  if (/^[=~!]/.test(secret) || /^(?:process|import|this|self|props|e|t|z)\./.test(secret))
    return true;
  const last = name.split('.').at(-1) ?? '';
  return secret.split('.').length > 1 && secret.endsWith(`.${last}`);
}
