import { DOLLAR, HASH_SIGN } from './hints.js';
import { exampleOf, type SecretRule } from './secret-rule.js';

/** Hashes of passwords are secrets, too: the password can be guessed from them. */
export const PASSWORD_HASHES: readonly SecretRule[] = [
  {
    name: 'password hash',
    hint: DOLLAR,
    // bcrypt; crypt(3) and formats derived from it
    pattern:
      /\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|\$(?:argon2(?:id?|d)|scrypt|pbkdf2[\w-]{0,16}|apr1|md5|sha1|gy|bcrypt-sha256|[1567y])\$[^\s"'`<:;]{20,512}/g,
    example: `$2b$10$${exampleOf(53)}`,
    lookAlike: 'costs $2 to $10, or $5$ a month',
  },
  {
    name: 'password hash',
    hint: DOLLAR,
    // Django, Werkzeug, SCRAM in PostgreSQL and MongoDB
    pattern:
      /(?<![\w$-])(?:(?:pbkdf2(?:[:_]\w{2,16})?|scrypt|bcrypt(?:_sha\d{3})?|md5|sha1|sha256|sha512|argon2)(?:[:$][\d:]{1,20})?\$[^\s"'`<:;$]{4,128}\$[^\s"'`<:;]{16,256}|SCRAM-SHA-\d{1,3}\$\d{1,8}:[^\s"'`<;]{20,512})/g,
    example: `pbkdf2_sha256$600000$${exampleOf(22)}$${exampleOf(43)}=`,
    lookAlike: 'sha256$ in front of the prompt $ of a shell',
  },
  {
    name: 'password hash',
    hint: HASH_SIGN,
    // directories; MySQL and PostgreSQL
    pattern:
      /\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2[\w-]{0,16}|ARGON2\w{0,2})\}[A-Za-z0-9+/.$,=]{16,512}|(?<![\w*])\*[0-9A-F]{40}(?![\w])|(?<!\w)md5[0-9a-f]{32}(?!\w)/g,
    example: `{SSHA}${exampleOf(38)}==`,
    lookAlike: 'md5 0123456789abcdef0123456789abcdef, {SHA256}',
  },
];
