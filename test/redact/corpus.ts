/** A text with a secret in it, the part nobody may read, and what is to be shown instead. */
export interface CorpusEntry {
  readonly text: string;
  readonly secret: string;
  readonly shown: string;
}

/** Made up, and put together here so that no scanner takes this file for a leak. */
const body = (count: number) => 'aB3dE5gH7jK9'.repeat(20).slice(0, count);
const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${body(43)}`;
const PEM_BODY = `${body(64)}\n${body(64)}\n`;

function whole(secret: string, kind: string): CorpusEntry {
  return { text: secret, secret, shown: `<${kind} 1>` };
}

function within(before: string, secret: string, after: string, kind: string): CorpusEntry {
  return { text: before + secret + after, secret, shown: `${before}<${kind} 1>${after}` };
}

export const SECRETS: readonly CorpusEntry[] = [
  whole(`-----BEGIN RSA PRIVATE KEY-----\n${PEM_BODY}-----END RSA PRIVATE KEY-----`, 'private key'),
  whole(`-----BEGIN OPENSSH PRIVATE KEY-----\n${PEM_BODY}`, 'private key'),
  whole(
    `-----BEGIN EC PRIVATE KEY-----\\n${body(64)}\\n-----END EC PRIVATE KEY-----`,
    'private key',
  ),
  within('key: ', `-----BEGIN PGP PRIVATE KEY BLOCK-----\n${PEM_BODY}`, '', 'private key'),
  whole(JWT, 'jwt'),
  within('id=', JWT, '&x=1', 'jwt'),
  within('Bearer ', JWT, '', 'jwt'),
  within('', `eyJhbGciOiJSUzI1NiIs${body(12)}`, '…', 'jwt'),
  whole(`AKIA${'IOSFODNN7EXAMPLE'}`, 'aws key'),
  within('key=', `ASIA${'IOSFODNN7EXAMPLE'}`, '', 'aws key'),
  within('aws_secret_access_key = ', `wJalrXUtnFEMI/K7MDENG/${body(18)}`, '', 'secret'),
  whole(`ghp_${body(36)}`, 'github token'),
  within('https://', `gho_${body(36)}`, '@github.com/a/b.git', 'github token'),
  whole(`github_pat_${body(22)}_${body(59)}`, 'github token'),
  within('', `ghp_${body(20)}`, '…', 'github token'),
  whole(`glpat-${body(20)}`, 'gitlab token'),
  whole(`xoxb-123456789012-${body(24)}`, 'slack token'),
  within(
    'https://hooks.slack.com/',
    `services/T00000000/B00000000/${body(24)}`,
    '',
    'slack webhook',
  ),
  whole(`sk_live_${body(24)}`, 'stripe key'),
  whole(`rk_test_${body(24)}`, 'stripe key'),
  whole(`whsec_${body(32)}`, 'stripe key'),
  within('https://maps.example/?key=', `AIza${body(35)}`, '&v=3', 'google key'),
  whole(`ya29.${body(60)}`, 'google token'),
  whole(`npm_${body(36)}`, 'npm token'),
  within('//registry.npmjs.org/:_authToken=', `npm_${body(36)}`, '', 'npm token'),
  whole(`sk-ant-api03-${body(80)}`, 'anthropic key'),
  whole(`sk-proj-${body(60)}`, 'openai key'),
  whole(`sk-${body(48)}`, 'openai key'),
  whole(`hf_${body(34)}`, 'token'),
  whole(`SG.${body(22)}.${body(43)}`, 'sendgrid key'),
  whole(`123456789:AA${body(33)}`, 'telegram token'),
  within('AccountName=a;AccountKey=', `${body(86)}==`, ';EndpointSuffix=x', 'azure key'),
  within('postgres://app:', 'hunter2', '@db.internal:5432/shop', 'password'),
  within('mongodb+srv://app:', 'p@ss:w0rd', '@cluster0.example.net/?w=1', 'password'),
  within('redis://:', 'hunter2', '@cache:6379', 'password'),
  within('Server=db;User Id=app;Password=', 'hunter2', ';', 'secret'),
  within('Authorization: Bearer ', body(40), '', 'authorization'),
  within('Basic ', 'dXNlcjpodW50ZXIy', '', 'authorization'),
  within('Cookie: ', 'sid=abcdef; theme=dark', '', 'cookie'),
  within('Set-Cookie: ', 'shop=f8a1c2; Path=/; HttpOnly', '', 'cookie'),
  within('shop=', 'f8a1c2', '; Path=/; HttpOnly', 'cookie'),
  within('connect.sid=', 's%3Af8a1c2.9x', '', 'secret'),
  within('/login?user=bob&token=', 'abc123', '&x=1', 'secret'),
  within('https://blob.example/x?sv=2024&sig=', 'aB3dE5gH7jK9%2B', '', 'url secret'),
  within('{"user":"bob","password":"', 'hunter2', '"}', 'secret'),
  within("{ apiKey: '", 'open sesame'.replace(' ', '-'), "' }", 'secret'),
  within('DB_HOST=db DB_PASSWORD=', 'hunter2', ' X=1', 'secret'),
  within('--client-secret=', 'hunter2', '', 'secret'),
  within('x-api-key: ', 'letmein', '', 'secret'),
  within('to ', 'alice.smith+shop@mail.example.co.uk', '!', 'email'),
  within('/users/', 'alice%40example.com', '/x', 'email'),
  within('paid with ', '4111 1111 1111 1111', '.', 'card'),
  within('', '5555-5555-5555-4444', '', 'card'),
  within('', '378282246310005', '', 'card'),
  { text: '/home/alice/shop/server.js', secret: 'alice', shown: '~/shop/server.js' },
  { text: 'file:///Users/alice/x.mjs', secret: 'alice', shown: 'file://~/x.mjs' },
  { text: 'C:\\Users\\Alice Smith\\x.js', secret: 'Alice', shown: '~\\x.js' },
  { text: 'file:///C:/Users/alice/x.js', secret: 'alice', shown: 'file://~/x.js' },
  { text: 'at /var/home/alice', secret: 'alice', shown: 'at ~' },
  { text: '/mnt/c/Users/alice/x', secret: 'alice', shown: '~/x' },
];

/** Texts much like secrets that say something to a reader and are none. */
export const LOOK_ALIKES: readonly string[] = [
  'd670460b4b4aece5915caf5c68d12f560a9fe3e4',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'sha512-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08==',
  '123e4567-e89b-12d3-a456-426614174000',
  'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  'assets/index-BvK3x9Qz.js',
  'main.8f3a2b1c9d.chunk.css',
  'chunk-vendors.4c1f5dd1e2a7b9c0.js',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbInguanMiXX0=',
  'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  '#ff00aa',
  '#14171aff',
  'rgba(12, 34, 56, 0.5)',
  '18.2.0-rc.1+build.20260101123456',
  'v20.20.2',
  '2026-11-23T18:42:05.123Z',
  '1732387325123',
  '1234567890123456',
  '4111111111111112',
  '4111.1111111111111',
  '0.4111111111111111',
  '9007199254740991',
  '192.168.100.200:8080',
  '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
  'http://127.0.0.1:9229/json/list',
  'https://example.com/home/alice',
  'https://example.com:8443/a@b/c?x=1&y=2',
  '/node_modules/@scope/pkg@1.2.3/index.js',
  '/node_modules/.pnpm/@babel+core@7.24.0_supports-color@8.1.1/x.js',
  'https://cdn.example/npm/react@18.2.0/umd/react.production.min.js',
  'three@0.160.0-beta.min.js',
  'logo@2x.png',
  'git@github.com:org/repo.git',
  '@media (min-width: 600px)',
  '@scope/name',
  'Array @123',
  'WeakMap value of Key @4111111',
  'thisIsAnExceptionallyLongIdentifierNameThatSomebodyWroteInAGenerator2026',
  'AbstractSingletonProxyFactoryBeanConfigurationTokenizerStrategyImpl',
  'task-force-of-the-very-long-and-winding-road-to-nowhere',
  'sk-folding-cube-animation-container-with-a-long-name',
  'npm_config_user_agent',
  'npm_lifecycle_script',
  'github_pat_rotation_reminder_template_name',
  'function e(t){return t.token=n.token,t.password=this.getPassword(),e}',
  'const password=a(),token=b.c;let secret=d?e:f;',
  '({token:t,secret:n})=>t+n',
  'input[type=password]',
  'type=password',
  'tokenizer=standard',
  'publicKey: ed25519',
  'Password: required',
  'token: identifier expected',
  'maxTokens=4096',
  'Basic authentication',
  'Bearer authentication',
  'width=device-width; initial-scale=1',
  'a=1; b=2',
  'cookie-parser',
  '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ\n-----END CERTIFICATE-----',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHnN host',
  'pk_live_51H8yQ2eZvKYlo2C0aB3dE5gH',
  'C:\\Users\\Public\\x.txt',
  '/Users/Shared/x',
  '/homepage/alice',
  './home/alice',
  '日本語のテキスト、password について',
  'system / PropertyCell',
  '1 / part of key (Key @12) -> value (Value @14) pair in WeakMap (table @16)',
  '<anonymous>',
  '<symbol token>',
];

/** The pieces of a secret that give it away, whatever a format escapes around them. */
export function fragmentsOf(secret: string): readonly string[] {
  const runs = secret.match(/[A-Za-z0-9]{5,}/g) ?? [secret];
  return runs
    .filter((run) => !WORDS_OF_FORMS.has(run))
    .flatMap((run) => run.match(/.{5,10}/g) ?? []);
}

/** Words that say what kind of secret it is, and stand in texts of ours too. */
const WORDS_OF_FORMS: ReadonlySet<string> = new Set([
  ...[
    'BEGIN',
    'PRIVATE',
    'OPENSSH',
    'BLOCK',
    'services',
    'theme',
    'example',
    'github',
    'glpat',
    'HttpOnly',
  ],
]);
