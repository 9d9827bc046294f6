import { START, startNotAfter } from './boundaries.js';
import { ALNUM, HEX, perhapsIssued, URL64 } from './issued.js';
import { isRandom } from './random-text.js';
import { exampleOf, type SecretRule } from './secret-rule.js';

type Row = Omit<SecretRule, 'name'>;

/**
 * A start that excludes hyphens and dots: after these it would be the middle of an address or of a
 * file's name.
 */
const LONE_START = startNotAfter('\\w.-');
const UUID = `${HEX}{8}(?:-${HEX}{4}){3}-${HEX}{12}`;

const isMade = ({ 0: text }: RegExpExecArray) => /\d/.test(text) && isRandom(text);

const hexOf = (count: number) => '0123456789abcdef'.repeat(10).slice(0, count);
const UUID_EXAMPLE = '01234567-89ab-4def-8123-456789abcdef';

const ROWS: readonly Row[] = [
  {
    // Adafruit, Infracost, Fireworks, Prefect, Cerebras, Deno Deploy, Frigade, Apify
    pattern: perhapsIssued('aio_|ico-|fw_|pnu_|csk-|dd[op]_|apify_api_|CLOJARS_|rdme_', ALNUM, 24),
    accept: ({ 0: text }) => /\d/.test(text) || isRandom(text),
    example: `aio_${exampleOf(28)}`,
    lookAlike: 'fw_configuration_of_the_network_2',
  },
  {
    // Frame.io, Scalingo, Typeform, Together, Voyage, Jina, PubNub, OpenShift, Yandex, Knock
    pattern: perhapsIssued(
      'fio-u-|tk-us-|tfp_|tgp_v1_|pa-|jina_|sec-c-|sha256~|y0_|AQVN|sk_(?:test|live)_',
      URL64,
      32,
    ),
    accept: isMade,
    example: `tfp_${exampleOf(59)}`,
    lookAlike: 'pa-11-y-checks-of-the-whole-page-and-its-parts',
  },
  {
    // Sourcegraph, Firecrawl, Trello, Lob
    pattern: new RegExp(
      `${LONE_START}(?:sgp_(?:[a-zA-Z0-9]{1,16}_)?${HEX}{40}|fc-${HEX}{32}|ATTA${HEX}{64,80}|(?:live|test)_${HEX}{35})(?![\\w-])`,
      'g',
    ),
    example: `sgp_local_${hexOf(40)}`,
    lookAlike: `rfc-${hexOf(32)}`,
  },
  {
    // HubSpot, LaunchDarkly
    pattern: new RegExp(`${LONE_START}(?:pat-[a-z]{2}\\d-|(?:api|sdk|rel)-)${UUID}(?![\\w-])`, 'g'),
    example: `pat-na1-${UUID_EXAMPLE}`,
    lookAlike: `img-${UUID_EXAMPLE}`,
  },
  {
    // EasyPost, Flutterwave, Asana, MaxMind, Zuplo
    pattern: new RegExp(
      `${LONE_START}(?:EZ[AT]K${ALNUM}{54}|FLWSECK(?:_TEST)?-${ALNUM}{32}-X|[12]/\\d{10,20}(?:/\\d{10,20})?:${HEX}{32}|` +
        `${ALNUM}{6}_${ALNUM}{29}_mmk|zpka_${ALNUM}{24,64}(?:_${HEX}{8})?)(?![\\w-])`,
      'g',
    ),
    example: `FLWSECK_TEST-${hexOf(32)}-X`,
    lookAlike: 'FLWSECK_TEST-X',
  },
  {
    // Harness, Ngrok, Dropbox
    pattern: new RegExp(
      `${LONE_START}(?:[ps]at\\.${URL64}{22}\\.${HEX}{24}\\.${ALNUM}{20}|2${ALNUM}{26}_${ALNUM}{20,22}|` +
        `sl\\.(?:u\\.)?${URL64}{100,1300})(?![\\w.-])`,
      'g',
    ),
    accept: isMade,
    example: `sl.${exampleOf(100)}`,
    lookAlike: 'pat.exports.default',
  },
  {
    // Intercom and others that encode `tok:`, Twitter
    pattern: new RegExp(`${START}(?:dG9rO[i-l]${ALNUM}{40,200}|A{20,22}${ALNUM}{60,120})`, 'g'),
    accept: ({ 0: text }) => isRandom(text.replace(/^A+/, '')),
    example: `dG9rOj${exampleOf(54)}`,
    lookAlike: 'A'.repeat(100),
  },
];

/** Tokens of services that developers use, by the prefixes and forms that these document. */
export const SERVICE_TOKENS: readonly SecretRule[] = ROWS.map((row) => ({ name: 'token', ...row }));
