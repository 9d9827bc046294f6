import { ACCOUNT, CARD_DIGITS, HOME, MAILBOX } from './hints.js';
import type { SecretRule } from './secret-rule.js';

export const PERSONAL_DATA: readonly SecretRule[] = [
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

/** A user's home folder, in which the name is the secret: `/home/alice/x` is shown as `~/x`. */
export const HOME_FOLDER: Readonly<Omit<SecretRule, 'name' | 'accept'>> = {
  hint: HOME,
  pattern:
    /(?<![\w.~-])(?:(?:\/mnt\/[a-z]|\/[A-Za-z]:|\/var|\/export|\/usr|\/System\/Volumes\/Data)?\/(?:home|Users)\/(?!Shared(?![\w.-]))[^/\\\s:"'`<>|?*()[\]{},;]{1,64}|[A-Za-z]:[\\/]{1,4}Users[\\/]{1,4}(?!Public(?![\w.-]))(?:[^/\\:"'`<>|?*\r\n]{1,64}(?=[\\/])|[^/\\\s:"'`<>|?*]{1,64}))/g,
  example: '/home/alice/shop/server.js',
  lookAlike: 'https://example.com/home/alice',
};

const FILE_TYPES =
  /\.(?:[cm]?[jt]sx?|css|html?|json|map|md|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|mp[34]|vue|wasm|node|next|lock|ya?ml)$/i;

/**
 * False for a version of a package, a picture for high-resolution displays, or the user of a git
 * remote.
 */
function isMailbox(text: string, domain: string): boolean {
  if (/^v?\d+(?:\.\d+)+|^\d+x\./.test(domain) || FILE_TYPES.test(domain)) return false;
  return !/^git@/.test(text) && !domain.includes('..');
}

/** First digits and length by issuer: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay. */
const CARD =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}|62\d{14,17})$/;

/** True if issuer and check digit are valid (ISO/IEC 7812-1, annex B, the Luhn formula). */
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

/** Countries that have account numbers of this kind, with the length. */
const ACCOUNTS =
  /^(?:NO\d{13}|BE\w{14}|(?:DK|FI|FO|NL)\w{16}|(?:AT|BA|EE|KZ|LT|LU|XK)\w{18}|(?:CH|CR|HR|LI|LV)\w{19}|(?:BG|BH|DE|GB|GE|IE|ME|RS|VA)\w{20}|(?:AE|GI|IL|IQ)\w{21}|(?:AD|CZ|ES|MD|PK|RO|SA|SE|SK|TN|VG)\w{22}|PT\w{23}|(?:IS|TR)\w{24}|(?:FR|GR|IT|MC|SM)\w{25}|(?:AL|AZ|CY|DO|GT|HU|LB|PL)\w{26}|(?:BR|EG|PS|QA|UA)\w{27}|(?:JO|KW|MU)\w{28}|MT\w{29})$/;

/** True if length by country and check digits are valid (ISO 13616, ISO/IEC 7064 MOD 97-10). */
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
