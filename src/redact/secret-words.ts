/** A word in lower case and without accents. */
export function plainWord(word: string): string {
  const small = word.toLowerCase();
  // most words are ASCII, without accents: this is fast, because the table of words is made at each
  // start
  return /^[ -~]*$/.test(small)
    ? small
    : small.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

const listOf = (words: string) => words.trim().split(/\s+/).map(plainWord);

/** Names whose value is a secret whatever it looks like; the last word of a name decides. */
export const LAST_WORDS: ReadonlySet<string> = new Set(
  listOf(`
    password passwords passwd passphrase passcode pass pwd pw passkey
    secret secrets token jwt bearer credential credentials otp totp pin psk pepper
    cvv cvc ssn mnemonic privkey iban kubeconfig dsn
    authorization auth cookie cookies session sid phpsessid jsessionid
    passwort passwörter kennwort geheimnis zugangscode
    contraseña clave mdp motdepasse senha palavrapasse parola parol şifre
    пароль парол wachtwoord lösenord adgangskode passord salasana heslo hasło haslo jelszó lozinka geslo
  `),
);

/** Words of languages without spaces, found anywhere in a name. */
export const WORDS_WITHOUT_SPACES: readonly string[] = listOf(`
  密码 密碼 口令 パスワード 暗証番号 비밀번호 암호 รหัสผ่าน पासवर्ड סיסמה סיסמא كلمةالمرور كلمةالسر
`);

/** Pairs of last words: `key` alone is the most common name of things that are not secret. */
export const LAST_PAIRS: ReadonlySet<string> = new Set(
  [
    ...['api key', 'app key', 'auth key', 'access key', 'account key', 'encryption key'],
    ...[
      'license key',
      'master key',
      'private key',
      'secret key',
      'session key',
      'shared key',
      'preshared key',
    ],
    ...['signing key', 'ssh key', 'key base', 'session id', 'sess id', 'hmac key', 'service key'],
    ...['wifi key', 'key data', 'host key', 'storage key', 'webhook key', 'deploy key'],
    ...['pass phrase', 'pass word', 'pass code', 'recovery code', 'backup code', 'seed phrase'],
    ...['recovery codes', 'backup codes', 'pin code', 'mfa code', 'otp code', 'connection string'],
    ...['de passe', 'palavra passe', 'mat khau', 'كلمة المرور', 'كلمة السر'],
  ].map(plainWord),
);

/** Words that may follow the deciding word: `password_confirmation`, `SecretString`. */
export const QUALIFIERS: ReadonlySet<string> = new Set(
  listOf(`
    confirm confirmation confirmed repeat repeated again retype verify verification
    string str value values binary data plain plaintext text raw content contents pem hex base64 b64
    hash hashed digest encrypted enc old new current previous prev temp temporary
  `),
);

/** Last words of names that only describe a secret. */
export const NO_VALUE: ReadonlySet<string> = new Set(
  listOf('is has no needs show with require requires use'),
);

/** Words before "pass" that give it another meaning: a render pass, a boarding pass. */
export const OTHER_PASSES: ReadonlySet<string> = new Set(
  listOf(`
    render shadow bloom ssao blur color colour depth geometry shader effect filter compute raster
    low high all by boarding season day bus first second next last single double multi optimizer
    compiler mountain
  `),
);

const JOINED_FIRST =
  'db|my|sql|mysql|pg|psql|postgres|redis|mongo|mq|rabbit|kafka|ftp|sftp|ssh|smtp|mail|email|imap|pop|ldap|' +
  'root|admin|user|usr|login|app|api|auth|oauth|jwt|web|webhook|hook|session|cookie|client|consumer|shared|' +
  'store|key|trust|keystore|truststore|bot|git|github|gitlab|aws|azure|gcp|s3|stripe|slack|http|proxy|wifi|' +
  'vpn|rpc|csrf|xsrf|access|refresh|id|bearer|device|push|service|svc|master|signing|hmac|encryption|private|' +
  'secret|account|server|host|sys|system|old|new|temp|default|guest|backup|zip|pdf|cert|ssl|tls|pfx|bind|sa|' +
  'owner|sudo|become|vault|docker|npm|registry|ci|deploy|license|team|site|basic|sip|snmp|radius';

/** Names without a separator between words: `dbpass`, `jwtsecret`, `mypassword`. */
export const JOINED: RegExp = new RegExp(
  '(?:passwords?|passwd|passphrase|apikeys?|secretkey|privatekey|accesskey|sessionid|passwort|kennwort|wachtwoord)$|' +
    `^(?:${JOINED_FIRST})(?:pass|pwd|pw|secret|token|passcode)$|` +
    '^(?:api|app|access|account|auth|encryption|hmac|host|license|master|private|secret|session|shared|signing|ssh|storage|webhook|wifi)keys?$',
);
