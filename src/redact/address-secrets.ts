import { ASSIGNED, AT_SIGN, COLON, HOST } from './hints.js';
import { isRandom } from './random-text.js';
import { exampleOf, type SecretRule } from './secret-rule.js';

/** Passwords and tokens in addresses and connection strings. */
export const ADDRESS_SECRETS: readonly SecretRule[] = [
  {
    name: 'azure key',
    hint: ASSIGNED,
    pattern: /(?<=(?:AccountKey|SharedAccessKey|SharedAccessSignature)=)[^;\s"'<]{8,}/gi,
    example: `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${exampleOf(86)}==`,
    lookAlike: 'AccountKeyName=RootManage',
  },
  {
    // a password in the address of a database may contain characters that end the host of other
    // addresses
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
    // `https://token@host`
    name: 'token',
    hint: HOST,
    pattern: /:\/\/(?<secret>[A-Za-z0-9_-]{20,256})@/g,
    accept: ({ groups }) => isRandom(groups?.secret ?? ''),
    example: `https://${exampleOf(40)}@sentry.example/1`,
    lookAlike: 'https://the-user-of-the-whole-team@localhost/',
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
    // Oracle: `scott/tiger@db`, which may also be a branch of a repository or a version of a
    // package
    name: 'password',
    hint: AT_SIGN,
    pattern:
      /(?<![\w/@.$#-])(?<clear>thin:|sqlplus\s{1,3}|conn(?:ect)?\s{1,3}|sqlldr\s{1,3}|rman\s{1,3})?[A-Za-z][\w$#]{1,29}\/(?<secret>[^\s/@"'<>]{3,64})@(?<server>\/\/)?(?<base>[A-Za-z][\w.-]{0,127})/g,
    accept: ({ groups = {} }) => isOracleLogin(groups),
    example: 'jdbc:oracle:thin:scott/tiger@//db:1521/orcl',
    lookAlike: 'actions/checkout@v4, org/repo@main, @types/node@20.1.0',
  },
  {
    // a line of .pgpass: host, port, database, user, password
    name: 'password',
    hint: COLON,
    pattern:
      /^(?:[\w.-]{1,128}|\*):(?:\d{2,5}|\*):(?:[A-Za-z_][\w-]{0,63}|\*):(?:[A-Za-z_][\w.-]{0,63}|\*):(?<secret>[^\s:]{3,256})$/gm,
    example: 'db.internal:5432:shop:app:hunter2',
    lookAlike: 'app.js:12:7 at main: it failed',
  },
  {
    // the text of a QR code for a wireless network
    name: 'password',
    hint: COLON,
    pattern: /WIFI:[^\r\n]{0,128}?(?<=[:;])P:(?<secret>(?:\\.|[^;\\\r\n]){1,128});/g,
    example: 'WIFI:S:home;T:WPA;P:hunter2;;',
    lookAlike: 'WIFI:S:guests;T:nopass;;',
  },
];

const BRANCH =
  /^(?:main|master|develop|dev|trunk|latest|next|beta|alpha|canary|stable|HEAD|v?\d.*|sha\d+)$/;

function isOracleLogin(groups: Readonly<Record<string, string | undefined>>): boolean {
  const { clear, server, base = '', secret = '' } = groups;
  if (clear !== undefined || server !== undefined) return true;
  return !BRANCH.test(base) && /[\d!#$%&*+^~]/.test(secret) && /^[A-Za-z]\w*$/.test(base);
}
