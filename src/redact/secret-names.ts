/** Names whose value is a secret whatever it looks like; the last word of a name decides. */
const LAST_WORDS: ReadonlySet<string> = new Set([
  ...['password', 'passwd', 'passphrase', 'passcode', 'pass', 'pwd', 'pw'],
  ...['secret', 'secrets', 'token', 'jwt', 'bearer', 'credential', 'credentials', 'otp', 'totp'],
  ...['cvv', 'cvc', 'mnemonic', 'privkey', 'iban'],
  ...['authorization', 'auth', 'cookie', 'cookies', 'session', 'sid', 'phpsessid', 'jsessionid'],
]);

/** Pairs of last words: `key` alone is the most usual name of what is no secret. */
const LAST_PAIRS: ReadonlySet<string> = new Set([
  ...['api key', 'app key', 'auth key', 'access key', 'account key', 'encryption key'],
  ...['license key', 'master key', 'private key', 'secret key', 'session key', 'shared key'],
  ...['signing key', 'ssh key', 'key base', 'password hash', 'session id', 'sess id'],
  ...['pass phrase', 'pass word', 'pass code', 'recovery code', 'backup code', 'seed phrase'],
]);

/** Written without a sign of where the words end. */
const JOINED =
  /(?:password|passwd|passphrase|apikey|secretkey|privatekey|accesskey|(?:access|auth|refresh|session|id|csrf|xsrf|bearer)token|clientsecret|sessionid)$/;

/** A property, variable or key that only says something about a secret. */
const NO_VALUE: ReadonlySet<string> = new Set(['is', 'has', 'no', 'needs', 'show', 'with']);

const LONGEST_NAME = 80;

/**
 * Whether what stands under a name is a secret by convention: `password`, `apiKey`, `x-api-key`,
 * `DB_PASSWORD`, `Map["token"]`, `#clientSecret`; but not `tokenizer`, `publicKey`, `maxTokens`.
 */
export function isSecretName(name: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || NO_VALUE.has(words[0] as string)) return false;
  return LAST_WORDS.has(last) || LAST_PAIRS.has(words.slice(-2).join(' ')) || JOINED.test(last);
}

/** The words of camelCase, snake_case, kebab-case and SCREAMING_CASE in small letters, without numbers. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}
