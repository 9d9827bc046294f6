import { startNotAfter } from './boundaries.js';
import { AZURE_SIGN, PEM_BASE64 } from './hints.js';
import { exampleOf, type SecretRule } from './secret-rule.js';

/** Keys with their issuer's mark in the middle or at the end, and doubly encoded ones. */
export const MARKED_TOKENS: readonly SecretRule[] = [
  {
    name: 'private key',
    hint: PEM_BASE64,
    // every kubeconfig has one; a certificate begins the same way
    pattern: new RegExp(`${startNotAfter('\\w+/-')}LS0tLS1CRUdJTi[A-Za-z0-9+/_-]{2,}={0,2}`, 'g'),
    accept: ({ 0: text }) => holdsPrivateKey(text),
    example: `client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo${exampleOf(60)}`,
    lookAlike: 'certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUM',
  },
  {
    name: 'azure key',
    hint: AZURE_SIGN,
    // DevOps; AI services, whose keys all carry the same mark
    pattern: new RegExp(
      `${startNotAfter('A-Za-z0-9')}(?:[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}|[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9]{20,40}={0,2})(?![A-Za-z0-9])`,
      'g',
    ),
    example: `${exampleOf(76)}AZDOaB3d`,
    lookAlike: 'AZDO-JQQJ99-overview',
  },
  {
    name: 'azure key',
    hint: AZURE_SIGN,
    // Functions, Storage, Batch, Service Bus, Event Hubs, IoT, Redis, Search, Container Registry …
    pattern: new RegExp(
      `${startNotAfter('\\w+/-')}[A-Za-z0-9+/_-]{32,77}(?:Az(?:Fu|Ca|Se)|\\+A(?:St|Ba|MC|Sb|Eh|Rm|CR)|A(?:PIM|CDb|IoT))[A-Za-z0-9+/_-]{3,10}={0,2}(?![\\w+/=-])`,
      'g',
    ),
    example: `${exampleOf(76)}+ASt${exampleOf(5)}Q==`,
    lookAlike: 'AzFunctionsOverview+AStyle',
  },
  {
    name: 'azure key',
    hint: AZURE_SIGN,
    pattern: new RegExp(
      `${startNotAfter('\\w~.-')}[\\w~.-]{3}\\dQ~[\\w~.-]{31,34}(?![\\w~-])`,
      'g',
    ),
    example: `aB38Q~${exampleOf(34)}`,
    lookAlike: 'aB38Q~short',
  },
];

/** The part of a header that fits into the shortest remainder of a cut text, in bytes. */
const HEADER_BYTES = 48;

function holdsPrivateKey(base64: string): boolean {
  const head = Buffer.from(base64.slice(0, 80), 'base64').toString('latin1');
  if (/PRIVATE/.test(head)) return true;
  return head.length < HEADER_BYTES && !/CERT|PUBLIC|PARAM|REQUEST|MESSAGE/.test(head);
}
