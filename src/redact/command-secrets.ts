import { COMMAND, OPTION_LETTER } from './hints.js';
import type { SecretRule } from './secret-rule.js';

/** The text that a shell takes as one word. */
const WORD = `["']?(?<secret>[^\\s"'\`|;<>$&-][^\\s"'\`|;<>]{1,255})`;
/** Options and words before the relevant one. */
const BEFORE = '[^|;\\r\\n]{0,160}?';

const hasSign = ({ groups }: RegExpExecArray) =>
  /[\d!#$%&*+^~]|[a-z][A-Z]/.test(groups?.secret ?? '');

function command(names: string, option: string): RegExp {
  return new RegExp(`(?<![\\w/.-])(?:${names})\\s${BEFORE}(?<=\\s)${option}${WORD}`, 'g');
}

const ROWS: readonly Omit<SecretRule, 'name'>[] = [
  {
    hint: OPTION_LETTER,
    pattern: /(?<![\w-])(?:-u|--user)[ =]["']?[^\s:"'<>]{1,64}:(?<secret>[^\s"'`<>]{1,256})/g,
    example: 'curl -u bob:hunter2 https://example.com',
    lookAlike: 'docker run -u 1000 image',
  },
  {
    // the only option whose value follows without a space
    hint: OPTION_LETTER,
    pattern: command('mysql(?:dump|admin|import|show|check|pump)?|mariadb(?:-\\w{1,16})?', '-p'),
    example: 'mysql -u root -phunter2 shop',
    lookAlike: 'mysql -u root -p shop',
  },
  {
    hint: OPTION_LETTER,
    pattern: command(
      'sshpass|(?:docker|podman|buildah|helm registry|oc|az|nerdctl|skopeo|cf) login|mongo(?:sh|dump|restore|export|import|stat|top)?|keytool|plink|pscp',
      '-(?:p|pw)[ =]?',
    ),
    example: 'docker login -u bob -p hunter2 registry.example',
    lookAlike: 'docker run -p 8080:80 nginx',
  },
  {
    hint: OPTION_LETTER,
    pattern: command('redis-cli|redis-benchmark|valkey-cli', '(?:-a|--pass) '),
    example: 'redis-cli -h cache -a hunter2 ping',
    lookAlike: 'redis-cli -h cache ping',
  },
  {
    hint: OPTION_LETTER,
    pattern: command('ldap(?:search|modify|add|delete|whoami|passwd)', '-w ?'),
    example: 'ldapsearch -x -D cn=admin -w hunter2',
    lookAlike: 'ldapsearch -x -W',
  },
  {
    hint: OPTION_LETTER,
    pattern: command('smbclient|rpcclient|smbmap|net|nmblookup', '-U ?[^\\s%"\']{1,64}%'),
    example: 'smbclient //srv/x -U bob%hunter2',
    lookAlike: 'smbclient //srv/x -U bob',
  },
  {
    hint: COMMAND,
    pattern: /(?<=\s-(?:pass|passin|passout)\s{1,3})pass:(?<secret>[^\s"'`]{2,256})/g,
    example: 'openssl enc -aes-256-cbc -pass pass:hunter2',
    lookAlike: 'openssl enc -pass file:key.txt, test pass: 12',
  },
  {
    hint: COMMAND,
    pattern:
      /\b(?:htpasswd\s{1,3}-\w{0,8}b\w{0,8}\s{1,3}\S{1,256}\s{1,3}\S{1,64}|wpa_passphrase\s{1,3}\S{1,32}|requirepass|masterauth|masterpass)\s{1,3}["']?(?<secret>[^\s"'<>$][^\s"'<>]{1,255})/g,
    accept: (match) => !/^(?:is|no|must|directive|option)$/.test(match.groups?.secret ?? ''),
    example: 'CONFIG SET requirepass hunter2',
    lookAlike: 'requirepass is not set',
  },
  {
    hint: COMMAND,
    // .netrc
    pattern: /\blogin\s{1,20}\S{1,128}\s{1,20}password\s{1,20}["']?(?<secret>[^\s"'<>]{1,256})/g,
    accept: (match) => /\b(?:machine|default)\s/.test(beforeOf(match)) || hasSign(match),
    example: 'machine api.heroku.com login bob password hunter2',
    lookAlike: 'the login page password is required',
  },
  {
    hint: COMMAND,
    // SQL: users and roles
    pattern:
      /\bIDENTIFIED\s{1,3}(?:WITH\s{1,3}\S{1,64}\s{1,3})?BY\s{1,3}(?:PASSWORD\s{1,3}|VALUES\s{1,3})?["']?(?<secret>(?!PASSWORD\b|VALUES\b|RANDOM\b)[^\s"';,()$:?@<>][^\s"';,<>]{2,255})/gi,
    example: "CREATE USER 'app'@'%' IDENTIFIED BY 'hunter2'",
    lookAlike: 'IDENTIFIED BY PASSWORD',
  },
  {
    hint: COMMAND,
    pattern:
      /\bPASSWORD\s{0,3}(?:=\s{0,3}|\(\s{0,3}|\s)N?'(?<secret>(?:[^'\\\r\n]|''|\\.){2,256})'/gi,
    example: "ALTER USER app WITH PASSWORD 'hunter2'",
    lookAlike: "UPDATE users SET password = ? WHERE name = 'bob'",
  },
  {
    hint: COMMAND,
    // SMTP and IMAP
    pattern:
      /\bAUTH(?:ENTICATE)?\s(?:PLAIN|LOGIN|XOAUTH2|CRAM-MD5)\s{1,3}(?<secret>[A-Za-z0-9+/]{8,1024}={0,2})/g,
    example: 'AUTH PLAIN AGJvYgBodW50ZXIy',
    lookAlike: 'AUTH PLAIN LOGIN',
  },
  {
    hint: COMMAND,
    // Redis, FTP, POP3: a separate line, as it is sent
    pattern:
      /(?:^|[\n\s]|\\n)(?:AUTH|PASS)\s{1,3}(?:(?:default|[a-z]\w{1,31})\s)?(?<secret>[^\s\\<>]{3,256})(?=\r?\n|\\r|$)/g,
    accept: (match) => isLine(match),
    example: 'USER bob\r\nPASS hunter2',
    lookAlike: 'PASS src/a.test.ts',
  },
  {
    hint: COMMAND,
    pattern:
      /\bAUTH\r\n(?<secret>\$\d{1,4}\r\n[^\r\n]{1,256}(?:\r\n\$\d{1,4}\r\n[^\r\n]{1,256})?)/gi,
    example: '*2\r\n$4\r\nAUTH\r\n$7\r\nhunter2\r\n',
    lookAlike: '*1\r\n$4\r\nPING\r\n',
  },
];

/** Secrets on command lines, in the files of tools, and in protocols. */
export const COMMAND_SECRETS: readonly SecretRule[] = ROWS.map((row) => ({
  name: 'password',
  ...row,
}));

function beforeOf({ input, index }: RegExpExecArray): string {
  return input.slice(Math.max(0, index - 300), index);
}

/** True for a line of its own: not a test report or a word of an answer. */
function isLine(match: RegExpExecArray): boolean {
  const secret = match.groups?.secret ?? '';
  const after = match.input.slice(match.index + match[0].length, match.index + match[0].length + 2);
  if (/[/\\].*\.\w{1,5}$/.test(secret)) return false;
  return after.startsWith('\r') || hasSign(match);
}
