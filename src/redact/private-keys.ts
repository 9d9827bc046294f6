import { startNotAfter } from './boundaries.js';
import { ASSIGNED, JSON_WEB, KEY_TYPE, PEM } from './hints.js';
import { near } from './near.js';
import { exampleOf, type SecretRule } from './secret-rule.js';

export const PRIVATE_KEYS: readonly SecretRule[] = [
  {
    name: 'private key',
    hint: PEM,
    // without its end if V8 has cut the text
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    example: `-----BEGIN RSA PRIVATE KEY-----\n${exampleOf(64)}\n-----END RSA PRIVATE KEY-----`,
    lookAlike: '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ\n-----END CERTIFICATE-----',
  },
  {
    name: 'private key',
    hint: ASSIGNED,
    pattern: /PuTTY-User-Key-File-\d:[\s\S]*/g,
    example: `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n${exampleOf(48)}`,
    lookAlike: 'PuTTY-User-Manual',
  },
  {
    name: 'jwt',
    hint: JSON_WEB,
    pattern: new RegExp(
      `${startNotAfter('\\w-')}(?:eyJ(?:hbGciOi|0eXAiOi|raWQiOi|lbmMiOi|jdHkiOi|4NXQiOi|qa3UiOi)[\\w-]*(?:\\.[\\w-]*){0,4}|eyJ[\\w-]{8,}\\.eyJ[\\w-]{4,}(?:\\.[\\w-]*)?)`,
      'g',
    ),
    example: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.${exampleOf(43)}`,
    lookAlike: 'data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXX0',
  },
  {
    // the private numbers of a JSON Web Key (RFC 7518, 6.2.2 and 6.3.2) and a shared one (6.4.1)
    name: 'private key',
    hint: KEY_TYPE,
    pattern:
      /(?<=["'](?:d|p|q|dp|dq|qi|k)\\{0,3}["']\s{0,3}:\s{0,3}\\{0,3}["'])[\w-]{20,}(?=\\{0,3}["']|…|$)/g,
    accept: ({ input, index }) => near(input, index, 4000).includes('kty'),
    example: `{"kty":"EC","crv":"P-256","d":"${exampleOf(43)}"}`,
    lookAlike: `{"kty":"EC","crv":"P-256","x":"${exampleOf(43)}"}`,
  },
];
