import { START, startNotAfter } from './boundaries.js';
import { LONG_WORD, SOLID_WORD } from './hints.js';
import { ALNUM, HEX, issued, perhapsIssued, URL64, WORD } from './issued.js';
import { ISSUED_PREFIXES } from './issued-prefixes.js';
import { MARKED_TOKENS } from './marked-tokens.js';
import { isRandom } from './random-text.js';
import { exampleOf, type SecretRule } from './secret-rule.js';
import { SERVICE_TOKENS } from './service-tokens.js';

/** A position where a token with dots in it may begin. */
const DOTTED_START = startNotAfter('\\w.-');
const WORD_START = startNotAfter('\\w-');

const TOKENS: readonly SecretRule[] = [
  {
    name: 'aws key',
    pattern: issued('AKIA|ASIA|ABIA|ACCA', '[A-Z2-7]', 16),
    example: 'AKIAIOSFODNN7EXAMPLE',
    lookAlike: 'AKIABARA_PATTERN_NAME_X',
  },
  {
    name: 'github token',
    pattern: issued('gh[pousr]_', ALNUM, 30),
    example: `ghp_${exampleOf(36)}`,
    lookAlike: 'ghp_pages_branch_configuration',
  },
  {
    name: 'github token',
    pattern: issued('github_pat_', WORD, 40),
    example: `github_pat_${exampleOf(22)}_${exampleOf(59)}`,
    lookAlike: 'github_pat_created_at',
  },
  {
    name: 'gitlab token',
    hint: LONG_WORD,
    pattern: issued('gl(?:pat|dt|rtr?|cbt|ptt|ft|soat|oas|agent|ffct|imt|wt)-', '[\\w.-]', 20),
    example: `glpat-${exampleOf(20)}`,
    lookAlike: 'glpat-name',
  },
  {
    name: 'slack token',
    pattern: issued('xox[abcdeoprs]-|xapp-', '[A-Za-z0-9-]', 16),
    example: `xoxb-123456789012-${exampleOf(24)}`,
    lookAlike: 'xoxo-kisses',
  },
  {
    name: 'slack webhook',
    hint: LONG_WORD,
    pattern: /(?<=hooks\.slack\.com\/)(?:services|workflows|triggers)\/[\w/]{16,}/g,
    example: 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
    lookAlike: 'https://hooks.slack.com/services/',
  },
  {
    name: 'webhook',
    hint: LONG_WORD,
    pattern:
      /(?:discord(?:app)?\.com\/api\/webhooks\/\d{5,25}|webhook\.office\.com\/webhookb2)\/(?<secret>[\w@/-]{30,})/g,
    example: `https://discord.com/api/webhooks/123456789012345678/${exampleOf(68)}`,
    lookAlike: 'https://discord.com/api/webhooks/123456789012345678/',
  },
  {
    name: 'stripe key',
    pattern: issued('(?:sk|rk|ek|sk_org)_(?:live|test)_|whsec_', ALNUM, 16),
    example: `sk_live_${exampleOf(24)}`,
    lookAlike: 'pk_live_51H8yQ2eZvKYlo2C0aB3dE5gH',
  },
  {
    name: 'google key',
    pattern: issued('AIza', URL64, 35),
    example: `AIza${exampleOf(35)}`,
    lookAlike: 'AIzaShort',
  },
  {
    name: 'google token',
    pattern: issued('ya29\\.|GOCSPX-', URL64, 20),
    example: `ya29.${exampleOf(60)}`,
    lookAlike: 'ya29.x',
  },
  {
    name: 'npm token',
    pattern: issued('npm_', ALNUM, 36),
    example: `npm_${exampleOf(36)}`,
    lookAlike: 'npm_lifecycle_script',
  },
  {
    name: 'anthropic key',
    pattern: issued('sk-ant-', URL64, 20),
    example: `sk-ant-api03-${exampleOf(80)}`,
    lookAlike: 'sk-ant-colony',
  },
  {
    name: 'openai key',
    pattern: issued('sk-(?:proj|svcacct|admin|None)-', URL64, 20),
    example: `sk-proj-${exampleOf(60)}`,
    lookAlike: 'sk-proj-list',
  },
  {
    name: 'openai key',
    pattern: issued('sk-', ALNUM, 32),
    example: `sk-${exampleOf(48)}`,
    lookAlike: 'sk-folding-cube-animation-container-wide',
  },
  {
    name: 'token',
    pattern: issued('hf_|shp(?:at|ca|pa|ss)_|dapi|figd_|PMAK-|NR(?:AK|II|RA|BR)-', URL64, 27),
    example: `hf_${exampleOf(34)}`,
    lookAlike: 'hf_hub_download',
  },
  {
    name: 'token',
    pattern: issued('hv[sbr]\\.|pypi-|dckr_[op]at_|glsa_|sntrys_|sbp_|ntn_|AT[AC]TT3', URL64, 24),
    example: `dckr_pat_${exampleOf(27)}`,
    lookAlike: 'pypi-server',
  },
  {
    name: 'sendgrid key',
    pattern: new RegExp(`${WORD_START}SG\\.[\\w-]{16,64}\\.[\\w-]{16,}`, 'g'),
    example: `SG.${exampleOf(22)}.${exampleOf(43)}`,
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
    pattern: new RegExp(`${WORD_START}\\d{8,10}:AA[\\w-]{32,34}(?![\\w-])`, 'g'),
    example: `123456789:AA${exampleOf(33)}`,
    lookAlike: '123456789:AAPL',
  },
  {
    name: 'age key',
    pattern: /AGE-SECRET-KEY-1[A-Z0-9]{20,}/g,
    example: `AGE-SECRET-KEY-1${'QPZRY9X8'.repeat(7)}`,
    lookAlike: 'AGE-SECRET-KEY-FILE',
  },
  {
    name: 'token',
    // by themselves these prefixes are ordinary words
    pattern: perhapsIssued(
      'nfp_|gsk_|rnd_|r8_|glc_|pscale_(?:tkn|pw|oauth)_|sb_secret_|rubygems_|pul-|xai-|pplx-|xkeysib-|' +
        'xsmtpsib-|lsv2_(?:pt|sk)_|sk-or-v1-|HRKU-|APA91b',
      URL64,
      30,
    ),
    accept: ({ 0: text }) => /\d|[a-z][A-Z]/.test(text),
    example: `gsk_${exampleOf(52)}`,
    lookAlike: 'rnd_seed_of_the_generator_for_all_tests',
  },
  {
    name: 'token',
    pattern: issued('ATBB|LTAI(?=\\w{16,30}(?!\\w))', ALNUM, 16),
    example: `ATBB${exampleOf(32)}`,
    lookAlike: 'ATBBUILD',
  },
  {
    name: 'token',
    pattern: new RegExp(
      `${START}(?:key-${HEX}{32}|${HEX}{32}-us\\d{1,2}|secret_${ALNUM}{43}|cio${ALNUM}{32}|oy2[a-z0-9]{43}|` +
        `pat${ALNUM}{14}\\.${HEX}{64}|${ALNUM}{14}\\.atlasv1\\.${URL64}{60,}|1//0${URL64}{40,}|` +
        `re_${ALNUM}{8}_${ALNUM}{24}|access-(?:production|sandbox)-${HEX}{8}(?:-${HEX}{4,12}){4}|` +
        `access_token\\$production\\$\\w{16}\\$\\w{32})(?![\\w-])`,
      'g',
    ),
    example: 'key-0123456789abcdef0123456789abcdef',
    lookAlike: 'monkey-0123456789abcdef0123456789abcdef',
  },
  {
    name: 'discord token',
    pattern: new RegExp(
      `${DOTTED_START}[MNO][\\w-]{22,27}\\.[\\w-]{6}\\.[\\w-]{27,40}(?![\\w.-])`,
      'g',
    ),
    accept: ({ 0: text }) => /\d/.test(text) && /[a-z][A-Z]/.test(text),
    example: `MTE4${exampleOf(20)}.${exampleOf(6)}.${exampleOf(38)}`,
    lookAlike: 'NodeEnvironmentFactories.create.fromConfigurationOfTheProject',
  },
  {
    name: 'token',
    // Facebook, Square
    pattern: perhapsIssued('EAA(?=[\\w-]{60})', URL64, 60),
    accept: ({ 0: text }) => isRandom(text),
    example: `EAA${exampleOf(120)}`,
    lookAlike: 'EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  },
  {
    name: 'mapbox key',
    pattern: new RegExp(`${DOTTED_START}sk\\.eyJ[\\w-]{20,}(?:\\.[\\w-]{6,})?`, 'g'),
    example: `sk.eyJ1Ijoi${exampleOf(40)}.${exampleOf(22)}`,
    lookAlike: 'pk.eyJ1IjoiaB3dE5gH7jK9aB3dE5gH7jK9.aB3dE5gH7jK9',
  },
];

/** Keys and tokens recognised by the prefixes of their issuers, in the order they are searched. */
export const ISSUED_TOKENS: readonly SecretRule[] = [
  ...MARKED_TOKENS,
  ...[...TOKENS, ...ISSUED_PREFIXES, ...SERVICE_TOKENS].map((rule) => ({
    hint: SOLID_WORD,
    ...rule,
  })),
];
